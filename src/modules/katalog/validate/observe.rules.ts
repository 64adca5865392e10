// Other resources whose changes wake CRs: which CR is meant must be one thing.
import { CODE } from './codes';
import { at, boxesOf, type EntryRule } from './rule';

export const checkObserve: EntryRule = ({ entry }, findings) => {
  for (const { observe } of boxesOf(entry)) {
    const sources = [...(observe?.watch ?? []), ...(observe?.events?.values() ?? [])];
    for (const { keyFrom } of sources) {
      if (keyFrom === undefined) continue;
      findings.oneOf(keyFrom, ['label', 'name'], CODE.watch, 'keyFrom');
      if (keyFrom.namespace !== undefined && keyFrom.label !== undefined) {
        findings.error(at(keyFrom, 'namespace'), CODE.watch, '"namespace" belongs to "name"; a label holds ns/name');
      }
    }
    for (const watch of observe?.watch ?? []) {
      const names = (watch.index ?? []).flatMap(({ name }) => name ?? []);
      const twice = names.find(({ text }, index) => names.findIndex((one) => one.text === text) < index);
      if (twice !== undefined) findings.error(twice.node, CODE.watch, `two indexes are named "${twice.text}"`);
    }
  }
};
