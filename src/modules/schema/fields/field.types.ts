// The declarative description of a YAML language: one value per field says its type, default and doc text, and from
// it come the decoder (strict, with positions), the defaults, the JSON Schema, `ork explain` and the reference docs.
// There is no second list of fields anywhere (DESIGN §1).
import { type ProblemList, type SourceNode } from '../../common';

/** What a decoder needs beside the node: where findings go. */
export interface DecodeContext {
  readonly problems: ProblemList;
  /** Something around the node is told as unrunnable already: what is inside of it says nothing new. */
  readonly isUnrunnable?: boolean;
}

/** One field type. `decode` reports every problem to the context and returns undefined when nothing usable is there. */
export interface Field<T> {
  /** For docs and messages: `string`, `list of condition`, `duration`. */
  readonly typeName: string;
  decode(node: SourceNode, context: DecodeContext): T | undefined;
  /** What is inside; a field without a shape takes anything. */
  readonly shape?: FieldShape;
}

/** Which scalars a field takes: by their source text, so that `80` is a text, too. */
export type ScalarShape = { readonly kind: 'scalar' } & (
  | {
      readonly accepts: 'text';
      /** An expression of ECMA 262 for the whole text; it may let pass what the decoder refuses, never the reverse. */
      readonly pattern?: string;
      /** May hold a template: it is compiled with the types of the data of its place. */
      readonly template?: boolean;
      /** Not every text will do. */
      readonly isForm?: boolean;
    }
  | { readonly accepts: 'boolean' }
  /** Within these bounds (inclusive). */
  | { readonly accepts: 'integer'; readonly minimum: number; readonly maximum: number }
  | { readonly accepts: 'words'; readonly words: readonly string[]; readonly ignoresCase: boolean }
);

/** What is inside of a field: docs, JSON Schema and specs walk the language through it. */
export type FieldShape =
  | ScalarShape
  /** One of several forms. */
  | { readonly kind: 'either'; readonly alternatives: readonly Field<unknown>[] }
  | {
      readonly kind: 'object';
      readonly properties: Readonly<Record<string, Property<unknown>>>;
      /** Any other key may stand there, too; absent: none. */
      readonly others?: OtherKeys;
    }
  | { readonly kind: 'list'; readonly item: Field<unknown> }
  | {
      readonly kind: 'map';
      readonly value: Field<unknown>;
      readonly checkKey?: (key: string) => string | undefined;
    };

/** Keys of an object that the description does not name. */
export interface OtherKeys {
  readonly doc: string;
  /** What is wrong with a key, as a sentence; undefined when nothing is. */
  readonly checkKey: (key: string) => string | undefined;
}

/** What the description says of a property for people only. */
export interface PropertyInfo {
  /** The value that counts when it is left out, as a person would write it. */
  readonly default?: string;
  /** The version of Orkestra that read it first. */
  readonly since?: string;
  /** Why it should not be written any more, and what instead. */
  readonly deprecated?: string;
}

/** A field in its place in an object. */
export interface Property<T> extends PropertyInfo {
  readonly field: Field<T>;
  readonly doc: string;
  readonly required: boolean;
  /** Decoded and checked as any other; but what it asks for, named here, is nothing that this version can run. */
  readonly later?: string;
  /** Of `later`: whether this value asks for nothing that is missing, such as the one that counts without the key. */
  readonly runs?: (value: unknown) => boolean;
  /** Kubernetes or Katalog language feature that the engine cannot run yet: declared, and refused by name and position. */
  readonly unsupported?: string;
  /** Why the property does nothing in this place; using it is a warning. */
  readonly ineffective?: string;
}

/** The decoded object: optional properties may be absent; `node` is where the object stands. */
export type Decoded<P extends Readonly<Record<string, Property<unknown>>>> = {
  readonly [K in keyof P]: P[K] extends Property<infer T> ? T | undefined : never;
};
