// What can be said of a call before there is data: the arguments against the signature, and the rules of the functions
// of Go that no signature holds (comparisons, index, slice).
import { didYouMean } from '../../common';
import { type NoteSpec, type ParameterType } from '../note/registry';
import { parseFloat64 } from '../note/values/numbers';
import { type Argument, article, found } from './argument';
import { type Findings, TYPE_CODE, type TypeFinding } from './finding';
import { checkPrintf } from './printf-rules';
import { indexOf, mayBe } from './steps';
import { kindWords, membersOf, type Simple, type Type } from './type';

const ACCEPTED: Readonly<Record<Exclude<ParameterType, 'any'>, readonly Simple['kind'][]>> = {
  string: ['string'],
  bool: ['bool'],
  int: ['int', 'float'],
  number: ['int', 'float', 'bool', 'string'],
  list: ['list'],
  map: ['map', 'object'],
};

/** Checks a call with the right number of arguments. */
export function checkCall(spec: NoteSpec, args: readonly Argument[], findings: Findings): void {
  args.forEach((argument, at) => {
    const parameter = spec.params[Math.min(at, spec.params.length - 1)] ?? 'any';
    if (parameter === 'any' || fits(argument, parameter)) return;
    const name = spec.card?.names[Math.min(at, spec.params.length - 1)];
    const place = name === undefined ? '' : ` as "${name}"`;
    kindProblem(argument, `${spec.name} takes ${article(parameter)}${place}, found ${found(argument)}`, findings);
  });
  if (spec.domain === 'comparison') checkComparison(spec.name, args, findings);
  else if (spec.domain === 'builtin') BUILTIN.get(spec.name)?.(args, findings);
}

/** Functions read a number themselves, so the compile has not checked its literals; all others it has. */
function fits({ type, isLiteral }: Argument, parameter: Exclude<ParameterType, 'any'>): boolean {
  if (parameter !== 'number') return isLiteral || mayBe(type, ...ACCEPTED[parameter]);
  if (isLiteral && type.kind === 'nil') return false;
  const texts = type.kind === 'string' ? type.values : undefined;
  return texts === undefined ? mayBe(type, ...ACCEPTED.number) : texts.some((text) => parseFloat64(text) !== undefined);
}

type Check = (args: readonly Argument[], findings: Findings) => void;

const BUILTIN: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['index', checkIndex],
  ['slice', checkSlice],
  ['call', checkCalled],
  ['printf', checkPrintf],
]);

function checkCalled([callee]: readonly Argument[], findings: Findings): void {
  if (callee === undefined) return;
  kindProblem(callee, `call needs a function, and data holds none: found ${found(callee)}`, findings);
}

function kindProblem({ offset }: Argument, message: string, findings: Findings): void {
  findings.add({ code: TYPE_CODE.kind, severity: 'error', message, offset });
}

function checkComparison(name: string, [first, ...others]: readonly Argument[], findings: Findings): void {
  if (first === undefined) return;
  if (others.length === 0) {
    comparisonProblem(`${name} compares two values or more, found one (${first.words})`, first, findings);
  }
  const isOrder = name !== 'eq' && name !== 'ne';
  const args = [first, ...others];
  const unordered = isOrder ? args.find(({ type }) => type.kind === 'nil' || !mayBe(type, ...ORDERED)) : undefined;
  if (unordered !== undefined) {
    return comparisonProblem(`${name} cannot order ${found(unordered)}`, unordered, findings);
  }
  others.forEach((other, at) => {
    if (canCompare(first.type, other.type)) {
      if (!isOrder) checkEnum(name, first, other, findings);
      return;
    }
    const composite = [first, other].find(({ type }) => !mayBe(type, ...ORDERED, 'bool'));
    const message =
      composite === undefined
        ? `${name} cannot compare ${found(first)} with ${found(other)}: they are of different kinds`
        : `${name} cannot compare ${found(composite)}`;
    const place = composite ?? (other.isLiteral ? first : other);
    // Once one is equal, the rest is not looked at.
    comparisonProblem(message, place, findings, at === 0 ? 'error' : 'warning');
  });
}

