// Every spelling of the table becomes the canonical one, in the tree of a file and before anything else reads it: the
// rest of the product knows one language. Values keep their position and the path under which they were written, so
// that a problem names what the author sees.
import {
  didYouMean,
  formatPosition,
  type MapEntry,
  type MapNode,
  type Problem,
  type ProblemList,
  type SourceNode,
} from '../../common';
import { SPELLING_CODE } from './codes';
import { PlaceInFile } from './places';
import { SPELLINGS } from './spellings';
import { isEmpty, leftovers, type Step, stepsOf } from './steps';

/**
 * The tree in canonical spelling; the same tree when nothing was deprecated. Each deprecated spelling is a warning, the
 * same setting in two spellings an error; then the canonical one is kept.
 *
 * @param place where the root of an included file stands, in the file that includes it: `PlaceInFile.at(...)`.
 */
export function normalise(root: MapNode, problems: ProblemList, place: PlaceInFile = PlaceInFile.file): MapNode {
  return new Normaliser(problems).map(root, place);
}

class Normaliser {
  constructor(private readonly problems: ProblemList) {}

  map(written: MapNode, place: PlaceInFile): MapNode {
    const { spellings } = place;
    let map = written;
    for (const spelling of spellings) {
      for (const step of stepsOf(map, spelling)) map = this.apply(map, step);
    }
    for (const block of leftovers(map, spellings)) {
      this.reportLeftover(block);
      map = without(map, [block.key]);
    }
    return this.below(map, place);
  }

  private below(map: MapNode, place: PlaceInFile): MapNode {
    const changed = [...map.entries.values()].flatMap((entry): MapEntry[] => {
      const value = this.node(entry.value, place.key(entry.key));
      return value === entry.value ? [] : [{ ...entry, value }];
    });
    if (changed.length === 0) return map;
    const entries = new Map(map.entries);
    for (const entry of changed) entries.set(entry.key, entry);
    return { ...map, entries };
  }

  private node(node: SourceNode, place: PlaceInFile): SourceNode {
    if (place.isOutside || node.kind === 'scalar') return node;
    if (node.kind === 'map') return this.map(node, place);
    const items = node.items.map((item) => this.node(item, place.item));
    return items.some((item, index) => item !== node.items[index]) ? { ...node, items } : node;
  }

  private apply(map: MapNode, step: Step): MapNode {
    const { old, canonical, entry, taken } = step;
    if (canonical === undefined) {
      this.warn(entry, `the deprecated spelling "${old.join('.')}" holds nothing: leave it out`);
      return without(map, old);
    }
    if (taken !== undefined) {
      this.reportTwice(step, taken);
      return without(map, old);
    }
    const name = canonical.join('.');
    this.warn(entry, `deprecated spelling "${old.join('.')}": write ${name}; ork migrate --write rewrites the file`);
    if (canonical.length === 1 && old.length === 1) return renamed(map, entry, name);
    return withEntry(without(map, old), canonical, entry);
  }

  private reportTwice({ canonical = [], entry }: Step, taken: MapEntry): void {
    const place = `${taken.value.path} at ${formatPosition(taken.keyPosition)}`;
    this.add('error', SPELLING_CODE.twice, entry, `this is ${canonical.join('.')}, which stands as ${place} already`);
  }

  /** Only what the table knows may stand in a block that the language gave up. */
  private reportLeftover({ key, keyPosition, value }: MapEntry): void {
    const at = { key, keyPosition, value };
    if (isEmpty(value)) {
      this.warn(at, `the deprecated spelling "${key}" holds nothing: leave it out`);
      return;
    }
    const known = SPELLINGS.flatMap(({ old }) => (old.at(-2) === key ? [old.at(-1) ?? ''] : [])).sort();
    const allowed = `; allowed: ${known.join(', ')}`;
    if (value.kind !== 'map') {
      this.add('error', SPELLING_CODE.unknown, at, `expected a map in the deprecated spelling "${key}"${allowed}`);
      return;
    }
    for (const entry of value.entries.values()) {
      const hint = didYouMean(entry.key, known);
      const message = `unknown field "${entry.key}" in the deprecated spelling "${key}"${hint === '' ? allowed : hint}`;
      this.add('error', SPELLING_CODE.unknown, entry, message);
    }
  }

  private warn(entry: MapEntry, message: string): void {
    this.add('warning', SPELLING_CODE.deprecated, entry, message);
  }

  private add(severity: Problem['severity'], code: string, { keyPosition, value }: MapEntry, message: string): void {
    this.problems.add({ severity, code, message, position: keyPosition, path: value.path });
  }
}

/** The entry under another key, in its place. */
function renamed(map: MapNode, { key: old }: MapEntry, key: string): MapNode {
  const entries = [...map.entries.values()].map((entry) => (entry.key === old ? { ...entry, key } : entry));
  return { ...map, entries: new Map(entries.map((entry) => [entry.key, entry])) };
}

/** What is left when a value goes away; maps on the way to it that became empty go too. */
function without(map: MapNode, path: readonly string[]): MapNode {
  const [first = '', ...rest] = path;
  const entry = map.entries.get(first);
  if (entry === undefined) return map;
  const entries = new Map(map.entries);
  const left = rest.length > 0 && entry.value.kind === 'map' ? without(entry.value, rest) : undefined;
  if (left === undefined || left.entries.size === 0) entries.delete(first);
  else entries.set(first, { ...entry, value: left });
  return { ...map, entries };
}

/** Maps that are missing on the way are said to stand where the value was written. */
function withEntry(map: MapNode, path: readonly string[], written: MapEntry): MapNode {
  const [first = '', ...rest] = path;
  const entries = new Map(map.entries);
  if (rest.length === 0) {
    entries.set(first, { ...written, key: first });
    return { ...map, entries };
  }
  const present = map.entries.get(first);
  const inner: MapNode =
    present?.value.kind === 'map'
      ? present.value
      : {
          kind: 'map',
          position: written.keyPosition,
          path: map.path === '' ? first : `${map.path}.${first}`,
          entries: new Map(),
        };
  const outer = present ?? { key: first, keyPosition: written.keyPosition };
  entries.set(first, { ...outer, value: withEntry(inner, rest, written) });
  return { ...map, entries };
}
