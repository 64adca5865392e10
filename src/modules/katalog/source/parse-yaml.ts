// YAML text to SourceNode trees. Every value knows file, line and column; every scalar keeps its source text. What is
// wrong with the YAML itself (syntax, duplicate keys, alias bombs) is a problem with a position, never an exception.
import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  type Node as YamlNode,
  parseAllDocuments,
  type Scalar,
  visit,
} from 'yaml';
import {
  type ListNode,
  type MapEntry,
  type MapNode,
  type ProblemList,
  type ScalarNode,
  type SourceNode,
  type SourcePosition,
} from '../../common';
import { alignScalar } from './locate';

export const CODE_YAML = 'ORK1001';
/** Of one file. */
export const MAX_BYTES = 10 * 1024 * 1024;
const MAX_NODES = 500_000;
const MAX_DEPTH = 100;
/** Marks, spaces and scalars: more than the values of a file that is large enough need. */
const MAX_TOKENS = 8 * MAX_NODES;
/** Mistakes of YAML, of a document: what comes behind so many follows from them. */
const MAX_ERRORS = 100;

/** The documents of a file that hold anything, in order. `usedAt`: the place that brings the file in. */
export function parseYamlDocuments(
  text: string,
  file: string,
  problems: ProblemList,
  usedAt?: SourcePosition,
): readonly SourceNode[] {
  const origin = usedAt === undefined ? { file } : { file, usedAt };
  const start: SourcePosition = { ...origin, line: 1, column: 1 };
  if (Buffer.byteLength(text) > MAX_BYTES) {
    problems.add({
      severity: 'error',
      code: CODE_YAML,
      message: `the file is larger than ${MAX_BYTES / 1024 / 1024} MiB`,
      position: start,
      path: '',
    });
    return [];
  }
  const source = text.startsWith('\ufeff') ? text.slice(1) : text;
  if (hasTooManyTokens(source)) {
    const message = `the file has more than ${MAX_NODES} values`;
    problems.add({ severity: 'error', code: CODE_YAML, message, position: start, path: '' });
    return [];
  }
  const documents = parseAllDocuments(source, {
    version: '1.2',
    intAsBigInt: true,
    // Looked for below: the parser compares each key of a map with every other.
    uniqueKeys: false,
    prettyErrors: false,
  });
  const reader = new TreeReader(source, origin, linesOf(source), problems);
  return (Array.isArray(documents) ? documents : []).flatMap((document) => reader.read(document as Document.Parsed));
}

/** The parser needs a kilobyte for each value: of a file that is refused for their number it is not to make them all. */
function hasTooManyTokens(source: string): boolean {
  if (source.length < MAX_TOKENS) return false;
  let count = 0;
  for (const _token of new Lexer().lex(source)) if (++count > MAX_TOKENS) return true;
  return false;
}

/** The parser itself does not count the lines of a text that it gave up on. */
function linesOf(source: string): LineCounter {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) lines.addNewLine(at + 1);
  return lines;
}

/** What the engine of JavaScript says; the parser passes it on as a problem of the text. */
const STACK_IS_FULL = 'Maximum call stack size exceeded';
const TOO_DEEP = `nested deeper than ${MAX_DEPTH} levels`;
const MAX_KEY = 200;
/** A key as it is written, quoted or plain. */
const KEY = /^(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\s:,{}[\]]+)/;

class TooLarge extends Error {}

function firstLine(message: string): string {
  return message.split('\n', 1)[0] ?? 'YAML error';
}

/** Every token behind the first that fits nowhere is said to fit nowhere: the first one is the mistake. */
function saidOnce<T extends { readonly code: string; readonly message: string }>(errors: readonly T[]): readonly T[] {
  const isLost = ({ code, message }: T): boolean => code === 'UNEXPECTED_TOKEN' && message.includes('in YAML stream');
  const first = errors.find(isLost);
  return errors.filter((error) => error === first || !isLost(error)).slice(0, MAX_ERRORS);
}

/** What each alias stands for. */
type Targets = ReadonlyMap<Alias, YamlNode>;

/** The anchor of that name that stands last before it, in one walk: the library looks for each from the beginning. */
function targetsIn(document: Document.Parsed): Targets {
  const anchors = new Map<string, YamlNode>();
  const targets = new Map<Alias, YamlNode>();
  visit(document, {
    Alias: (_key, alias) => {
      const target = anchors.get(alias.source);
      if (target !== undefined) targets.set(alias, target);
    },
    Value: (_key, node) => {
      if (node.anchor !== undefined) anchors.set(node.anchor, node);
    },
  });
  return targets;
}

class TreeReader {
  private nodes = 0;
  private lastLine = 1;

  constructor(
    private readonly source: string,
    private readonly origin: Pick<SourcePosition, 'file' | 'usedAt'>,
    private readonly lines: LineCounter,
    private readonly problems: ProblemList,
  ) {}

  read(document: Document.Parsed): SourceNode[] {
    // A tag that nobody knows is only a warning to the parser, which then takes the text for something else.
    // Too deep for the parser, which then says more about brackets that it gave up on.
    const tooDeep = document.errors.find(({ message }) => message.startsWith(STACK_IS_FULL));
    if (tooDeep !== undefined) {
      this.report(tooDeep.pos[0], TOO_DEEP);
      return [];
    }
    for (const error of saidOnce([...document.errors, ...document.warnings])) {
      this.report(error.pos[0], firstLine(error.message));
    }
    if (document.errors.length + document.warnings.length > 0 || document.contents === null) return [];
    try {
      const targets = this.source.includes('*') ? targetsIn(document) : new Map<Alias, YamlNode>();
      const root = this.node(document.contents, '', targets, 0);
      const isNothing = root.kind === 'scalar' && root.value === null;
      return isNothing ? [] : [root];
    } catch (error) {
      if (!(error instanceof TooLarge)) throw error;
      return [];
    }
  }

