export {
  cloneJson,
  deepFreeze,
  isInt64,
  isJsonArray,
  isJsonObject,
  isNumber,
  isSameNumber,
  isWhole,
  jsonEquals,
  scalarText,
  setAt,
  setOwn,
  sha256Hex,
  stableStringify,
  valueAt,
} from './json';
export { JsonCursor, SCALAR, STRING } from './json-cursor';
export { hasLongNumber, int64Of, jsonText, parseJson, parseJsonObject, parseNumber } from './json-text';
export type { JsonArray, JsonObject, JsonValue, MutableJsonObject } from './json.types';
