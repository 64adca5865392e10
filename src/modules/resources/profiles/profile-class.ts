// A class of profiles: names that stand for explicit values of one block. Everything about a class stands in one place:
// what a Katalog may declare, what is built in, and the field that names a profile. The classes of children are listed in
// profile-classes.ts; each is declared beside the block that it stands for.
import { type JsonObject, type SourceText } from '../../common';
import {
  type Field,
  format,
  literal,
  object,
  type ObjectOf,
  optional,
  type Property,
  required,
  text,
} from '../../schema';
import { type EntryCompiler } from '../parts/common-entry';
import { type BuildScope } from '../resource-kind';
import { type ProfileNames } from './profile-names';

/** Keys that a profile of every class has. */
const named = {
  name: required(
    format({
      words: 'a name for a profile (letters, digits, "-", "_" and ".")',
      test: (name) => /^[A-Za-z0-9]([-_.A-Za-z0-9]*[A-Za-z0-9])?$/.test(name),
    }),
    'What the references write; it wins over a built-in profile of the same name.',
  ),
  description: optional(literal, 'What it is for.'),
} as const;

/** A profile of a Katalog or Motif, of any class. */
export type DeclaredProfile = ObjectOf<typeof named>;

/** `V`: what a name stands for; `D`: how a Katalog declares it. */
export interface ProfileClass<V = unknown, D extends DeclaredProfile = DeclaredProfile> extends ProfileNames<V> {
  /** One profile of the list. */
  readonly declared: Field<D>;
  /** The field that names a profile. It is an own object for each class: places of references are found by it. */
  readonly reference: Field<SourceText>;
  /** What is wrong with the values goes to the compiler; there are no templates, so no scope changes what comes out. */
  compile(declared: D, compiler: EntryCompiler): (scope: BuildScope) => V;
}

type Properties = Readonly<Record<string, Property<unknown>>>;

/** What is said of a class where it is declared. */
export interface ClassDeclaration<V, P extends Properties> {
  readonly key: string;
  readonly what: string;
  readonly site: string;
  readonly doc: string;
  readonly builtIn: Readonly<Record<string, V>>;
  readonly isExact?: boolean;
  /** Default: the values are what is written. */
  readonly show?: (values: V) => JsonObject;
  /** What a profile holds beside its name. Texts are literals: a template belongs into an entry. */
  readonly properties: P;
  /** Default: a text that may be a template. */
  readonly reference?: Field<SourceText>;
  readonly compile: (declared: DeclaredProfile & ObjectOf<P>, compiler: EntryCompiler) => (scope: BuildScope) => V;
}

/** A class with its fields. */
export function profileClass<V, const P extends Properties>({
  properties,
  reference = text,
  isExact = false,
  show = (values) => values as JsonObject,
  ...rest
}: ClassDeclaration<V, P>): ProfileClass<V, DeclaredProfile & ObjectOf<P>> {
  return {
    ...rest,
    isExact,
    show,
    declared: object(`${rest.key} profile`, { ...named, ...properties }) as Field<unknown> as Field<
      DeclaredProfile & ObjectOf<P>
    >,
    reference: { ...reference },
  };
}

/** The property of a block that names a profile; `more`: what else is to be said, as a sentence without its end. */
export function profileProperty(profiles: ProfileClass, more: string): Property<SourceText> {
  const builtIn = Object.keys(profiles.builtIn);
  const own = `profiles.${profiles.key}`;
  const names = builtIn.length === 0 ? `A name of ${own}` : `${builtIn.join(', ')}, or a name of ${own}`;
  return optional(profiles.reference, `${names}${more === '' ? '' : `; ${more}`}.`);
}
