// Moves one value of a map to another path below the same map, in the text: its lines go as they are, with their
// comments, indented as their new neighbours.
import { isScalar, type YAMLMap } from 'yaml';
import { type Edit } from './edits';
import { endOf, isAliased, Lines, mapUnder, type PairAt, pairAt, pairsOf } from './yaml-text';

const STEP = 2;
const COMMENT = /(^|\s)#/;
const BREAKS_FLOW = /[,[\]{}]|(^|\s)#/;

/** Undefined when the text has a form that can't be rewritten: an alias on the way, keys that share a line. */
export function movePair(
  text: string,
  map: YAMLMap,
  old: readonly string[],
  canonical: readonly string[] | undefined,
): readonly Edit[] | undefined {
  const source = chain(map, old);
  if (source === undefined) return undefined;
  const shared = canonical === undefined ? 0 : canonical.findIndex((key, index) => key !== old[index]);
  const move = new Move(new Lines(text), source, shared);
  return canonical === undefined ? move.cut() : move.to(map, canonical);
}

/** The pairs along a path. */
function chain(map: YAMLMap, path: readonly string[]): readonly PairAt[] | undefined {
  const pairs: PairAt[] = [];
  let at: YAMLMap | undefined = map;
  for (const key of path) {
    const pair: PairAt | undefined = at === undefined ? undefined : pairAt(at, key);
    if (pair === undefined) return undefined;
    pairs.push(pair);
    at = mapUnder(pair);
  }
  return pairs;
}

class Move {
  private readonly leaf: PairAt;
  /** The outermost pair that goes: maps that would become empty go, too. */
  private readonly gone: PairAt;
  /** Pairs around the leaf that go: their comments stay. */
  private readonly around: readonly PairAt[];

  constructor(
    private readonly lines: Lines,
    source: readonly PairAt[],
    shared: number,
  ) {
    let first = source.length - 1;
    // What holds the new place, too, stays.
    while (first > shared && source[first]?.parent.items.length === 1) first--;
    this.leaf = source.at(-1) as PairAt;
    this.gone = source[first] as PairAt;
    this.around = source.slice(first, -1);
  }

  cut(replacement = ''): readonly Edit[] | undefined {
    const { lines, gone } = this;
    if (gone.parent.flow === true) return this.cutFlow(replacement);
    if (!lines.beginsLine(gone.start)) return undefined;
    const start = lines.firstLine(gone);
    const end = lines.behind(gone);
    const isBetween =
      start > 0 && lines.isBlank(lines.startOf(start - 1)) && (lines.isBlank(end) || end === lines.text.length);
    return [{ start: replacement === '' && isBetween ? lines.startOf(start - 1) : start, end, text: replacement }];
  }

  to(map: YAMLMap, canonical: readonly string[]): readonly Edit[] | undefined {
    let container = map;
    let missing = canonical;
    while (missing.length > 1) {
      const [key = ''] = missing;
      const next = pairAt(container, key);
      if (next === undefined) break;
      if (isAliased(next)) return undefined;
      const below = mapUnder(next);
      if (below === undefined) return this.underNothing(next, missing.slice(1));
      container = below;
      missing = missing.slice(1);
    }
    return container.flow === true ? this.intoFlow(map, container, missing) : this.intoBlock(container, missing);
  }

  /** `operatorBox:` without a value. */
  private underNothing(at: PairAt, keys: readonly string[]): readonly Edit[] | undefined {
    const cut = this.cut();
    const { value } = at.pair;
    if (cut === undefined || !isScalar(value)) return undefined;
    const written = { start: value.range?.[0] ?? endOf(at), end: value.range?.[1] ?? endOf(at) };
    if (at.parent.flow === true) {
      const inner = this.flowText(keys);
      return inner === undefined
        ? undefined
        : [...cut, { ...written, text: `${written.start === endOf(at) ? ' ' : ''}{ ${inner} }` }];
    }
    const place = this.lines.next(endOf(at));
    const block = this.blockText(keys, this.lines.column(at.start) + STEP);
    const isWritten = written.end > written.start;
    return [...cut, ...(isWritten ? [{ ...written, text: '' }] : []), this.insertion(place, block)];
  }

