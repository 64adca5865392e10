// What a value of the template language may be, as far as it is known before there is data. Every type includes nil: a
// field of the data may be missing, and Go lets a template go on with it. So a type says "this, or nothing"; what is not
// known is `unknown`, and nothing is ever said about it.

/** What is known of a value. */
export type Type =
  | { readonly kind: 'unknown' }
  /** Nothing at all: the literal `nil`, an item of an empty list. */
  | { readonly kind: 'nil' }
  | ScalarType
  | TextType
  | ListType
  | MapType
  | ObjectType
  | UnionType;

interface Known {
  /** What it counts as in a condition, when that is certain; then it is not nil. A literal is so. */
  readonly truth?: boolean | undefined;
}

/** A boolean or a number. */
export interface ScalarType extends Known {
  readonly kind: 'bool' | 'int' | 'float';
  /** Of an int that is known: a literal. */
  readonly value?: number;
  /** Between which numbers it is (inclusive), as the schema of a custom resource says. */
  readonly bounds?: { readonly minimum?: number; readonly maximum?: number };
}

/** A text. */
export interface TextType extends Known {
  readonly kind: 'string';
  /** It is one of these: a literal, an `enum` of a schema. */
  readonly values?: readonly string[];
  /** The name of an object, or an identifier that a server makes: a text that nobody takes for a number or a boolean. */
  readonly isName?: boolean;
  /** A field of a custom resource whose schema asks for no form: neither `pattern`, nor `format`, nor `enum`. */
  readonly isFree?: boolean;
}

/** A list of values of one type. */
export interface ListType extends Known {
  readonly kind: 'list';
  readonly item: Type;
}

/** A map with free keys. */
export interface MapType extends Known {
  readonly kind: 'map';
  readonly value: Type;
}

/** A map with known keys. */
export interface ObjectType extends Known {
  readonly kind: 'object';
  /** May be filled when it is asked for: schemas hold themselves. */
  readonly fields: Fields;
  /**
   * Whether other keys may be there: any (`open`), none, because a server drops them (`closed`), or none as far as is
   * known (`recorded`: the tables of one version of Kubernetes, and a cluster may run a newer one).
   */
  readonly extent: 'open' | 'closed' | 'recorded';
}

/** The keys of an object; every Map of types is one. */
export interface Fields {
  get(name: string): Type | undefined;
  keys(): Iterable<string>;
}

/** One of several; never one that holds `unknown`, `nil` or another union. */
export interface UnionType {
  readonly kind: 'union';
  readonly members: readonly Simple[];
}

/** A type that is known and no union. */
export type Simple = Exclude<Type, UnionType | { readonly kind: 'unknown' | 'nil' }>;

export const UNKNOWN: Type = { kind: 'unknown' };
export const NIL: Type = { kind: 'nil' };
export const BOOL: ScalarType = { kind: 'bool' };
export const INT: ScalarType = { kind: 'int' };
export const FLOAT: ScalarType = { kind: 'float' };
export const TEXT: TextType = { kind: 'string' };
export const NAME: TextType = { kind: 'string', isName: true };
/** A number with or without fraction: JSON does not tell 2 from 2.0. */
export const NUMBER: Type = { kind: 'union', members: [INT, FLOAT] };

/** More members, or more values of a text, say no more than "anything". */
const MAX_MEMBERS = 8;
const MAX_VALUES = 64;

export function listOf(item: Type): ListType {
  return { kind: 'list', item };
}

export function mapOf(value: Type): MapType {
  return { kind: 'map', value };
}

export function textOf(...values: readonly string[]): TextType {
  return values.length > MAX_VALUES ? TEXT : { kind: 'string', values };
}

export function objectOf(fields: Fields, extent: ObjectType['extent'] = 'closed'): ObjectType {
  return { kind: 'object', fields, extent };
}

/** What it may be, besides nil; undefined when that is not known. */
export function membersOf(type: Type): readonly Simple[] | undefined {
  switch (type.kind) {
    case 'unknown':
      return undefined;
    case 'nil':
      return [];
    case 'union':
      return type.members;
    default:
      return [type];
  }
}

/** One of these. */
export function unionOf(types: Iterable<Type>): Type {
  const members: Simple[] = [];
  let mayBeNil = false;
  for (const type of types) {
    const more = membersOf(type);
    if (more === undefined) return UNKNOWN;
    mayBeNil ||= more.length === 0;
    for (const member of more) addMember(members, member);
  }
  const known = mayBeNil ? members.map(withoutTruth) : members;
  const [first, second] = known;
  if (first === undefined) return NIL;
  if (second === undefined) return first;
  return known.length > MAX_MEMBERS ? UNKNOWN : { kind: 'union', members: known };
}

function addMember(members: Simple[], member: Simple): void {
  const index = members.findIndex(({ kind }) => kind === member.kind);
  const known = members[index];
  if (known === undefined) members.push(member);
  else if (known.kind === 'string' && member.kind === 'string') members[index] = anyText(known, member);
  else if (known.kind === 'list' || known.kind === 'map' || known.kind === 'object') {
    if (!members.includes(member)) members.push(member);
  } else members[index] = eitherScalar(known as ScalarType, member as ScalarType);
}

function eitherScalar(a: ScalarType, b: ScalarType): ScalarType {
  if (a.value === b.value && a.truth === b.truth && a.bounds === b.bounds) return a;
  return { kind: a.kind, ...(a.truth === b.truth && a.truth !== undefined ? { truth: a.truth } : {}) };
}

function anyText(a: TextType, b: TextType): TextType {
  const truth = a.truth === b.truth && a.truth !== undefined ? { truth: a.truth } : {};
  if (a.values !== undefined && b.values !== undefined) {
    return { ...textOf(...new Set([...a.values, ...b.values])), ...truth };
  }
  return a.isName === true && b.isName === true ? { ...NAME, ...truth } : { ...TEXT, ...truth };
}

function withoutTruth<T extends Simple>(type: T): T {
  return type.truth === undefined ? type : { ...type, truth: undefined };
}

/** What a value counts as in a condition; undefined when the data decides. */
export function truthOf(type: Type): boolean | undefined {
  const members = membersOf(type);
  if (members === undefined) return undefined;
  const [first] = members;
  if (first === undefined) return false;
  return members.every(({ truth }) => truth === first.truth) ? first.truth : undefined;
}

/** `int`, `list`, `string or int`: in the words of the signatures of notes. */
export function kindWords(type: Type): string {
  const members = membersOf(type);
  if (members === undefined) return 'any';
  if (members.length === 0) return 'nil';
  return [...new Set(members.map(({ kind }) => (kind === 'object' ? 'map' : kind)))].join(' or ');
}
