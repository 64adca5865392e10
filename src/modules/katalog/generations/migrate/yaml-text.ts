// Where the parts of a map stand in the text. Comments directly above a key, with its indentation, belong to it.
import { isAlias, isCollection, isMap, isPair, isScalar, Lexer, type Node, type Pair, type YAMLMap } from 'yaml';

/** A pair of a map that can be moved; keys are plain texts. */
export interface PairAt {
  readonly parent: YAMLMap;
  readonly pair: Pair;
  readonly key: string;
  /** Of the key. */
  readonly start: number;
}

/** Pairs of a map in order. */
export function pairsOf(map: YAMLMap): readonly PairAt[] {
  return map.items.flatMap((pair): PairAt[] => {
    if (!isPair(pair) || !isScalar(pair.key)) return [];
    const { value, source, range } = pair.key;
    return [{ parent: map, pair, key: typeof value === 'string' ? value : (source ?? ''), start: range?.[0] ?? 0 }];
  });
}

export function pairAt(map: YAMLMap, key: string): PairAt | undefined {
  return pairsOf(map).find((pair) => pair.key === key);
}

/** The map under a pair; undefined for everything else, an alias too: what it stands for is written elsewhere. */
export function mapUnder({ pair }: PairAt): YAMLMap | undefined {
  return isMap(pair.value) ? pair.value : undefined;
}

export function isAliased({ pair }: PairAt): boolean {
  return isAlias(pair.value);
}

/** Where the value of a pair ends, without what follows it on its line. */
export function endOf({ pair }: Pick<PairAt, 'pair'>): number {
  const key = (pair.key as Node).range?.[1] ?? 0;
  return Math.max(key, pair.value === null ? 0 : nodeEnd(pair.value as Node));
}

/** A collection in block style ends with its last item: its own range goes on over comments that follow. */
function nodeEnd(node: Node): number {
  const end = node.range?.[1] ?? 0;
  if (!isCollection(node) || node.flow === true) return end;
  const last = node.items.at(-1);
  if (last === undefined) return end;
  if (isPair(last)) return endOf({ pair: last });
  return last === null ? end : nodeEnd(last as Node);
}

/** The comments of a text, sorted. */
export function commentsOf(text: string): readonly string[] {
  const tokens = [...new Lexer().lex(text)];
  return tokens.filter((token, index) => token.startsWith('#') && tokens[index - 1] !== SCALAR).sort();
}

/** What the lexer puts before the text of a scalar. */
const SCALAR = '\x1f';

/** A text by lines. */
export class Lines {
  readonly lineEnd: string;

  constructor(readonly text: string) {
    this.lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  }

  startOf(offset: number): number {
    return this.text.lastIndexOf('\n', offset - 1) + 1;
  }

  /** Behind the line end; of the last line the end of the text. */
  next(offset: number): number {
    const end = this.text.indexOf('\n', offset);
    return end < 0 ? this.text.length : end + 1;
  }

  /** Column of an offset, from 0. */
  column(offset: number): number {
    return offset - this.startOf(offset);
  }

  /** Of the line of an offset. */
  indentAt(offset: number): number {
    const line = this.line(this.startOf(offset));
    return line.length - line.trimStart().length;
  }

  line(start: number): string {
    return this.text.slice(start, this.next(start));
  }

  /** First line of a pair: that of its comments. */
  firstLine({ start }: PairAt): number {
    const indent = this.column(start);
    let first = this.startOf(start);
    while (first > 0) {
      const before = this.startOf(first - 1);
      if (!isComment(this.line(before), (column) => column === indent)) break;
      first = before;
    }
    return first;
  }

  /** Behind the last line of a pair, and of the comments below it that stand deeper than its key. */
  behind(at: PairAt): number {
    const indent = this.column(at.start);
    const end = endOf(at);
    let next = this.text[end - 1] === '\n' ? end : this.next(end);
    for (let probe = next; probe < this.text.length; probe = this.next(probe)) {
      const line = this.line(probe);
      if (isComment(line, (column) => column > indent)) next = this.next(probe);
      else if (line.trim() !== '') break;
    }
    return next;
  }

  /** Nothing but blanks stands before an offset on its line. */
  beginsLine(offset: number): boolean {
    return this.text.slice(this.startOf(offset), offset).trim() === '';
  }

  isBlank(start: number): boolean {
    return start < this.text.length && this.line(start).trim() === '';
  }
}

function isComment(line: string, fits: (column: number) => boolean): boolean {
  const trimmed = line.trimStart();
  return trimmed.startsWith('#') && fits(line.length - trimmed.length);
}
