// Rules between CRDs and the kinds that their entries name.
import { apiVersionOf, groupKind, type Gvk, type ProblemList } from '../../common';
import { type CompiledEntry } from '../../resources';
import { type CompiledCrd } from '../compile/compiled-katalog';
import { CODE } from './codes';

export function checkCustomKinds(crds: readonly CompiledCrd[], problems: ProblemList): void {
  checkVersions(crds, problems);
  // The first of a kind counts.
  const byKind = new Map([...crds].reverse().map((crd) => [groupKind(crd.gvk), crd]));
  for (const crd of crds) checkCycle(crd, byKind, problems);
}

function report({ position, path }: CompiledEntry, message: string, problems: ProblemList): void {
  problems.add({ severity: 'error', code: CODE.customKind, message, position, path });
}

/** One cache shows all objects of a kind, in one version: entries of two would correct each other for ever. */
function checkVersions(crds: readonly CompiledCrd[], problems: ProblemList): void {
  const known = new Map<string, CompiledEntry>();
  for (const entry of crds.flatMap(entriesOf)) {
    const { resource } = entry.facts;
    const first = known.get(groupKind(resource));
    if (first === undefined) known.set(groupKind(resource), entry);
    else if (first.facts.resource.version !== resource.version) {
      const other = `${first.path} (line ${first.position.line})`;
      const versions = `${apiVersionOf(resource)} and ${apiVersionOf(first.facts.resource)}`;
      report(entry, `a ${resource.kind} is written as ${versions}, there by ${other}: use one version`, problems);
    }
  }
}

/** Each object would make another one that makes another one, without end. */
function checkCycle(crd: CompiledCrd, byKind: ReadonlyMap<string, CompiledCrd>, problems: ProblemList): void {
  const leadsBack = (kind: Gvk, seen: Set<CompiledCrd>): boolean => {
    if (groupKind(kind) === groupKind(crd.gvk)) return true;
    const next = byKind.get(groupKind(kind));
    if (next === undefined || seen.has(next)) return false;
    seen.add(next);
    return certainEntries(next).some(({ facts }) => leadsBack(facts.resource, seen));
  };
  for (const entry of certainEntries(crd)) {
    if (!leadsBack(entry.facts.resource, new Set())) continue;
    const message = `every ${crd.gvk.kind} would make another ${crd.gvk.kind}, without end: give the entry a condition`;
    report(entry, message, problems);
  }
}

function entriesOf({ onCreate, onReconcile }: CompiledCrd): readonly CompiledEntry[] {
  return [...onCreate.entries, ...onReconcile.entries];
}

/** Entries that make an object for every resource of the CRD. */
function certainEntries({ onCreate, onReconcile }: CompiledCrd): readonly CompiledEntry[] {
  return [onCreate, onReconcile]
    .filter(({ conditions }) => conditions.isAlways)
    .flatMap(({ entries }) => entries)
    .filter(({ conditions, forEach }) => conditions.isAlways && forEach === undefined);
}
