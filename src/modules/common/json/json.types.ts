/** Plain JSON as it travels: no Date, no class, unknown fields untouched (DESIGN §4.8). */
export type JsonValue = string | number | boolean | null | JsonArray | JsonObject;
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
