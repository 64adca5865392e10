// Texts of users inside of messages. A message is one line: a line end, an escape sequence of terminals or a character
// that turns the direction of writing (Trojan Source, CVE-2021-42574) would make it say something else.

/** C0 and C1 controls, line and paragraph separators, and what embeds, overrides or isolates a direction. */
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;
const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A word that nobody reads to its end: it says where it is from by how it begins. */
const LONG_WORD = /\S{201,}/g;
const SHOWN_OF_WORD = 100;
const MAX_LENGTH = 2_000;

/** One line with such characters as escapes, `\n`, `\u001b`, and of long values only the beginning. */
export function printable(text: string): string {
  const short = text.replace(LONG_WORD, (word) => `${word.slice(0, SHOWN_OF_WORD)}…`);
  const line = short.replace(UNPRINTABLE, (character) => {
    return SHORT[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return line.length > MAX_LENGTH ? `${line.slice(0, MAX_LENGTH)}…` : line;
}

/** Lines that something points into: they stay lines, and as wide as they are. */
export function printableLines(text: string): string {
  return text.replace(UNPRINTABLE, (character) => (character === '\n' || character === '\t' ? character : '\ufffd'));
}