const ORDERED: readonly Simple['kind'][] = ['string', 'int', 'float'];

function comparisonProblem(
  message: string,
  { offset }: Argument,
  findings: Findings,
  severity: TypeFinding['severity'] = 'error',
): void {
  findings.add({ code: TYPE_CODE.comparison, severity, message, offset });
}

/** Whether both may be of one kind; lists and maps have none that compares. Anything compares with nil. */
function canCompare(a: Type, b: Type): boolean {
  const left = membersOf(a);
  const right = membersOf(b);
  if (left === undefined || right === undefined || left.length === 0 || right.length === 0) return true;
  return left.some(({ kind }) => [...ORDERED, 'bool'].includes(kind) && right.some((other) => other.kind === kind));
}

/** A text that the schema does not know among the values of a field. */
function checkEnum(name: string, a: Argument, b: Argument, findings: Findings): void {
  const left = valuesOf(a.type);
  const right = valuesOf(b.type);
  if (left === undefined || right === undefined || left.some((value) => right.includes(value))) return;
  const [literal, field] = a.text === undefined ? [b, a] : [a, b];
  if (literal.text === undefined || literal.text === '' || field.text !== undefined) return;
  const values = field === a ? left : right;
  const always = name === 'eq' ? 'never' : 'always';
  const message = `${field.words} is never ${literal.words}${didYouMean(literal.text, values)}, so ${name} is ${always} true; it is one of ${values.join(', ')}`;
  findings.add({ code: TYPE_CODE.comparison, severity: 'warning', message, offset: literal.offset });
}

function valuesOf(type: Type): readonly string[] | undefined {
  return type.kind === 'string' ? type.values : undefined;
}

function checkIndex([base, ...keys]: readonly Argument[], findings: Findings): void {
  if (base === undefined) return;
  let { type, words } = base;
  for (const key of keys) {
    const step = indexOf(type, key.type, key.text);
    if ('problem' in step) {
      if (step.problem === 'unknown field') {
        return unknownField(step.object, key.text ?? '', words, key.offset, findings);
      }
      const what = mayBe(type, 'list', 'string', 'map', 'object')
        ? `index takes ${mayBe(type, 'list', 'string') ? 'an int' : 'a string'} as key of ${words}, found ${found(key)}`
        : `${words} is ${article(kindWords(type))}: it has no items`;
      return kindProblem(key, what, findings);
    }
    type = step;
    words = `index ${words} ${key.words}`;
  }
}

function checkSlice([base, ...bounds]: readonly Argument[], findings: Findings): void {
  if (base === undefined) return;
  if (!mayBe(base.type, 'string', 'list')) {
    kindProblem(base, `slice takes a string or a list, found ${found(base)}`, findings);
  }
  for (const bound of bounds) {
    if (!mayBe(bound.type, 'int')) kindProblem(bound, `slice takes an int as bound, found ${found(bound)}`, findings);
  }
}

const MAX_NAMES = 20;

/** A field that an object does not have: the nearest name, or all of them. */
export function unknownField(
  { fields, extent }: Extract<Type, { readonly kind: 'object' }>,
  name: string,
  words: string,
  offset: number,
  findings: Findings,
): void {
  const names = [...fields.keys()].sort();
  const near = didYouMean(name, names);
  const listed = names.length > MAX_NAMES ? `${names.slice(0, MAX_NAMES).join(', ')}, ...` : names.join(', ');
  const hint = near !== '' ? near : names.length === 0 ? '; it has no fields' : `; it has ${listed}`;
  const message = `unknown field "${name}" in ${words}${hint}`;
  findings.add({ code: TYPE_CODE.field, severity: extent === 'recorded' ? 'warning' : 'error', message, offset });
}

/** A field of what has no fields. */
export function noField(type: Type, name: string, words: string, offset: number, findings: Findings): void {
  const message = `${words} is ${article(kindWords(type))}: it has no field "${name}"`;
  findings.add({ code: TYPE_CODE.kind, severity: 'error', message, offset });
}