  private intoBlock(container: YAMLMap, keys: readonly string[]): readonly Edit[] | undefined {
    const { lines, gone } = this;
    const pairs = pairsOf(container);
    const [first] = pairs;
    const last = pairs.at(-1);
    if (first === undefined || last === undefined || pairs.length !== container.items.length) return undefined;
    const block = this.blockText(keys, lines.column(first.start));
    if (gone.parent === container) return this.cut(block);
    const cut = this.cut();
    if (cut === undefined) return undefined;
    const outer = pairs.find((pair) => pair.start <= gone.start && endOf(pair) >= endOf(gone));
    if (outer !== undefined) return [...cut, this.insertion(lines.behind(outer), block)];
    // A new block of settings is read before what they are for.
    const isFirst = keys.length > 1 && lines.beginsLine(first.start) && first.key !== 'apiVersion';
    return [...cut, this.insertion(isFirst ? lines.firstLine(first) : lines.behind(last), block)];
  }

  private insertion(at: number, block: string): Edit {
    const { text, lineEnd } = this.lines;
    const isOpen = at > 0 && text[at - 1] !== '\n';
    return { start: at, end: at, text: isOpen ? lineEnd + block : block };
  }

  private intoFlow(map: YAMLMap, container: YAMLMap, keys: readonly string[]): readonly Edit[] | undefined {
    const inner = this.flowText(keys);
    if (inner === undefined) return expandFlow(this.lines, map, container);
    if (this.gone.parent === container) return this.cut(inner);
    const cut = this.cut();
    const last = pairsOf(container).at(-1);
    const [start = 0, end = 0] = container.range ?? [];
    if (cut === undefined) return undefined;
    if (last === undefined) return [...cut, { start, end, text: `{ ${inner} }` }];
    return [...cut, { start: endOf(last), end: endOf(last), text: `, ${inner}` }];
  }

  /** Undefined when comments would go. */
  private cutFlow(replacement: string): readonly Edit[] | undefined {
    const { lines, gone, leaf } = this;
    const end = endOf(gone);
    const range = replacement === '' ? this.rangeInFlow(end) : { start: gone.start, end };
    const around = [
      lines.text.slice(range.start, gone.start),
      lines.text.slice(gone.start, leaf.start),
      lines.text.slice(endOf(leaf), range.end),
    ];
    return around.some((text) => COMMENT.test(text)) ? undefined : [{ ...range, text: replacement }];
  }

  /** With the comma before or behind. */
  private rangeInFlow(end: number): { readonly start: number; readonly end: number } {
    const pairs = pairsOf(this.gone.parent);
    const index = pairs.findIndex(({ start }) => start === this.gone.start);
    const before = pairs[index - 1];
    const { start } = this.gone;
    return before === undefined ? { start, end: pairs[index + 1]?.start ?? end } : { start: endOf(before), end };
  }

  /** Key and value as written. */
  private pairText(key: string): string {
    const { pair, start } = this.leaf;
    const written = isScalar(pair.key) ? (pair.key.range?.[1] ?? start) : start;
    return key + this.lines.text.slice(written, endOf(this.leaf));
  }

  /** `a: { b: { key: value } }`; undefined when the value can't stand in braces as it is written. */
  private flowText(keys: readonly string[]): string | undefined {
    const { leaf, lines, gone } = this;
    const text = this.pairText(keys.at(-1) ?? '');
    if (gone.parent.flow !== true) {
      const isPlain = isScalar(leaf.pair.value) && leaf.pair.value.type === 'PLAIN';
      const whole = lines.text.slice(lines.firstLine(gone), lines.behind(gone));
      const value = text.slice(text.indexOf(':') + 1);
      if (text.includes('\n') || COMMENT.test(whole) || (isPlain && BREAKS_FLOW.test(value))) return undefined;
    }
    return keys.slice(0, -1).reduceRight((inner, key) => `${key}: { ${inner} }`, text);
  }

