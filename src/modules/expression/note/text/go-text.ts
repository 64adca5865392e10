// Texts as Go treats them, where JavaScript differs: white space, case of single characters, cuts by bytes.

const SPACE = '\\t\\n\\v\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const LEADING = new RegExp(`^[${SPACE}]+`);
const ONE_SPACE = new RegExp(`[${SPACE}]`);

/** strings.TrimSpace: Unicode white space, of which JavaScript's `trim` has another idea (U+0085, U+FEFF). */
export function trimSpace(text: string): string {
  let end = text.length;
  while (end > 0 && ONE_SPACE.test(text.charAt(end - 1))) end--;
  return text.slice(0, end).replace(LEADING, '');
}

const NON_ASCII = /[^\x00-\x7f]/u;

/** strings.ToLower: character by character, so that the sigma at the end of a word is none of its business. */
export function toLower(text: string): string {
  if (!NON_ASCII.test(text)) return text.toLowerCase();
  return Array.from(text, (character) => (character === 'İ' ? 'i' : single(character, character.toLowerCase()))).join(
    '',
  );
}

/** strings.ToUpper: a character whose upper case takes several characters (ß) stays. */
export function toUpper(text: string): string {
  if (!NON_ASCII.test(text)) return text.toUpperCase();
  return Array.from(text, (character) => single(character, character.toUpperCase())).join('');
}

function single(character: string, changed: string): string {
  return Array.from(changed).length === 1 ? changed : character;
}

/** At most so many bytes of UTF-8; a character that would be cut apart is left out. */
export function cutBytes(text: string, limit: number): string {
  const bytes = Buffer.from(text);
  let end = Math.min(limit, bytes.length);
  while (end > 0 && end < bytes.length && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
  return bytes.subarray(0, end).toString();
}

const RUN_OF_SPACE = new RegExp(`[${SPACE}]+`);

/** strings.Fields: the parts between runs of white space. */
export function fields(text: string): readonly string[] {
  const trimmed = trimSpace(text);
  return trimmed === '' ? [] : trimmed.split(RUN_OF_SPACE);
}
