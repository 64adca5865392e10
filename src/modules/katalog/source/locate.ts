// From an offset in a decoded scalar back to the place in the file: templates report errors through it, also inside
// quoted, folded and literal scalars. Flow scalars are decoded again, with the source offset of every character; block
// scalars, which know no escapes, are walked side by side with their source.

export type ScalarForm = 'plain' | 'double' | 'single' | 'block';

/**
 * Source offset (in `raw`) of every offset of `decoded`, and one more for its end.
 * `raw` is the scalar's source: with quotes, or the lines of a block scalar without its header.
 */
export function alignScalar(raw: string, decoded: string, form: ScalarForm): readonly number[] {
  if (form === 'block') return alignBlock(raw, decoded);
  const reader = new FlowReader(raw, form);
  reader.read();
  // Should the two ever disagree, the beginning of the scalar is better than a wrong place.
  return reader.text === decoded ? [...reader.offsets, raw.length] : new Array<number>(decoded.length + 1).fill(0);
}

const HEX_DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };
const ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
};

/** Quotes, escapes and line folding of YAML 1.2 §7.3. */
class FlowReader {
  text = '';
  readonly offsets: number[] = [];
  /** Length up to the last character that a line end does not take away. */
  private firm = 0;
  private at: number;
  private readonly end: number;

  constructor(
    private readonly raw: string,
    private readonly form: 'plain' | 'double' | 'single',
  ) {
    this.at = form === 'plain' ? 0 : 1;
    this.end = form === 'plain' ? raw.length : raw.length - 1;
  }

  read(): void {
    while (this.at < this.end) {
      const character = this.raw.charAt(this.at);
      if (character === '\n') this.fold();
      else if (this.form === 'double' && character === '\\') this.escape();
      else if (this.form === 'single' && this.raw.startsWith("''", this.at)) this.push("'", 2, true);
      else this.push(character, 1, !' \t\r'.includes(character));
    }
  }

  private push(decoded: string, length: number, isFirm: boolean): void {
    for (let unit = 0; unit < decoded.length; unit++) this.offsets.push(this.at);
    this.text += decoded;
    this.at += length;
    if (isFirm) this.firm = this.text.length;
  }

  /** White space around a line end goes; one line end becomes a blank, each further one stays. */
  private fold(): void {
    this.text = this.text.slice(0, this.firm);
    this.offsets.length = this.firm;
    const start = this.at;
    const lineEnds = this.skipBlank();
    const next = this.at;
    this.at = start;
    this.push(lineEnds === 1 ? ' ' : '\n'.repeat(lineEnds - 1), 0, true);
    this.at = next;
  }

  /** Skips blanks and line ends; returns how many line ends. */
  private skipBlank(): number {
    let lineEnds = 0;
    for (; this.at < this.end && ' \t\r\n'.includes(this.raw.charAt(this.at)); this.at++) {
      if (this.raw.charAt(this.at) === '\n') lineEnds++;
    }
    return lineEnds;
  }

  private escape(): void {
    const next = this.raw.charAt(this.at + 1);
    if (next === '\n' || (next === '\r' && this.raw.charAt(this.at + 2) === '\n')) {
      this.firm = this.text.length;
      this.at += next === '\n' ? 2 : 3;
      this.escapedLineEnd();
      return;
    }
    const digits = HEX_DIGITS[next];
    if (digits === undefined) {
      this.push(ESCAPES[next] ?? next, 2, true);
      return;
    }
    const code = Number.parseInt(this.raw.slice(this.at + 2, this.at + 2 + digits), 16);
    this.push(String.fromCodePoint(Number.isNaN(code) || code > 0x10ffff ? 0xfffd : code), 2 + digits, true);
  }

  /** Joins two lines; blank lines between them stay as line ends. */
  private escapedLineEnd(): void {
    const start = this.at;
    const lineEnds = this.skipBlank();
    const next = this.at;
    this.at = start;
    this.push('\n'.repeat(lineEnds), 0, true);
    this.at = next;
  }
}

function alignBlock(raw: string, decoded: string): readonly number[] {
  const offsets: number[] = [];
  let at = 0;
  for (const character of decoded) {
    at = seek(raw, at, character);
    for (let unit = 0; unit < character.length; unit++) offsets.push(at + (raw.startsWith(character, at) ? unit : 0));
    at += raw.startsWith(character, at) ? character.length : 1;
  }
  offsets.push(Math.min(at, raw.length));
  return offsets;
}

/** Skips what decoding dropped: indentation, and line ends inside a fold. */
function seek(raw: string, start: number, wanted: string): number {
  let at = start;
  while (at < raw.length && !raw.startsWith(wanted, at)) {
    const character = raw.charAt(at);
    if (!' \t\n\r'.includes(character) || (wanted === ' ' && character === '\n')) return at;
    at++;
  }
  return at;
}
