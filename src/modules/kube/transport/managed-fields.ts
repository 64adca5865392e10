// Takes `metadata.managedFields` out of an answer before it is parsed (engine contract §7). It is half of the text of a
// small object, and its keys carry names and uids: parsed, each object would have a shape of its own, which costs more
// time and memory than everything else in it.

const START = '"managedFields":[{"manager":"';
const OPENING_BRACKET = START.indexOf('[');
const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const [OPEN_LIST, CLOSE_LIST] = [0x5b, 0x5d];

/**
 * JSON text of an object or of a list of objects without their managedFields. Entries of an object stay when a
 * member of theirs is asked for. Text inside strings can't be taken for the key: its quotes are escaped there.
 */
export function withoutManagedFields(text: string, asked: readonly string[]): string {
  let kept = '';
  let from = 0;
  for (let start = text.indexOf(START); start >= 0; start = text.indexOf(START, start + 1)) {
    const end = endOfList(text, start + OPENING_BRACKET);
    if (end === undefined) break;
    if (asked.some((member) => isAmong(text, member, start, end))) continue;
    // With the comma that separated it.
    const hasComma = text.charCodeAt(start - 1) === COMMA;
    kept += text.slice(from, hasComma ? start - 1 : start);
    from = !hasComma && text.charCodeAt(end) === COMMA ? end + 1 : end;
  }
  return from === 0 ? text : kept + text.slice(from);
}

function isAmong(text: string, member: string, start: number, end: number): boolean {
  const at = text.indexOf(member, start);
  return at >= 0 && at < end;
}

/** The position after the bracket that closes the one at `start`; undefined when there is none. */
function endOfList(text: string, start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (character === QUOTE) at = endOfText(text, at);
    else if (character === OPEN_LIST) depth++;
    else if (character === CLOSE_LIST && --depth === 0) return at + 1;
  }
  return undefined;
}

/** The position of the quote that closes the one at `start`. */
function endOfText(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (character === BACKSLASH) at++;
    else if (character === QUOTE) return at;
  }
  return text.length;
}
