// What is known of a message: how its fields stand on the wire, and how in JSON.
import { type JsonObject, type JsonValue } from '../../../common';

/** What stands in a field on the wire. */
export type Scalar = 'string' | 'bytes' | 'bool' | 'int32' | 'int64' | 'double';

/**
 * A row of the table: number, JSON name, type, flags, and the name in Go where it is more than
 * the other with a capital.
 *
 * Type: a scalar, the name of a message, or `list`, `map` (its values; keys are text) or `wrapped` (a message that holds a
 * list) before one. Flags: `p` a pointer, `e` omitempty, `z` omitzero, `i` its members stand in the JSON of this one.
 */
export type FieldRow = readonly [number: number, name: string, type: string, flags: string, goName?: string];

export interface Field {
  /** In JSON. */
  readonly name: string;
  /** In errors. */
  readonly goName: string;
  readonly shape: 'one' | 'list' | 'map';
  readonly type: Scalar | MessageType;
  readonly isPointer: boolean;
  readonly isLeftOutWhenEmpty: boolean;
  readonly isLeftOutWhenZero: boolean;
  readonly isInline: boolean;
}

/** A message with its JSON form. */
export interface MessageType {
  /** In errors. */
  readonly name: string;
  readonly byNumber: ReadonlyMap<number, Field>;
  /** In the order of the Go struct. */
  readonly fields: readonly Field[];
  /** For types with a JSON form of their own: from the members that were found. */
  readonly finish?: ((members: JsonObject, isEmpty: boolean) => JsonValue) | undefined;
}
