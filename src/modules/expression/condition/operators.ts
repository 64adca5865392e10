// Comparisons of a field's text with an expected text (docs/guide/conditions-and-templates.md).
import { patternOf } from '../../schema';

/** `v` is the text of the field ("" when missing), `e` the expected text. */
export type Comparison = (v: string, e: string) => boolean;

/** A leading number, as the language reads them: `10Gi` is 10; undefined when there is none. */
export function leadingNumber(text: string): number | undefined {
  const match = /^\s*[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?/.exec(text);
  return match === null ? undefined : Number(match[0]);
}

function numeric(test: (v: number, e: number) => boolean): Comparison {
  return (v, e) => {
    const expected = leadingNumber(e);
    return expected !== undefined && test(leadingNumber(v) ?? 0, expected);
  };
}

function inRange(v: string, e: string): boolean | undefined {
  const [low, high, ...more] = e.split(',').map((part) => leadingNumber(part));
  const value = v === '' ? 0 : leadingNumber(v);
  if (low === undefined || high === undefined || more.length > 0 || value === undefined) return undefined;
  return value >= low && value <= high;
}

function inList(v: string, e: string): boolean {
  return e.split(',').some((item) => item.trim() === v);
}

/** Present means: not empty and not the mark of a missing value; `0` and `false` are present. */
export function isPresent(v: string): boolean {
  return v !== '' && v !== '<no value>';
}

export interface Operator {
  readonly compare: Comparison;
  /** In explanations: `needs >= 5`. */
  readonly words: string;
  /** What is wrong with an expected text that is no template: such a condition could never hold. */
  readonly check?: (e: string) => string | undefined;
}

const number = (e: string): string | undefined =>
  leadingNumber(e) === undefined ? `expected a number, found "${e}"` : undefined;
const range = (e: string): string | undefined => {
  const [low, high, ...more] = e.split(',').map((part) => leadingNumber(part));
  if (low === undefined || high === undefined || more.length > 0) return `expected two numbers like 1,10, found "${e}"`;
  return low > high ? `the range ${e} is empty: the lower end comes first` : undefined;
};
const pattern = (e: string): string | undefined =>
  patternOf(e) === undefined ? `"${e}" is not an RE2 pattern` : undefined;

const gte: Operator = { compare: numeric((v, e) => v >= e), words: '>=', check: number };
const lte: Operator = { compare: numeric((v, e) => v <= e), words: '<=', check: number };
const gt: Operator = { compare: numeric((v, e) => v > e), words: '>', check: number };
const lt: Operator = { compare: numeric((v, e) => v < e), words: '<', check: number };

/** By the name that stands in `operator:` or as a shorthand key. */
export const OPERATORS: Readonly<Record<string, Operator>> = {
  equals: { compare: (v, e) => v === e, words: '' },
  notEquals: { compare: (v, e) => v !== e, words: 'anything but' },
  prefix: { compare: (v, e) => v.startsWith(e), words: 'to start with' },
  notPrefix: { compare: (v, e) => !v.startsWith(e), words: 'not to start with' },
  suffix: { compare: (v, e) => v.endsWith(e), words: 'to end with' },
  notSuffix: { compare: (v, e) => !v.endsWith(e), words: 'not to end with' },
  contains: { compare: (v, e) => v.includes(e), words: 'to contain' },
  notContains: { compare: (v, e) => !v.includes(e), words: 'not to contain' },
  regex: { compare: (v, e) => patternOf(e)?.matcher(v).find() ?? false, words: 'to match', check: pattern },
  gt,
  greaterThan: gt,
  lt,
  lessThan: lt,
  gte,
  greaterThanOrEqual: gte,
  min: gte,
  lte,
  lessThanOrEqual: lte,
  max: lte,
  between: { compare: (v, e) => inRange(v, e) === true, words: 'to be within', check: range },
  notBetween: { compare: (v, e) => inRange(v, e) === false, words: 'to be outside', check: range },
  in: { compare: inList, words: 'one of' },
  notIn: { compare: (v, e) => !inList(v, e), words: 'none of' },
  exists: { compare: isPresent, words: 'to be set' },
  notExists: { compare: (v) => !isPresent(v), words: 'not to be set' },
};

/** Operators that look at the type of the value, not at its text. */
export const TYPE_OPERATORS: Readonly<Record<string, string | undefined>> = {
  typeOf: undefined,
  typeMap: 'map',
  typeList: 'slice',
  typeString: 'string',
  typeNumber: 'number',
  typeBool: 'bool',
  typeNull: 'null',
};

/** Looks at the other resources of the kind, not at a value that is written beside it. */
export const UNIQUE = 'unique';
