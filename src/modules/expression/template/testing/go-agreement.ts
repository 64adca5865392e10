// Compares our engine with what real Go answered: the output byte for byte, or the same error at the same place.
import { ManualClock, type JsonObject, type SourcePosition } from '../../../common';
import { FunctionRegistry } from '../../note';
import { builtinLen, builtinNotes } from '../../note/language/builtin.notes';
import { comparisonNotes } from '../../note/language/comparison.notes';
import { compileTemplate } from '../compile';
import { TemplateExecutionError, TemplateSyntaxError } from '../template.errors';
import { type Value } from '../value';

/** An answer of the Go program of test/vectors/templates. */
export interface GoResult {
  readonly out?: string;
  readonly err?: 'parse' | 'exec';
  readonly msg?: string;
  readonly line?: number;
  /** Bytes from 0; only of errors of the execution. */
  readonly col?: number;
}

/** What text/template brings itself: our notes are no part of the comparison. */
const goFunctions = new FunctionRegistry([...builtinNotes, builtinLen, ...comparisonNotes]);
const context = { clock: new ManualClock(), random: { next: () => 0.5 } };

/** Data from JSON, with the forms for what JSON can't hold: `{"$int": "9007199254740993"}`, `{"$float": "NaN"}`. */
export function goData(value: unknown): Value {
  if (Array.isArray(value)) return value.map(goData);
  if (typeof value !== 'object' || value === null) return value as Value;
  const { $int: integer, $float: float } = value as Record<string, unknown>;
  if (typeof integer === 'string') return BigInt(integer);
  if (typeof float === 'string') return Number(float.replace('Inf', 'Infinity'));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, goData(item)]));
}

/** What our engine answers. */
export function answer(text: string, data: Value): GoResult {
  const locate = (offset: number): SourcePosition => {
    const before = text.slice(0, offset).split('\n');
    return { file: 'f', line: before.length, column: Buffer.byteLength(before.at(-1) ?? '') + 1 };
  };
  try {
    return { out: compileTemplate(text, { functions: goFunctions, locate }).execute(data as JsonObject, context) };
  } catch (error) {
    const isSyntax = error instanceof TemplateSyntaxError;
    if (!isSyntax && !(error instanceof TemplateExecutionError)) throw error;
    const { line = 0, column = 0 } = error.position ?? {};
    return { err: isSyntax ? 'parse' : 'exec', msg: error.reason, line, col: column - 1 };
  }
}

/**
 * A slip of Go: `slice` does not look into an index that comes straight from the data, so `slice .s 0 .n` fails there.
 * Ours takes it.
 */
const INDEX_FROM_DATA = 'cannot index slice/array with type interface {}';

/** Our budgets for steps and text end what Go goes on with. */
const BUDGET = /^(stopped after \d+ steps|(error calling \w+: )?(output|result) is larger than \d+ characters)/;

/** Undefined when both agree. */
export function disagreement(text: string, expected: GoResult, actual: GoResult): string | undefined {
  const isSame =
    expected.msg?.includes(INDEX_FROM_DATA) === true ||
    BUDGET.test(actual.msg ?? '') ||
    (expected.err === undefined
      ? actual.err === undefined && actual.out === (expected.out ?? '')
      : actual.err === expected.err &&
        actual.line === expected.line &&
        (expected.err === 'parse' || actual.col === (expected.col ?? 0)) &&
        comparable(actual.msg ?? '').startsWith(comparable(expected.msg ?? '')));
  return isSame
    ? undefined
    : `${JSON.stringify(text)}\n  go:   ${JSON.stringify(expected)}\n  ours: ${JSON.stringify(actual)}`;
}

/** The kind of an error: without the types and values that Go prints from its own inside. */
function comparable(message: string): string {
  return message
    .replace(/^(function \S+) is not defined/, '$1 not defined')
    .replace('reflect: call of reflect.Value.Type on zero Value', 'len of nil pointer')
    .replace(/ in type .*$/s, ' in type')
    .replace(/(non-comparable types?) .*$/s, '$1')
    .replace(/(non-function)\b.*$/s, '$1')
    .replace(/(maximum template depth) .*$/s, '$1')
    .replace(/ (in action )?started at f:.*$/s, '');
}
