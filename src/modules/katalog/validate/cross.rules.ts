// Reads of other CRDs: what is read, and under which name.
import { didYouMean } from '../../common';
import { crdName } from '../expand/merge-documents';
import { CODE } from './codes';
import { at, boxesOf, type EntryRule, type EntryScope, type Findings, type OperatorBox } from './rule';

type CrossRead = NonNullable<OperatorBox['cross']>[number];

export const checkCross: EntryRule = (scope, findings) => {
  for (const { cross = [] } of boxesOf(scope.entry)) {
    const seen = new Set<string>();
    for (const read of cross) {
      findings.oneOf(read, ['crd', 'labelSelector'], CODE.cross, 'a cross read');
      checkTarget(read, scope, findings);
      checkSource(read, findings);
      const name = read.as ?? read.crd;
      if (name === undefined) {
        if (read.labelSelector !== undefined) {
          findings.error(at(read), CODE.cross, '"labelSelector" needs "as": the name of the result under .cross');
        }
        continue;
      }
      if (seen.has(name.text)) {
        findings.error(name.node, CODE.cross, `two cross reads have the name "${name.text}"; set "as"`);
      }
      seen.add(name.text);
    }
  }
};

/** A CRD of this runtime must be one of the Katalog; another runtime may have any. */
function checkTarget({ crd, source }: CrossRead, { katalog }: EntryScope, findings: Findings): void {
  if (crd === undefined || source !== undefined) return;
  const crds = katalog.spec?.crds ?? new Map<string, undefined>();
  const target = [...crds].find(([name]) => name === crdName(crd.text));
  if (target === undefined) {
    const hint = didYouMean(crd.text, crds.keys());
    findings.error(
      crd.node,
      CODE.cross,
      `"${crd.text}" is not a CRD of this Katalog${hint}; another runtime needs "source"`,
    );
  } else if (target[1]?.enabled === false) {
    findings.error(crd.node, CODE.cross, `"${crd.text}" is disabled`);
  }
}

function checkSource({ source }: CrossRead, findings: Findings): void {
  if (source === undefined) return;
  findings.oneOf(source, ['endpoint', 'host'], CODE.cross, 'source');
  if (source.endpoint !== undefined && source.protocol !== undefined) {
    findings.error(at(source, 'protocol'), CODE.cross, '"protocol" belongs to "host": an endpoint is the whole URL');
  }
  if (source.auth !== undefined) findings.oneOf(source.auth, ['token', 'secretRef'], CODE.cross, 'auth');
}
