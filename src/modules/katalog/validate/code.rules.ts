// Code of one's own: typed mode, hooks, constructors, remote reconcilers.
import { CODE } from './codes';
import { at, boxesOf, type EntryRule } from './rule';

export const checkCode: EntryRule = ({ entry }, findings) => {
  const { mode, apiTypes } = entry;
  if (mode === 'typed' && apiTypes?.location === undefined) {
    findings.error(at(entry, 'mode'), CODE.code, 'mode typed needs "apiTypes.location": the module with the types');
  }
  if (mode === 'dynamic' && apiTypes?.location !== undefined) {
    findings.error(at(apiTypes, 'location'), CODE.code, '"location" belongs to mode typed');
  }
  for (const { reconciler } of boxesOf(entry)) {
    if (reconciler === undefined) continue;
    findings.exclusive(reconciler, ['hooks', 'constructor', 'remote'], CODE.code);
    if (reconciler.default === false && reconciler.constructor === undefined) {
      const message = '"default: false" needs "constructor": there is nothing else that could reconcile';
      findings.error(at(reconciler, 'default'), CODE.code, message);
    }
    for (const key of ['hooks', 'constructor', 'remote'] as const) {
      const code = reconciler[key];
      if (code === undefined || (code.managedResources ?? []).length > 0) continue;
      const message = `${key} needs "managedResources": it gets rights for these kinds only, and no others wake the CR`;
      findings.error(at(code), CODE.code, message);
    }
  }
};