  /** The second of two equal keys begins here. */
  private twice(offset: number): string {
    const key = KEY.exec(this.source.slice(offset, offset + MAX_KEY))?.[0];
    return key === undefined ? 'a key stands twice in one map' : `the key ${key} stands twice in one map`;
  }

  private report(offset: number, message: string, path = ''): void {
    this.problems.add({ severity: 'error', code: CODE_YAML, message, position: this.position(offset), path });
  }

  private position(offset: number): SourcePosition {
    const at = Math.max(0, Math.min(offset, this.source.length));
    const line = this.lineAt(at);
    const column = at - (this.lines.lineStarts[line - 1] ?? 0) + 1;
    const { file, usedAt } = this.origin;
    return usedAt === undefined ? { file, line, column } : { file, line, column, usedAt };
  }

  /** A text is read from its begin to its end: the line is most often that of the last answer, or the next one. */
  private lineAt(offset: number): number {
    const { lineStarts } = this.lines;
    const begins = (line: number): number => lineStarts[line - 1] ?? Infinity;
    for (let line = this.lastLine; line <= this.lastLine + 2; line++) {
      if (begins(line) <= offset && offset < begins(line + 1)) return (this.lastLine = line);
    }
    return (this.lastLine = Math.max(1, this.lines.linePos(offset).line));
  }

  private node(node: YamlNode | null, path: string, targets: Targets, depth: number, fallback = 0): SourceNode {
    const offset = node?.range?.[0] ?? fallback;
    if (++this.nodes > MAX_NODES || depth > MAX_DEPTH) {
      const what = depth > MAX_DEPTH ? TOO_DEEP : `more than ${MAX_NODES} values: aliases expand too far`;
      this.report(offset, what, path);
      throw new TooLarge();
    }
    if (node === null) return this.nothing(offset, path);
    if (isAlias(node)) return this.alias(node, path, targets, depth, offset);
    if (isMap(node) && this.source.startsWith('{{', offset)) {
      this.report(offset, 'a value that begins with a template has to be quoted: "{{ ... }}"', path);
      return this.nothing(offset, path);
    }
    if (isMap(node)) return this.map(node.items as readonly YamlPair[], offset, path, targets, depth);
    if (isSeq(node)) {
      const items = node.items.map((item, index) =>
        this.node(item as YamlNode | null, `${path}[${index}]`, targets, depth + 1, offset),
      );
      return { kind: 'list', position: this.position(offset), path, items } satisfies ListNode;
    }
    return isScalar(node) ? this.scalar(node, offset, path) : this.nothing(offset, path);
  }

  private alias(alias: Alias, path: string, targets: Targets, depth: number, offset: number): SourceNode {
    const target = targets.get(alias);
    if (target !== undefined) return this.node(target, path, targets, depth + 1, offset);
    this.report(offset, `no anchor &${alias.source} stands before the alias *${alias.source}`, path);
    return this.nothing(offset, path);
  }

  private map(items: readonly YamlPair[], offset: number, path: string, targets: Targets, depth: number): MapNode {
    const entries = new Map<string, MapEntry>();
    for (const item of items) {
      const keyOffset = item.key.range?.[0] ?? offset;
      if (isScalar(item.key) && item.key.value === '<<' && item.key.type === 'PLAIN') {
        this.report(keyOffset, 'merge keys (<<) are not part of YAML 1.2: write the fields out', path);
        continue;
      }
      if (!isScalar(item.key)) {
        this.report(keyOffset, 'a key must be a plain text', path);
        continue;
      }
      const key = typeof item.key.value === 'string' ? item.key.value : (item.key.source ?? String(item.key.value));
      const childPath = path === '' ? key : `${path}.${key}`;
      if (entries.has(key)) this.report(keyOffset, this.twice(keyOffset), path);
      const keyEnd = item.key.range?.[1] ?? offset;
      entries.set(key, {
        key,
        keyPosition: this.position(keyOffset),
        value: this.node(item.value, childPath, targets, depth + 1, keyEnd),
      });
    }
    return { kind: 'map', position: this.position(offset), path, entries };
  }

  private nothing(offset: number, path: string): ScalarNode {
    const position = this.position(offset);
    return { kind: 'scalar', position, path, value: null, text: '', style: 'plain', locate: () => position };
  }

  private scalar(node: Scalar, offset: number, path: string): ScalarNode {
    const { type } = node;
    const isPlain = type === 'PLAIN' || type === undefined;
    const text = node.value === null ? '' : typeof node.value === 'string' ? node.value : (node.source ?? '');
    const value = typeof node.value === 'bigint' ? plainInteger(node.value) : (node.value as ScalarNode['value']);
    const style = isPlain ? 'plain' : type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE' ? 'quoted' : 'block';
    let aligned: readonly number[] | undefined;
    const start = style === 'block' ? this.source.indexOf('\n', offset) + 1 : offset;
    // Not read from the node when it is needed: a closure over it would keep the tree of the parser.
    const end = node.range?.[1] ?? start;
    const locate = (at: number): SourcePosition => {
      const alignment =
        type === 'QUOTE_DOUBLE' ? 'double' : type === 'QUOTE_SINGLE' ? 'single' : isPlain ? 'plain' : 'block';
      aligned ??= alignScalar(this.source.slice(start, end), text, alignment);
      return this.position(start + (aligned[Math.min(at, aligned.length - 1)] ?? 0));
    };
    return { kind: 'scalar', position: this.position(offset), path, value, text, style, locate };
  }
}

interface YamlPair {
  readonly key: YamlNode;
  readonly value: YamlNode | null;
}

function plainInteger(value: bigint): number | bigint {
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
}
