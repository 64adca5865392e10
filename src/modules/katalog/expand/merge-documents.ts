// Documents that run together are one Katalog: CRDs side by side, shared settings once.
import {
  formatPosition,
  isDnsLabel,
  type MapEntry,
  type MapNode,
  type ProblemList,
  type SourceNode,
} from '../../common';
import {
  itemsAt,
  listOf,
  mapAt,
  nodeAt,
  withEntries,
  withoutKey,
  withoutKeyAt,
  withValue,
  withValueAt,
} from '../source/tree';
import { CODE } from '../validate/codes';
import { noteItems } from './note-items';
import { withOrigin } from './stamp-origin';

/** The key under spec.crds as everything else names it: without blanks, lower-case. */
export function crdName(key: string): string {
  return key.replace(/ /g, '').toLowerCase();
}

/** Settings that each CRD of a document has, and that say nothing about the CRDs of another one. */
const FINALIZERS = ['spec', 'finalizers'] as const;
const CROSS_ACCESS = 'crossAccess';

/**
 * One document of all, in order; the first gives metadata and kind. A CRD that stands twice, and a setting that two
 * documents give two values, are problems. Undefined when there is no document.
 */
export function mergeDocuments(documents: readonly MapNode[], problems: ProblemList): MapNode | undefined {
  const [first, ...more] = documents.map((root) => withCheckedNames(root, problems));
  if (first === undefined) return undefined;
  if (more.length === 0) return first;
  const [base, ...others] = [first, ...more].map((root) => withOrigin(pushDown(root)));
  if (base === undefined) return undefined;
  return others.reduce((merged, other) => mergeTwo(merged, other, problems), base);
}

/** CRD names in one form; what is no name, and what stands twice, is a problem and goes. */
function withCheckedNames(root: MapNode, problems: ProblemList): MapNode {
  const crds = mapAt(root, 'spec', 'crds');
  if (crds === undefined) return root;
  if (crds.entries.size === 0) {
    const { position, path } = mapAt(root, 'spec') ?? root;
    problems.add({ severity: 'error', code: CODE.name, message: 'spec.crds holds no CRD', position, path });
  }
  const entries = new Map<string, MapEntry>();
  for (const entry of crds.entries.values()) {
    const name = crdName(entry.key);
    const { path } = entry.value;
    if (!isDnsLabel(name)) {
      const message = `"${entry.key}" is not a name for a CRD: expected lower-case letters, digits and "-"`;
      problems.add({ severity: 'error', code: CODE.name, message, position: entry.keyPosition, path });
    } else if (!isTwice(entries.get(name), entry, problems)) entries.set(name, { ...entry, key: name });
  }
  return withValueAt(root, ['spec', 'crds'], { ...crds, entries });
}

function isTwice(earlier: MapEntry | undefined, { key, keyPosition, value }: MapEntry, problems: ProblemList): boolean {
  if (earlier === undefined) return false;
  const message = `CRD "${crdName(key)}" is declared at ${formatPosition(earlier.keyPosition)} already`;
  problems.add({ severity: 'error', code: CODE.duplicateCrd, message, position: keyPosition, path: value.path });
  return true;
}

/** Settings of the document to its own CRDs. */
function pushDown(root: MapNode): MapNode {
  const crds = mapAt(root, 'spec', 'crds');
  if (crds === undefined) return root;
  const finalizers = nodeAt(root, ...FINALIZERS);
  const access = nodeAt(root, CROSS_ACCESS);
  const entries = [...crds.entries.values()].map((entry) => {
    if (entry.value.kind !== 'map') return entry;
    let { value } = entry;
    if (finalizers !== undefined) {
      const own = itemsAt(value, 'operatorBox', 'finalizers');
      value = withValueAt(value, ['operatorBox', 'finalizers'], listOf([...own, ...itemsAt(finalizers)], finalizers));
    }
    if (access !== undefined && !value.entries.has(CROSS_ACCESS)) value = withValue(value, CROSS_ACCESS, access);
    return { ...entry, value };
  });
  const rest = withoutKey(withoutKeyAt(root, FINALIZERS), CROSS_ACCESS);
  return withValueAt(rest, ['spec', 'crds'], withEntries(crds, entries));
}

/** What a document says of itself only. */
const OWN_KEYS: readonly string[] = ['apiVersion', 'kind', 'metadata', 'lifecycle', 'policy', 'imports', 'publish'];

function mergeTwo(base: MapNode, other: MapNode, problems: ProblemList): MapNode {
  let merged = base;
  for (const { key, value } of other.entries.values()) {
    if (OWN_KEYS.includes(key)) continue;
    const first = nodeAt(merged, key);
    merged = withValue(merged, key, first === undefined ? value : mergeNodes(first, value, problems, key));
  }
  return merged;
}

/** Maps key by key, lists one after the other; of two texts only one can be right. */
function mergeNodes(base: SourceNode, other: SourceNode, problems: ProblemList, path: string): SourceNode {
  if (path === 'notes.functions') return listOf([...noteItems(base), ...noteItems(other)], base);
  if (base.kind === 'map' && other.kind === 'map') {
    const entries = new Map(base.entries);
    for (const entry of other.entries.values()) {
      const first = entries.get(entry.key);
      if (path === 'spec.crds') {
        if (!isTwice(first, entry, problems)) entries.set(entry.key, entry);
      } else if (first === undefined) entries.set(entry.key, entry);
      else {
        const value = mergeNodes(first.value, entry.value, problems, `${path}.${entry.key}`);
        entries.set(entry.key, { ...first, value });
      }
    }
    return withEntries(base, entries.values());
  }
  if (base.kind === 'list' && other.kind === 'list') return listOf([...base.items, ...other.items], base);
  if (base.kind === 'scalar' && other.kind === 'scalar' && base.text === other.text) return base;
  const message = `${path} is set at ${formatPosition(base.position)} in another way`;
  problems.add({ severity: 'error', code: CODE.conflict, message, position: other.position, path: other.path });
  return base;
}
