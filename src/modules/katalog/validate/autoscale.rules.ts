import { CODE } from './codes';
import { at, boxesOf, type EntryRule } from './rule';

/** Without a profile both the when and the what must be said. */
export const checkAutoscale: EntryRule = ({ entry }, findings) => {
  for (const { autoscale } of boxesOf(entry)) {
    if (autoscale === undefined || autoscale.node.entries.has('profile')) continue;
    const { conditions, do: values } = autoscale;
    if ((conditions?.when ?? []).length + (conditions?.or ?? []).length === 0) {
      const message = 'autoscale needs "conditions" (or "profile"): it would never do anything';
      findings.error(at(autoscale, 'conditions'), CODE.autoscale, message);
    }
    if (values === undefined || values.node.entries.size === 0) {
      const message = 'autoscale needs "do" (or "profile"): it would change nothing';
      findings.error(at(autoscale, 'do'), CODE.autoscale, message);
    }
  }
};
