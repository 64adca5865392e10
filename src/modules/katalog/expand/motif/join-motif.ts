// What a Motif brings to a CRD entry, behind what the entry says itself.
import { type MapEntry, type MapNode, type SourceNode } from '../../../common';
import { emptyMap, itemsAt, listOf, nodeAt, withEntries, withoutKey, withValue, withValueAt } from '../../source/tree';
import { type MotifBlocks } from './motif-blocks';

/** The filled parts of one Motif. */
export interface MotifParts {
  readonly blocks: MotifBlocks;
  readonly status: SourceNode | undefined;
  readonly validation: SourceNode | undefined;
  readonly mutation: SourceNode | undefined;
}

/** Lists one after the other; of single settings that of the entry counts. */
export function joinMotif(crd: MapNode, { blocks, status, validation, mutation }: MotifParts): MapNode {
  const parts: readonly (readonly [readonly string[], SourceNode | undefined])[] = [
    [['operatorBox', 'onCreate'], blocks.onCreate],
    [['operatorBox', 'onReconcile'], blocks.onReconcile],
    [['operatorBox', 'status'], status],
    [['validation'], validation],
    [['mutation'], mutation],
  ];
  const joined = parts.reduce((entry, [path, part]) => joinAt(entry, path, part, behind), crd);
  return joinAt(joined, ['operatorBox', 'onDelete'], blocks.onDelete, behindDeletion);
}

type Join = (own: MapNode, part: MapNode) => MapNode;

function joinAt(crd: MapNode, path: readonly string[], part: SourceNode | undefined, join: Join): MapNode {
  if (part === undefined || isEmpty(part)) return crd;
  const own = nodeAt(crd, ...path);
  if (own === undefined || isEmpty(own) || part.kind !== 'map') return withValueAt(crd, path, part);
  return own.kind === 'map' ? withValueAt(crd, path, join(own, part)) : crd;
}

function isEmpty(node: SourceNode): boolean {
  return (node.kind === 'scalar' && node.value === null) || (node.kind === 'map' && node.entries.size === 0);
}

function behind(own: MapNode, part: MapNode): MapNode {
  const entries = new Map<string, MapEntry>(own.entries);
  for (const entry of part.entries.values()) {
    const first = entries.get(entry.key);
    if (first === undefined || isEmpty(first.value)) entries.set(entry.key, entry);
    else if (first.value.kind === 'list' && entry.value.kind === 'list') {
      const value = listOf([...first.value.items, ...entry.value.items], first.value);
      entries.set(entry.key, { ...first, value });
    }
  }
  return withEntries(own, entries.values());
}

const SETTINGS: readonly string[] = ['ordered', 'timeout', 'when', 'or', 'groups'];

/** Stages after stages: entries without a stage become one where the other side has stages. */
function behindDeletion(own: MapNode, part: MapNode): MapNode {
  if (!own.entries.has('groups') && !part.entries.has('groups')) return behind(own, part);
  const stages = listOf([...stagesOf(own), ...stagesOf(part)], nodeAt(own, 'groups') ?? part);
  return behind(withValue(settingsOf(own), 'groups', stages), withoutKey(settingsOf(part), 'groups'));
}

function stagesOf(block: MapNode): readonly SourceNode[] {
  const lists = [...block.entries.values()].filter(({ key }) => !SETTINGS.includes(key));
  const groups = itemsAt(block, 'groups');
  if (lists.length === 0) return groups;
  return [withEntries(emptyMap(block, block.path), lists), ...groups];
}

function settingsOf(block: MapNode): MapNode {
  return withEntries(
    block,
    [...block.entries.values()].filter(({ key }) => SETTINGS.includes(key)),
  );
}
