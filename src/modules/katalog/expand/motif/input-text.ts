// Values into the text of a template: `.inputs.size` goes, and what comes in its place means the same to the template.
import { goQuote } from '../../../common';
import { compileTemplate, type EvaluationContext, rootReferences, templateParts } from '../../../expression';
import { type Binding, type Bindings } from './bindings';

export const ROOT = 'inputs';

/** A text after its inputs have values. */
export interface FilledText {
  readonly text: string;
  /** The text was one reference and nothing else: its value may be more than a text. */
  readonly sole: Binding | undefined;
  /** Where a character of the new text stood in the old one. */
  readonly origin: (offset: number) => number;
}

/** What is wrong at an offset of the old text. */
export type ReportAt = (offset: number, message: string) => void;

/** Undefined when the text names no input. `unknown`: says what is wrong with a name. */
export function fillText(
  source: string,
  bindings: Bindings,
  unknown: (name: string) => string,
  report: ReportAt,
): FilledText | undefined {
  const references = source.includes('{{') ? rootReferences(source, ROOT) : [];
  if (references.length === 0) return undefined;
  const pieces: Piece[] = [];
  let at = 0;
  for (const { key, start, end, action } of references) {
    const binding = key === undefined ? undefined : bindings.get(key);
    if (binding === undefined) {
      report(start, key === undefined ? 'an input is taken by its name: .inputs.<name>' : unknown(key));
      continue;
    }
    if (action?.start === 0 && action.end === source.length) {
      return { text: binding.text, sole: binding, origin: () => 0 };
    }
    const text = action === undefined ? operand(binding) : binding.text;
    if (text === undefined) {
      report(start, 'a value with branches or loops can only stand in braces of its own');
      continue;
    }
    const span = action ?? { start, end };
    pieces.push({ text: source.slice(at, span.start), from: at, isNew: false });
    pieces.push({ text, from: span.start, isNew: true });
    at = span.end;
  }
  pieces.push({ text: source.slice(at), from: at, isNew: false });
  const filled = pieces.map(({ text }) => text).join('');
  const constant = constantText(filled);
  return constant === undefined
    ? { text: filled, sole: undefined, origin: originIn(pieces) }
    : { text: constant, sole: undefined, origin: () => 0 };
}

interface Piece {
  readonly text: string;
  readonly from: number;
  readonly isNew: boolean;
}

function originIn(pieces: readonly Piece[]): (offset: number) => number {
  return (offset) => {
    let start = 0;
    for (const { text, from, isNew } of pieces) {
      if (offset < start + text.length) return isNew ? from : from + offset - start;
      start += text.length;
    }
    return pieces.at(-1)?.from ?? 0;
  };
}

/** A value as an operand of a pipeline; undefined for one that is none. */
function operand({ type, text }: Binding): string | undefined {
  if (!text.includes('{{')) return type === 'string' || text === '' ? goQuote(text) : text;
  const parts = templateParts(text);
  const pipelines = parts.flatMap((part) => ('action' in part ? [part] : []));
  if (!pipelines.every(({ isValue }) => isValue)) return undefined;
  const [first] = pipelines;
  if (parts.length === 1 && first !== undefined) return `(${first.action})`;
  const format = parts.map((part) => ('text' in part ? part.text.replaceAll('%', '%%') : '%v')).join('');
  return `(printf ${[goQuote(format), ...pipelines.map(({ action }) => `(${action})`)].join(' ')})`;
}

/** For what depends on nothing. */
export const NO_CONTEXT: EvaluationContext = {
  clock: { now: () => 0, monotonicMs: () => 0 },
  random: { next: () => 0 },
};

/** What a template gives whatever the data are; undefined when that depends on them, or fails. */
export function constantText(source: string): string | undefined {
  if (!source.includes('{{')) return source;
  try {
    const template = compileTemplate(source);
    if (template.purity !== 'pure' || template.reads.length > 0 || template.defects.length > 0) return undefined;
    return template.resolve({}, NO_CONTEXT);
  } catch {
    // A note of the Katalog, or a mistake: told where the template is compiled with everything that it may call.
    return undefined;
  }
}

/** A text that a template prints: it stays what it is where a plain text would be a path. */
export function asTemplate(text: string): string {
  return `{{ ${goQuote(text)} }}`;
}
