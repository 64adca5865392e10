// What is wrong with a JSON text, in the words of Go's decoder: Node's own words differ.

const NAMES: Readonly<Record<string, string>> = { "'": `'\\''`, '"': `'"'` };

/** For a text that JSON.parse refused. */
export function jsonProblem(text: string): string {
  const scanner = new Scanner(text);
  try {
    scanner.document();
  } catch (error) {
    if (error instanceof Problem) return error.message;
    throw error;
  }
  return 'unexpected end of JSON input';
}

class Problem extends Error {}

const MAX_DEPTH = 10_000;

class Scanner {
  private at = 0;
  private depth = 0;

  constructor(private readonly text: string) {}

  document(): void {
    this.value('looking for beginning of value');
    this.space();
    if (this.at < this.text.length) this.refuse('after top-level value');
  }

  private value(where: string): void {
    this.space();
    const character = this.text.charAt(this.at);
    if (character === '{') this.members();
    else if (character === '[') this.items();
    else if (character === '"') this.string();
    else if (/[-0-9]/.test(character)) this.number();
    else if (character === 't') this.word('true');
    else if (character === 'f') this.word('false');
    else if (character === 'n') this.word('null');
    else this.refuse(where);
  }

  private members(): void {
    this.enter();
    this.space();
    if (this.skip('}')) return this.leave();
    for (;;) {
      this.space();
      if (this.text.charAt(this.at) !== '"') this.refuse('looking for beginning of object key string');
      this.string();
      this.space();
      if (!this.skip(':')) this.refuse('after object key');
      this.value('looking for beginning of value');
      this.space();
      if (this.skip('}')) return this.leave();
      if (!this.skip(',')) this.refuse('after object key:value pair');
    }
  }

  private items(): void {
    this.enter();
    this.space();
    if (this.skip(']')) return this.leave();
    for (;;) {
      this.value('looking for beginning of value');
      this.space();
      if (this.skip(']')) return this.leave();
      if (!this.skip(',')) this.refuse('after array element');
    }
  }

  private enter(): void {
    this.at++;
    if (++this.depth > MAX_DEPTH) throw new Problem('exceeded max depth');
  }

  private leave(): void {
    this.depth--;
  }

  private string(): void {
    this.at++;
    for (;;) {
      const character = this.text.charAt(this.at);
      if (character === '' || character < ' ') this.refuse('in string literal');
      this.at++;
      if (character === '"') return;
      if (character !== '\\') continue;
      if (this.skip('u')) {
        for (let count = 0; count < 4; count++) {
          if (!/[0-9a-fA-F]/.test(this.text.charAt(this.at))) this.refuse('in \\u hexadecimal character escape');
          this.at++;
        }
      } else if (/["\\/bfnrt]/.test(this.text.charAt(this.at))) this.at++;
      else this.refuse('in string escape code');
    }
  }

  private number(): void {
    this.skip('-');
    if (!this.skip('0')) this.digits('in numeric literal');
    if (this.skip('.')) this.digits('after decimal point in numeric literal');
    if (this.skip('e') || this.skip('E')) {
      if (!this.skip('+')) this.skip('-');
      this.digits('in exponent of numeric literal');
    }
  }

  private digits(where: string): void {
    if (!/[0-9]/.test(this.text.charAt(this.at))) this.refuse(where);
    while (/[0-9]/.test(this.text.charAt(this.at))) this.at++;
  }

  private word(word: string): void {
    for (const letter of word) {
      if (!this.skip(letter)) this.refuse(`in literal ${word} (expecting '${letter}')`);
    }
  }

  private space(): void {
    while (/[ \t\r\n]/.test(this.text.charAt(this.at))) this.at++;
  }

  private skip(character: string): boolean {
    if (this.text.charAt(this.at) !== character) return false;
    this.at++;
    return true;
  }

  private refuse(where: string): never {
    const character = this.text.charAt(this.at);
    if (character === '') throw new Problem('unexpected end of JSON input');
    throw new Problem(`invalid character ${NAMES[character] ?? `'${character}'`} ${where}`);
  }
}
