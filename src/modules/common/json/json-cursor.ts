/** A string with its quotes. */
export const STRING = /"[^"\\]*(?:\\.[^"\\]*)*"/y;
/** A number, `true`, `false` or `null`. */
export const SCALAR = /[^,\]}\s]+/y;
const SPACE = /\s*/y;

/** A place in a JSON text that goes on piece by piece: for what JSON.parse does not tell of a text. */
export class JsonCursor {
  private at = 0;

  constructor(private readonly text: string) {}

  /** The character that the next value begins with; undefined at the end. */
  next(): string | undefined {
    this.skipSpace();
    return this.text[this.at];
  }

  /** The piece that the pattern takes here, behind which the cursor then is. */
  take(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const [found = ''] = pattern.exec(this.text) ?? [];
    // Never stands still, whatever the text is.
    this.at += found === '' ? 1 : found.length;
    return found === '' && pattern === STRING ? '""' : found;
  }

  /** Members of the map that begins here: `member` takes the value of the name that it is given. */
  members(member: (name: string) => void): void {
    this.each('}', () => {
      const name = JSON.parse(this.take(STRING)) as string;
      this.skipSpace();
      this.at++;
      member(name);
    });
  }

  /** Items of the list that begins here: `item` takes one. */
  items(item: () => void): void {
    this.each(']', item);
  }

  private each(close: string, part: () => void): void {
    this.at++;
    this.skipSpace();
    while (this.at < this.text.length && this.text[this.at] !== close) {
      part();
      this.skipSpace();
      if (this.text[this.at] === ',') this.at++;
      this.skipSpace();
    }
    this.at++;
  }

  private skipSpace(): void {
    SPACE.lastIndex = this.at;
    this.at += SPACE.exec(this.text)?.[0].length ?? 0;
  }
}
