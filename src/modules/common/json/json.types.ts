/**
 * Plain JSON as it travels: no Date, no class, unknown fields untouched (DESIGN §4.8). A whole number of an int64 that a
 * number can't hold exactly is a bigint: read text with parseJson and write it with jsonText.
 */
export type JsonValue = string | number | bigint | boolean | null | JsonArray | JsonObject;
/** A list of plain JSON. */
export type JsonArray = readonly JsonValue[];
/** A map of plain JSON; an undefined value counts as absent. */
export interface JsonObject {
  readonly [key: string]: JsonValue | undefined;
}
/** The same while it is being built; handed on as JsonObject. */
export interface MutableJsonObject {
  [key: string]: JsonValue | undefined;
}
