import { CODE } from './codes';
import { type EntryRule } from './rule';

/** enrichAll says everything that enrich could say. */
export const checkEnrich: EntryRule = ({ entry }, findings) => {
  findings.exclusive(entry, ['enrichAll', 'enrich'], CODE.enrich);
};
