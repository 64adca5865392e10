import { jsonText, type JsonValue } from '../json';

const HTML = /[<>&\u2028\u2029]/g;

/** JSON as Go's encoding/json writes it: characters of HTML and line ends of JavaScript are escaped. Keys as they come. */
export function goJsonText(value: JsonValue): string {
  return jsonText(value).replace(HTML, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
