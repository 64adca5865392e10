// lifecycle and policy: what a Katalog says of itself, and of what it imports.
import { CODE } from './codes';
import { at, type KatalogRule } from './rule';

export const checkLifecycle: KatalogRule = ({ kind, lifecycle, policy }, findings) => {
  const timeline = lifecycle?.deprecation?.timeline;
  const { from, to } = timeline ?? {};
  if (timeline !== undefined && from !== undefined && to !== undefined && to.text <= from.text) {
    findings.error(at(timeline, 'to'), CODE.lifecycle, `the end (${to.text}) must come after ${from.text}`);
  }
  if (kind?.text === 'Komposer') return;
  if (lifecycle?.accept !== undefined) {
    findings.error(
      at(lifecycle, 'accept'),
      CODE.lifecycle,
      '"accept" belongs to a Komposer: a Katalog imports nothing',
    );
  }
  if (policy !== undefined) {
    findings.error(at(policy), CODE.policy, '"policy" belongs to a Komposer: a Katalog imports nothing');
  }
};
