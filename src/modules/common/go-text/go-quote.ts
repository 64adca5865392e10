// Go's quoted strings (strconv.Quote and its relatives): templates print them, and the messages of an API server hold them.

/** What Go and CEL write with a letter behind the backslash. */
export const GO_ESCAPES: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
};
const PRINTABLE = /[\p{L}\p{M}\p{N}\p{P}\p{S} ]/u;

/** As Go's strconv.IsPrint: letters, marks, numbers, punctuation, symbols, and of all spaces the ASCII one. */
export function isGoPrintable(character: string): boolean {
  return PRINTABLE.test(character);
}

/** A Go string literal; with `ascii` nothing beyond ASCII stands in it. */
export function goQuote(text: string, ascii = false): string {
  let quoted = '"';
  for (const character of text) quoted += escaped(character, '"', ascii);
  return `${quoted}"`;
}

/** A Go character literal. */
export function goQuoteRune(character: string, ascii = false): string {
  return `'${escaped(character, "'", ascii)}'`;
}

/** Whether the text can stand between back quotes. */
export function canBackquote(text: string): boolean {
  return !/[\x00-\x08\x0a-\x1f\x7f`\ufeff]/.test(text);
}

function escaped(character: string, mark: string, ascii: boolean): string {
  if (character === mark) return `\\${mark}`;
  const escape = GO_ESCAPES[character];
  if (escape !== undefined) return escape;
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80 ? code >= 0x20 && code !== 0x7f : !ascii && PRINTABLE.test(character)) return character;
  // A loose byte (go-bytes.ts) is written as that byte.
  const byte = code >= 0xdc80 && code <= 0xdcff ? code - 0xdc00 : code;
  if (code < 0x80 || byte !== code) return `\\x${byte.toString(16).padStart(2, '0')}`;
  return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}
