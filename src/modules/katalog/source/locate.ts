// From an offset in a decoded scalar back to the place in the file: templates report errors through it, also inside
// quoted, folded and literal scalars. Walks source and decoded text side by side: escapes, quote doubling, indentation
// and folded line ends are the only ways in which they differ.

const ESCAPE_DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/**
 * Source offset (in `raw`) of every offset of `decoded`, and one more for its end.
 * `raw` is the scalar's source: with quotes, or the lines of a block scalar without its header.
 */
export function alignScalar(
  raw: string,
  decoded: string,
  style: 'plain' | 'double' | 'single' | 'block',
): readonly number[] {
  const offsets: number[] = [];
  let at = style === 'double' || style === 'single' ? 1 : 0;
  for (const character of decoded) {
    at = seek(raw, at, character, style);
    for (let unit = 0; unit < character.length; unit++) offsets.push(at + (raw.startsWith(character, at) ? unit : 0));
    at += consumed(raw, at, character, style);
  }
  offsets.push(Math.min(at, raw.length));
  return offsets;
}

/** Skips what decoding dropped: indentation, line ends inside a fold, escaped line ends. */
function seek(raw: string, start: number, wanted: string, style: string): number {
  let at = start;
  while (at < raw.length && !raw.startsWith(wanted, at)) {
    const character = raw.charAt(at);
    if (style === 'double' && character === '\\' && raw.charAt(at + 1) !== '\n') return at;
    const isBlank =
      character === ' ' || character === '\t' || character === '\n' || character === '\r' || character === '\\';
    if (!isBlank || (wanted === ' ' && character === '\n')) return at;
    at++;
  }
  if (wanted === '\n' || wanted === ' ' || style === 'plain') return at;
  return at;
}

function consumed(raw: string, at: number, character: string, style: string): number {
  if (style === 'double' && raw.charAt(at) === '\\') return 2 + (ESCAPE_DIGITS[raw.charAt(at + 1)] ?? 0);
  if (style === 'single' && character === "'") return 2;
  return raw.startsWith(character, at) ? character.length : 1;
}
