// One right and one wrong value for every field of every kind. entry-fields.spec.ts walks the field descriptions and
// fails for a field that has no case here.

export interface FieldCase {
  /** Path in the entry; `[]` for items, `*` for free keys. */
  readonly field: string;
  /** YAML of the field with a right value. */
  readonly right: string;
  /** Where it appears, and as what: in the built object, or after `entry:` in the compiled entry. */
  readonly at: string;
  readonly value: unknown;
  /** YAML with a wrong value; § stands where the problem has to be. */
  readonly wrong: string;
  /** A part of the message. */
  readonly says: string;
  /** Lines of the Katalog beside its CRDs. */
  readonly top?: string;
}

export function field(
  field: string,
  right: string,
  at: string,
  value: unknown,
  wrong: string,
  says: string,
): FieldCase {
  return { field, right, at, value, wrong, says };
}
