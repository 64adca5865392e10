// The declarative description of a YAML language: one value per field says its type, default and doc text, and from
// it come the decoder (strict, with positions), the defaults and, later, the JSON Schema and the reference docs.
// There is no second list of fields anywhere (DESIGN §1).
import { type ProblemList, type SourceNode } from '../../common';

/** What a decoder needs beside the node: where findings go. */
export interface DecodeContext {
  readonly problems: ProblemList;
}

/** One field type. `decode` reports every problem to the context and returns undefined when nothing usable is there. */
export interface Field<T> {
  /** For docs and messages: `string`, `list of condition`, `duration`. */
  readonly typeName: string;
  decode(node: SourceNode, context: DecodeContext): T | undefined;
  /** Present on objects, maps and lists, so that docs and `ork explain` can walk the language. */
  readonly shape?: FieldShape;
}

/** What is inside of a field: reference docs and specs walk the language through it. */
export type FieldShape =
  | { readonly kind: 'object'; readonly properties: Readonly<Record<string, Property<unknown>>> }
  | { readonly kind: 'list'; readonly item: Field<unknown> }
  | { readonly kind: 'map'; readonly value: Field<unknown> };

/** A field in its place in an object. */
export interface Property<T> {
  readonly field: Field<T>;
  readonly doc: string;
  readonly required: boolean;
  /** Kubernetes or Katalog language feature that the engine cannot run yet: declared, and refused by name and position. */
  readonly unsupported?: string;
  /** Why the property does nothing in this place; using it is a warning. */
  readonly ineffective?: string;
}

/** The decoded object: optional properties may be absent; `node` is where the object stands. */
export type Decoded<P extends Readonly<Record<string, Property<unknown>>>> = {
  readonly [K in keyof P]: P[K] extends Property<infer T> ? T | undefined : never;
};
