export {
  cloneJson,
  deepFreeze,
  isJsonArray,
  isJsonObject,
  jsonEquals,
  parseJsonObject,
  scalarText,
  setAt,
  setOwn,
  sha256Hex,
  stableStringify,
  valueAt,
} from './json';
export type { JsonArray, JsonObject, JsonValue, MutableJsonObject } from './json.types';
