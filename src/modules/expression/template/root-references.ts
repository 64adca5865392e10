// Where a template names a key of its data by hand: `.inputs.size`, `$.inputs.size`, and what stands between the
// references. For those who put values into a template before it is compiled; a template with mistakes is read as far as
// it goes, its mistakes are told by its compile.
import { type Token, tokenize } from './lexer';

/** A place in a template that names a root key. */
export interface RootReference {
  /** The step below the root key; undefined when there is none: `.inputs` alone. */
  readonly key: string | undefined;
  readonly start: number;
  readonly end: number;
  /** The braces around it, when it is all that stands in them and they take no white space away. */
  readonly action: { readonly start: number; readonly end: number } | undefined;
}

/**
 * Every reference to a root key, in order; by place, not by meaning: inside of `range` and `with` a reference counts
 * too, where the dot is another. A word without a dot in front (`inputs.size`) counts as well.
 */
export function rootReferences(source: string, root: string): readonly RootReference[] {
  const tokens = tokenize(source);
  return tokens.flatMap((token, index) => {
    const start = startOf(tokens, index, root);
    if (start === undefined) return [];
    const end = endOf(token);
    const below = tokens[index + 1];
    const hasKey = below?.type === 'field' && below.offset === end;
    const last = hasKey ? endOf(below) : end;
    const action = actionAround(source, tokens, { from: index, to: hasKey ? index + 1 : index, start, end: last });
    return [{ key: hasKey ? below.text : undefined, start, end: last, action }];
  });
}

/** Where the reference at a token begins; undefined when the token is none. */
function startOf(tokens: readonly Token[], index: number, root: string): number | undefined {
  const token = tokens[index];
  const before = tokens[index - 1];
  if (token === undefined || token.text !== root) return undefined;
  if (token.type === 'identifier') {
    const next = tokens[index + 1];
    return next?.type === 'field' && next.offset === endOf(token) ? token.offset : undefined;
  }
  if (token.type !== 'field') return undefined;
  if (before?.type === 'variable' && endOf(before) === token.offset) {
    return before.text === '$' ? before.offset : undefined;
  }
  const isBelow = before?.type === 'field' || before?.type === 'identifier' || before?.type === 'rparen';
  return isBelow && endOf(before) === token.offset ? undefined : token.offset;
}

interface Span {
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly end: number;
}

function actionAround(source: string, tokens: readonly Token[], span: Span): RootReference['action'] {
  const open = tokens.slice(0, span.from).findLast(({ type }) => type !== 'space' && type !== 'variable');
  const close = tokens.slice(span.to + 1).find(({ type }) => type !== 'space');
  if (open?.type !== 'open' || close?.type !== 'close') return undefined;
  const isAlone =
    source.slice(open.offset + 2, span.start).trim() === '' && source.slice(span.end, close.offset).trim() === '';
  return isAlone ? { start: open.offset, end: close.offset + 2 } : undefined;
}

/** Of a field the dot is no part of its text. */
function endOf({ type, offset, text }: Token): number {
  return offset + text.length + (type === 'field' ? 1 : 0);
}

/** A part of a template: what is printed as it is, or what stands between braces. */
export type TemplatePart =
  | { readonly text: string }
  /** `isValue`: a pipeline that is printed; else a branch, a loop, a definition, an assignment or a mistake. */
  | { readonly action: string; readonly isValue: boolean };

/** The parts of a template, in order; comments and what trim markers take away are gone. */
export function templateParts(source: string): readonly TemplatePart[] {
  const parts: TemplatePart[] = [];
  let inside: Token[] | undefined;
  for (const token of tokenize(source)) {
    if (token.type === 'open') inside = [];
    else if (inside === undefined) {
      if (token.type === 'text') parts.push({ text: token.text });
    } else if (token.type === 'close' || token.type === 'end') {
      parts.push(actionOf(source, inside, token));
      inside = undefined;
    } else inside.push(token);
  }
  return parts;
}

const NO_VALUE: ReadonlySet<string> = new Set(['keyword', 'declare', 'assign', 'error']);

function actionOf(source: string, tokens: readonly Token[], close: Token): TemplatePart {
  const words = tokens.filter(({ type }) => type !== 'space');
  const [first] = words;
  const start = first?.offset ?? close.offset;
  const action = source.slice(start, close.offset).replace(/\s-$/, '').trim();
  const isValue = close.type === 'close' && first !== undefined && !words.some(({ type }) => NO_VALUE.has(type));
  return { action, isValue };
}
