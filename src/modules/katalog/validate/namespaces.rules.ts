// Where CRs may be, and what may not be deleted.
import { CODE } from './codes';
import { at, type EntryRule } from './rule';

/** The lists of the whole Katalog are added to those of each CRD. */
export const checkNamespaces: EntryRule = ({ name, entry, katalog }, findings) => {
  if (entry.namespaced === false) return;
  const shared = katalog.security?.namespaceProtection;
  const own = entry.node.entries;
  if (own.has('allowedNamespaces') && own.has('restrictedNamespaces')) {
    findings.exclusive(entry, ['allowedNamespaces', 'restrictedNamespaces'], CODE.namespaces);
    return;
  }
  const allowed = [...(entry.allowedNamespaces ?? []), ...(shared?.allowedNamespaces ?? [])];
  const restricted = [...(entry.restrictedNamespaces ?? []), ...(shared?.restrictedNamespaces ?? [])];
  if (allowed.length === 0 || restricted.length === 0) return;
  const place = own.has('allowedNamespaces') || own.has('restrictedNamespaces') ? entry : (shared ?? entry);
  const key = ['allowedNamespaces', 'restrictedNamespaces'].find((one) => place.node.entries.has(one));
  const message = `CRD "${name}" has both allowedNamespaces and restrictedNamespaces, with those of security.namespaceProtection`;
  findings.error(at(place, key), CODE.namespaces, message);
};

export const checkProtection: EntryRule = ({ entry, katalog }, findings) => {
  const own = entry.deletionProtection;
  if (own === undefined) return;
  if (own.strictMode === true && own.protectCRs === false) {
    findings.error(
      at(own, 'strictMode'),
      CODE.protection,
      '"strictMode" guards the label of CRs, and protectCRs is false',
    );
  }
  const shared = katalog.security?.deletionProtection;
  if (shared?.enabled === false) {
    const message = 'nothing is protected: security.deletionProtection.enabled is false';
    findings.warning(at(own), CODE.protection, message);
  }
};
