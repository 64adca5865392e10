// `include` of a block: the file beside the one that names it, read in its place. What comes in is decoded later as
// part of the block, and keeps the place where it was written.
import { didYouMean, type MapEntry, type MapNode, type SourceNode, type SourcePosition } from '../../../common';
import { describeNode, literal } from '../../../schema';
import { isRemote, locationFrom } from '../../source/location';
import { normalise, PlaceInFile, segmentsOf } from '../../generations';
import { changedAt } from '../../source/places';
import { type ExpandContext, readMap } from '../../source/read-tree';
import { withEntries, withoutKey, withValue } from '../../source/tree';
import { CODE } from '../../validate/codes';
import { type IncludeRow } from './include-table';
import { type MergeRule } from './merge-rules';

const KEY = 'include';

/**
 * The document with every `include` of the table read and taken out: also one that can't be read, which is a problem, or
 * that has to be fetched first.
 */
export function expandIncludes(root: MapNode, rows: readonly IncludeRow[], context: ExpandContext): MapNode {
  const expansion = new Expansion(context);
  return rows.reduce((tree, row) => expansion.row(tree, row), root);
}

class Expansion {
  /** Places of the includes that were read; what they brought in carries one of them. */
  private readonly read = new Set<SourcePosition>();

  constructor(private readonly context: ExpandContext) {}

  row(root: MapNode, row: IncludeRow): MapNode {
    return row.places.reduce<MapNode>((tree, place) => {
      const changed = changedAt(tree, segmentsOf(place), (value) => this.value(value, row, place));
      return changed.kind === 'map' ? changed : tree;
    }, root);
  }

  private value(value: SourceNode, row: IncludeRow, place: string): SourceNode {
    if (row.form === 'item') {
      return row.kind === 'list'
        ? this.items(value, row.key, `${place}[]`)
        : this.entries(value, row.key, `${place}.*`);
    }
    const source = value.kind === 'map' ? value.entries.get(KEY)?.value : undefined;
    if (value.kind !== 'map' || source === undefined) return value;
    const block = withoutKey(value, KEY);
    if (row.form === 'keys') {
      const file = this.file(source, Object.keys(row.keys), place);
      return Object.entries(row.keys).reduce<MapNode>((merged, [key, rule]) => {
        const included = this.part(file, key, rule.kind);
        return included === undefined
          ? merged
          : withValue(merged, key, rule.merge(included, merged.entries.get(key)?.value));
      }, block);
    }
    const around = place.slice(0, Math.max(0, place.lastIndexOf('.')));
    const included = this.part(this.file(source, [row.key], around), row.key, row.rule.kind);
    if (included === undefined) return block;
    return row.rule.merge(included, block.entries.size === 0 ? undefined : block);
  }

  private items(list: SourceNode, key: string, place: string): SourceNode {
    if (list.kind !== 'list' || !list.items.some(hasInclude)) return list;
    const items = list.items.flatMap((item): readonly SourceNode[] => {
      const included = this.instead(item, key, 'list', place);
      return included === 'inline' ? [item] : included?.kind === 'list' ? included.items : [];
    });
    return { ...list, items };
  }

  /** Of two of one name that of the block itself counts. */
  private entries(map: SourceNode, key: string, place: string): SourceNode {
    if (map.kind !== 'map') return map;
    const all = [...map.entries.values()];
    if (!all.some(({ value }) => hasInclude(value))) return map;
    const inline = new Set(all.filter(({ value }) => !hasInclude(value)).map((entry) => entry.key));
    const entries = all.flatMap((entry): readonly MapEntry[] => {
      const included = this.instead(entry.value, key, 'map', place);
      if (included === 'inline') return [entry];
      return included?.kind === 'map' ? [...included.entries.values()].filter((one) => !inline.has(one.key)) : [];
    });
    return withEntries(map, entries);
  }

  /** What takes the place of an item; `inline` when it names no file, undefined when there is nothing. */
  private instead(
    item: SourceNode,
    key: string,
    kind: 'list' | 'map',
    place: string,
  ): SourceNode | 'inline' | undefined {
    const source = item.kind === 'map' ? item.entries.get(KEY)?.value : undefined;
    if (item.kind !== 'map' || source === undefined) return 'inline';
    const beside = [...item.entries.values()].find((entry) => entry.key !== KEY);
    if (beside !== undefined) {
      const message = `"include" puts the entries of a file in the place of this one: "${beside.key}" would be lost`;
      this.report(beside.value, message, beside.keyPosition);
    }
    const included = this.part(this.file(source, [key]), key, kind);
    const step = kind === 'list' ? '[]' : '*';
    const canonical = (value: SourceNode): SourceNode =>
      value.kind === 'map' ? normalise(value, this.context.problems, PlaceInFile.at(place)) : value;
    return included === undefined ? undefined : changedAt(included, [step], canonical);
  }

  /**
   * The file that an include names; it may hold no other keys than these, and at least one of them. `place`: where its
   * root would stand, for older spellings in it.
   */
  private file(source: SourceNode, keys: readonly string[], place?: string): MapNode | undefined {
    const name = literal.decode(source, this.context)?.text;
    if (name === undefined) return undefined;
    if (source.position.usedAt !== undefined && this.read.has(source.position.usedAt)) {
      return this.report(source, `include: ${name}: a file that is included can't include another one`);
    }
    if (isRemote(name)) {
      return this.report(source, `include: ${name}: a file beside this one is included, never one by its address`);
    }
    this.read.add(source.position);
    const written = readMap(locationFrom(source.position.file, name), source, this.context);
    if (written === undefined) return undefined;
    const { problems } = this.context;
    const root = place === undefined ? written : normalise(written, problems, PlaceInFile.at(place));
    for (const { key, keyPosition, value } of root.entries.values()) {
      if (keys.includes(key)) continue;
      const hint = didYouMean(key, keys);
      const allowed = hint === '' ? `; allowed: ${keys.join(', ')}` : hint;
      this.report(value, `unknown field "${key}" in an included file${allowed}`, keyPosition);
    }
    if (keys.some((key) => root.entries.has(key))) return root;
    return this.report(source, `include: ${name} holds no ${keys.map((key) => `"${key}:"`).join(' or ')}`);
  }

  private part(file: MapNode | undefined, key: string, kind: MergeRule['kind']): SourceNode | undefined {
    const value = file?.entries.get(key)?.value;
    if (value === undefined || (value.kind === 'scalar' && value.value === null)) return undefined;
    if (value.kind !== 'scalar' && kind.includes(value.kind)) return value;
    return this.report(value, `expected a ${kind} under "${key}" of an included file, found ${describeNode(value)}`);
  }

  private report({ position, path }: SourceNode, message: string, at: SourcePosition = position): undefined {
    this.context.problems.add({ severity: 'error', code: CODE.include, message, position: at, path });
    return undefined;
  }
}

function hasInclude(node: SourceNode): boolean {
  return node.kind === 'map' && node.entries.has(KEY);
}