  /** Lines with the blocks that are missing, all comments, and the pair. */
  private blockText(keys: readonly string[], indent: number): string {
    const { lines, leaf } = this;
    const heads = keys.slice(0, -1).map((key, depth) => `${' '.repeat(indent + depth * STEP)}${key}:${lines.lineEnd}`);
    const own = indent + (keys.length - 1) * STEP;
    const key = keys.at(-1) ?? '';
    if (leaf.parent.flow === true) {
      const indented = ' '.repeat(lines.indentAt(leaf.start)) + this.pairText(key);
      return heads.join('') + shifted(indented, own - lines.indentAt(leaf.start)) + lines.lineEnd;
    }
    const comments = this.around.flatMap((pair) => this.commentsOf(pair));
    const start = lines.firstLine(leaf);
    const keyEnd = isScalar(leaf.pair.key) ? (leaf.pair.key.range?.[1] ?? leaf.start) : leaf.start;
    const written = lines.text.slice(start, leaf.start) + key + lines.text.slice(keyEnd, lines.behind(leaf));
    const whole = written.endsWith('\n') ? written : written + lines.lineEnd;
    const above = comments.map((comment) => `${' '.repeat(own)}${comment}${lines.lineEnd}`);
    return [...heads, ...above, shifted(whole, own - lines.column(leaf.start))].join('');
  }

  /** Above a pair that goes away, and behind its key. */
  private commentsOf(pair: PairAt): readonly string[] {
    const { lines } = this;
    if (pair.parent.flow === true) return [];
    const above = lines.text.slice(lines.firstLine(pair), lines.startOf(pair.start));
    const behind = /\s(#.*)/.exec(lines.text.slice(pair.start, lines.next(pair.start)))?.[1];
    return [...above.split('\n'), behind ?? ''].map((line) => line.trim()).filter((line) => line !== '');
  }
}

/** Every line further to the right, or as far to the left as there is room. */
function shifted(text: string, by: number): string {
  if (by === 0) return text;
  return text
    .split('\n')
    .map((line) => {
      if (line.trim() === '') return line;
      if (by > 0) return ' '.repeat(by) + line;
      const room = line.length - line.trimStart().length;
      return line.slice(Math.min(room, -by));
    })
    .join('\n');
}

/** The outermost map in braces around `container`, as a block; undefined with comments in it. */
function expandFlow(lines: Lines, map: YAMLMap, container: YAMLMap): readonly Edit[] | undefined {
  const outer = outermostFlow(map, container);
  const flow = outer === undefined ? undefined : mapUnder(outer);
  if (outer === undefined || flow === undefined || !lines.beginsLine(outer.start)) return undefined;
  const [start = 0, end = 0] = flow.range ?? [];
  const pairs = pairsOf(flow);
  if (COMMENT.test(lines.text.slice(start, end)) || pairs.length !== flow.items.length) return undefined;
  const indent = ' '.repeat(lines.column(outer.start) + STEP);
  const items = pairs.map((pair) => {
    const item = lines.text.slice(pair.start, endOf(pair));
    return `${lines.lineEnd}${indent}${item.endsWith(':') || item.includes(':') ? item : `${item}:`}`;
  });
  let from = start;
  while (lines.text[from - 1] === ' ') from--;
  return [{ start: from, end, text: items.join('') }];
}

/** A pair of a block whose value in braces holds the container, or is it. */
function outermostFlow(map: YAMLMap, container: YAMLMap): PairAt | undefined {
  for (const pair of pairsOf(map)) {
    const below = mapUnder(pair);
    if (below === undefined) continue;
    if (below.flow === true && holds(below, container)) return map.flow === true ? undefined : pair;
    const found = outermostFlow(below, container);
    if (found !== undefined) return found;
  }
  return undefined;
}

function holds(map: YAMLMap, container: YAMLMap): boolean {
  if (map === container) return true;
  return pairsOf(map).some((pair) => {
    const below = mapUnder(pair);
    return below !== undefined && holds(below, container);
  });
}
