import { CODE } from './codes';
import { at, type KatalogRule } from './rule';

/** A signature needs a key. */
export const checkPublish: KatalogRule = ({ publish }, findings) => {
  const signing = publish?.signing;
  if (signing?.enabled !== true || signing.node.entries.has('key')) return;
  findings.error(
    at(signing),
    CODE.publish,
    'signing needs "key": the variable of the environment with the private key',
  );
};
