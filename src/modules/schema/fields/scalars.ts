// Scalar field types. A string-typed field takes the source text of any plain scalar (`port: 8080` is "8080"), as the
// language says; null leaves a field unset.
import {
  formatDuration,
  isDnsLabel,
  parseDuration,
  parseExtendedDuration,
  type ScalarNode,
  type SourceNode,
  type SourceText,
  didYouMean,
} from '../../common';
import { describeNode } from './describe-node';
import { type DecodeContext, type Field, type ScalarShape } from './field.types';

/** Codes of decode problems: docs/reference/problems.md. */
export const CODE_WRONG_TYPE = 'ORK1102';
export const CODE_BAD_VALUE = 'ORK1103';

/** An error at a node. */
export function reportAt(node: SourceNode, code: string, message: string, context: DecodeContext): void {
  context.problems.add({ severity: 'error', code, message, position: node.position, path: node.path });
}

/** The scalar, or undefined with a problem when the node is a map or list. */
function scalarOf(node: SourceNode, typeName: string, context: DecodeContext): ScalarNode | undefined {
  if (node.kind === 'scalar') return node;
  reportAt(node, CODE_WRONG_TYPE, `expected ${typeName}, found ${describeNode(node)}`, context);
  return undefined;
}

/** A field of scalars: `read` sees every one but null, which leaves a field unset. */
export function scalarField<T>(
  typeName: string,
  shape: ScalarShape,
  read: (node: ScalarNode, context: DecodeContext) => T | undefined,
): Field<T> {
  return {
    typeName,
    shape,
    decode(node, context) {
      const scalar = scalarOf(node, typeName, context);
      return scalar === undefined || scalar.value === null ? undefined : read(scalar, context);
    },
  };
}

const TEXT = { kind: 'scalar', accepts: 'text' } as const;
/** Text without a template. */
/** No template anywhere. */
export const NO_TEMPLATE = '^(?!.*\\{\\{)';
const LITERAL = { ...TEXT, isForm: true, pattern: NO_TEMPLATE } as const;
const DURATION = { ...TEXT, isForm: true, pattern: '^[-+]?[0-9.]+[0-9.a-zµμ]*$' } as const;

/** Text that may hold a template; keeps its node so that template errors point into the file. */
export const text: Field<SourceText> = scalarField('string', { ...TEXT, template: true }, (node) => ({
  text: node.text,
  node,
}));

/** Text that must not be a template. */
export const literal: Field<SourceText> = scalarField('string without template', LITERAL, (node, context) => {
  if (!node.text.includes('{{')) return { text: node.text, node };
  reportAt(node, CODE_BAD_VALUE, `templates are not allowed here, found "${node.text}"`, context);
  return undefined;
});

/** `true` or `false`, also quoted. */
export const bool: Field<boolean> = scalarField('boolean', { kind: 'scalar', accepts: 'boolean' }, (node, context) => {
  if (typeof node.value === 'boolean') return node.value;
  if (node.text === 'true' || node.text === 'false') return node.text === 'true';
  reportAt(node, CODE_WRONG_TYPE, `expected true or false, found ${describeNode(node)}`, context);
  return undefined;
});

/** Whole number within bounds (inclusive). */
export function integer(minimum: number, maximum: number = Number.MAX_SAFE_INTEGER): Field<number> {
  const upper = maximum === Number.MAX_SAFE_INTEGER ? '' : ` to ${maximum}`;
  const typeName = `integer ${minimum}${upper === '' ? ' or more' : upper}`;
  return scalarField(typeName, { kind: 'scalar', accepts: 'integer', minimum, maximum }, (node, context) => {
    const value = /^[+-]?[0-9]+$/.test(node.text) ? Number(node.text) : Number.NaN;
    if (value >= minimum && value <= maximum) return value;
    const code = Number.isNaN(value) ? CODE_WRONG_TYPE : CODE_BAD_VALUE;
    reportAt(node, code, `expected ${typeName}, found ${describeNode(node)}`, context);
    return undefined;
  });
}

/** Duration in milliseconds, Go grammar (`1h30m`). */
export const duration: Field<number> = durationField('duration (units ns us ms s m h)', parseDuration);
/** Duration in milliseconds, with d, w, mo, y. */
export const extendedDuration: Field<number> = durationField(
  'duration (units ms s m h d w mo y)',
  parseExtendedDuration,
);

/** Duration in milliseconds within bounds (inclusive), Go grammar. */
export function durationBetween(minimumMs: number, maximumMs: number): Field<number> {
  return within(duration, minimumMs, maximumMs);
}

/** As durationBetween, with d, w, mo, y. */
export function extendedDurationBetween(minimumMs: number, maximumMs: number): Field<number> {
  return within(extendedDuration, minimumMs, maximumMs);
}

function within(grammar: Field<number>, minimumMs: number, maximumMs: number): Field<number> {
  const bounds = `${formatDuration(minimumMs)} to ${formatDuration(maximumMs)}`;
  return scalarField(grammar.typeName, DURATION, (node, context) => {
    const ms = grammar.decode(node, context);
    if (ms === undefined || (ms >= minimumMs && ms <= maximumMs)) return ms;
    reportAt(node, CODE_BAD_VALUE, `expected a duration from ${bounds}, found "${node.text}"`, context);
    return undefined;
  });
}

function durationField(typeName: string, parse: (text: string) => number | undefined): Field<number> {
  return scalarField(typeName, DURATION, (node, context) => {
    const ms = parse(node.text);
    if (ms !== undefined) return ms;
    reportAt(node, CODE_BAD_VALUE, `expected ${typeName}, found "${node.text}"`, context);
    return undefined;
  });
}

/** One of a closed set of words. */
export function oneOf<const W extends string>(words: readonly W[]): Field<W> {
  return wordField(words, false);
}

/** One of a closed set of lower-case words, written in any case. */
export function oneOfIgnoringCase<const W extends string>(words: readonly W[]): Field<W> {
  return wordField(words, true);
}

function wordField<const W extends string>(words: readonly W[], ignoresCase: boolean): Field<W> {
  const known = words.filter((word) => word !== '').join(', ');
  return scalarField(`one of ${known}`, { kind: 'scalar', accepts: 'words', words, ignoresCase }, (node, context) => {
    const written = ignoresCase ? node.text.toLowerCase() : node.text;
    const word = words.find((candidate) => candidate === written);
    if (word !== undefined) return word;
    const message = `expected one of ${known}, found "${node.text}"${didYouMean(node.text, words)}`;
    reportAt(node, CODE_BAD_VALUE, message, context);
    return undefined;
  });
}

/** RFC 1123 label. */
export const dnsLabel: Field<SourceText> = scalarField(
  'DNS label',
  { ...TEXT, isForm: true, pattern: '^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$' },
  (node, context) => {
    if (isDnsLabel(node.text)) return { text: node.text, node };
    const message = `expected a DNS label (lower-case letters, digits, "-", at most 63), found "${node.text}"`;
    reportAt(node, CODE_BAD_VALUE, message, context);
    return undefined;
  },
);
