// What a function gives, by what it is given. The signature says it for most; for functions that pass a value on, or
// take a part of one, there is a rule here.
import { type NoteSpec, type ResultType } from '../note/registry';
import { fieldOf, indexOf, mayBe, type Step } from './steps';
import { BOOL, INT, listOf, mapOf, membersOf, NUMBER, TEXT, truthOf, type Type, UNKNOWN, unionOf } from './type';

/** An argument: its type, and its text when it is a literal in the template. */
export interface TypedArgument {
  readonly type: Type;
  readonly text?: string;
}

type Rule = (args: readonly TypedArgument[]) => Type;

const BY_SIGNATURE: Readonly<Record<ResultType, Type>> = {
  any: UNKNOWN,
  string: TEXT,
  bool: BOOL,
  int: INT,
  float: NUMBER,
  number: NUMBER,
  list: listOf(UNKNOWN),
  map: mapOf(UNKNOWN),
};

/** The type of the result of a call whose arguments passed the check of the signature. */
export function resultType(spec: NoteSpec, args: readonly TypedArgument[]): Type {
  const rule = RULES.get(`${spec.domain}.${spec.name}`);
  return rule === undefined ? BY_SIGNATURE[spec.result] : rule(args);
}

const typesOf = (args: readonly TypedArgument[]): readonly Type[] => args.map(({ type }) => type);
const oneOf: Rule = (args) => unionOf(typesOf(args));
const not: Rule = ([value]) => {
  const truth = truthOf(value?.type ?? UNKNOWN);
  return truth === undefined ? BOOL : { ...BOOL, truth: !truth };
};
const texts: Rule = () => listOf(TEXT);

/** A key that a map does not have gives nil here, and is no mistake: these functions are made for it. */
function partOf(step: Step): Type {
  return 'problem' in step ? UNKNOWN : step;
}

function path(...names: readonly string[]): Rule {
  return ([object]) => names.reduce((type, name) => partOf(fieldOf(type, name)), object?.type ?? UNKNOWN);
}

/** A map in any case: the part, or an empty one. */
function mapPart(...names: readonly string[]): Rule {
  return (args) => {
    const part = path(...names)(args);
    return membersOf(part)?.every(({ kind }) => kind === 'object' || kind === 'map') === true ? part : mapOf(UNKNOWN);
  };
}

const get: Rule = ([object, ...keys]) =>
  keys.reduce(
    (type, { text }) => (text === undefined ? UNKNOWN : partOf(fieldOf(type, text))),
    object?.type ?? UNKNOWN,
  );

const index: Rule = ([base, ...keys]) =>
  keys.reduce((type, key) => partOf(indexOf(type, key.type, key.text)), base?.type ?? UNKNOWN);

function itemOf([list]: readonly TypedArgument[]): Type {
  const members = membersOf(list?.type ?? UNKNOWN);
  if (members === undefined) return UNKNOWN;
  return unionOf(members.map((member) => (member.kind === 'list' ? member.item : UNKNOWN)));
}

/** A part of a text or a list is one again, of just the length that literal bounds say. */
const slice: Rule = ([base, from, to]) => {
  const type = base?.type ?? UNKNOWN;
  const [start, end] = [from, to].map((bound) => (bound?.type.kind === 'int' ? bound.type.value : undefined));
  if (!mayBe(type, 'list')) return start === undefined || end === undefined ? TEXT : { ...TEXT, truth: end > start };
  return membersOf(type)?.every(({ kind }) => kind === 'list') === true ? type : UNKNOWN;
};

const RULES: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['builtin.not', not],
  ['builtin.index', index],
  ['builtin.slice', slice],
  ['conditional.default', oneOf],
  ['conditional.coalesce', oneOf],
  ['conditional.ternary', (args) => oneOf(args.slice(1))],
  ['conditional.boolTernary', (args) => oneOf(args.slice(1))],
  ['conditional.eqTernary', (args) => oneOf(args.slice(2))],
  ['safeaccess.getOr', oneOf],
  ['collections.listGet', itemOf],
  ['collections.mapGet', get],
  ['collections.mapKeys', texts],
  ['strings.split', texts],
  ['types.toList', texts],
  ['kubernetes.get', get],
  ['kubernetes.meta', mapPart('metadata')],
  ['kubernetes.labels', mapPart('metadata', 'labels')],
  ['kubernetes.annotations', mapPart('metadata', 'annotations')],
  ['kubernetes.spec', mapPart('spec')],
  ['kubernetes.status', mapPart('status')],
]);
