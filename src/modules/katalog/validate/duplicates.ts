// Entries that make one object. Two of one CRD fail the pass in which both are there; of two CRDs the second one finds an
// object that belongs to the first.
import { gvkString, type Problem, type ProblemList } from '../../common';
import { type ConditionFacts, excludeEachOther, witnessOf } from '../../expression';
import { type CompiledEntry } from '../../resources';
import { type CompiledBlock, type CompiledCrd } from '../compile/compiled-katalog';
import { CODE } from './codes';
import { resourceText } from './resource-text';

interface Candidate {
  readonly entry: CompiledEntry;
  /** Of its block, then its own. */
  readonly conditions: readonly ConditionFacts[];
  readonly isAlways: boolean;
}

/** How many earlier entries of one object each is held against. */
const MAX_EARLIER = 8;

/** Of one CRD. Entries with conditions are told of only when it is certain that both can be there. */
export function checkDuplicates(blocks: readonly CompiledBlock[], problems: ProblemList): void {
  const seen = new Map<string, Candidate[]>();
  for (const candidate of blocks.flatMap(candidatesOf)) {
    const { entry } = candidate;
    const targets = entry.copy?.targetNamespaces.map(({ source }) => source) ?? [];
    const key = [identityOf(entry), ...targets].join('\0');
    const earlier = seen.get(key);
    if (earlier === undefined) {
      seen.set(key, [candidate]);
      continue;
    }
    const found = earlier.slice(0, MAX_EARLIER).find((one) => checkPair(one, candidate, problems));
    if (found === undefined) earlier.push(candidate);
  }
}

/** Kind, name and namespace as they are written. */
export function identityOf({ facts, name, namespace }: CompiledEntry): string {
  return [gvkString(facts.resource), name.source, namespaceOf(namespace?.source)].join('\0');
}

/** Entries of different CRDs whose objects have one name, whatever the resources are. */
export function checkSharedObjects(crds: readonly CompiledCrd[], problems: ProblemList): void {
  const seen = new Map<string, { readonly entry: CompiledEntry; readonly crd: CompiledCrd }>();
  for (const crd of crds) {
    for (const { entry } of [crd.onCreate, crd.onReconcile].flatMap(candidatesOf)) {
      const namespace = constantNamespace(entry, crd);
      if (namespace === undefined || !entry.isReconciled || !entry.name.isStatic || entry.copy !== undefined) continue;
      const key = [gvkString(entry.facts.resource), entry.name.source, namespace].join('\0');
      const first = seen.get(key);
      if (first === undefined) seen.set(key, { entry, crd });
      else if (first.crd !== crd) {
        const where = namespace === OWN ? ', as soon as resources of both are in one namespace' : '';
        const message = `makes the same object "${entry.name.source}" as ${placeOf(first.entry)} of another CRD${where}: put {{ .metadata.name }} into the names`;
        report('warning', CODE.sharedObject, entry, message, problems);
      }
    }
  }
}

/** What can never be there makes nothing; what forEach makes has as many names as items. */
function candidatesOf({ conditions, entries }: CompiledBlock): readonly Candidate[] {
  if (conditions.facts.isNever) return [];
  return entries
    .filter((entry) => entry.forEach === undefined && !entry.conditions.facts.isNever)
    .map((entry) => ({
      entry,
      conditions: [conditions.facts, entry.conditions.facts],
      isAlways: conditions.isAlways && entry.conditions.isAlways,
    }));
}

/** True: something was told. */
function checkPair(first: Candidate, second: Candidate, problems: ProblemList): boolean {
  const message = `makes the same object "${second.entry.name.source}" as ${placeOf(first.entry)}`;
  if (first.isAlways && second.isAlways) {
    report('error', CODE.duplicateObject, second.entry, message, problems);
    return true;
  }
  // Beside an entry that is written once, the one that is kept up to date wins.
  if (!first.entry.isReconciled || !second.entry.isReconciled) return false;
  const all = [...new Set([...first.conditions, ...second.conditions])];
  if (excludeEachOther(all)) return false;
  if (first.isAlways || second.isAlways) {
    const which = second.isAlways ? 'that one' : 'this one';
    const told = `${message}: every pass fails in which the conditions of ${which} hold`;
    report('warning', CODE.duplicateObject, second.entry, told, problems);
    return true;
  }
  const witness = witnessOf(all);
  const isOfResource = (subject: string): boolean => /^(spec|metadata)\./.test(subject);
  if (witness === undefined || ![...witness.keys()].every(isOfResource)) return false;
  report('warning', CODE.duplicateObject, second.entry, `${message} when ${resourceText(witness)}`, problems);
  return true;
}

/** Stands for the namespace of the resource. */
const OWN = '{{.metadata.namespace}}';

function namespaceOf(source: string | undefined): string {
  const plain = source?.replace(/\s/g, '') ?? OWN;
  return plain === OWN ? OWN : (source ?? OWN);
}

/** Undefined: a template decides, or the scope of the kind is not known. */
function constantNamespace({ facts, namespace }: CompiledEntry, { watchNamespace }: CompiledCrd): string | undefined {
  if (!('plural' in facts.resource)) return undefined;
  if (!facts.resource.namespaced) return '';
  const written = namespaceOf(namespace?.source);
  if (written === OWN) return watchNamespace ?? OWN;
  return namespace?.isStatic === true ? written : undefined;
}

function placeOf({ path, position }: CompiledEntry): string {
  return `${path} (line ${position.line})`;
}

function report(
  severity: Problem['severity'],
  code: string,
  { position, path }: CompiledEntry,
  message: string,
  problems: ProblemList,
): void {
  problems.add({ severity, code, message, position, path });
}
