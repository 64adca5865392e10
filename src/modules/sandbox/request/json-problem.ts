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

const MAX_DEPTH = 10_000;

/** What Go says of a text that is nested too deeply; undefined for any other. */
export function depthProblem(text: string): string | undefined {
  if (text.length <= MAX_DEPTH) return undefined;
  let depth = 0;
  let isString = false;
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (isString) {
      if (character === BACKSLASH) at++;
      else if (character === QUOTE) isString = false;
    } else if (character === QUOTE) isString = true;
    else if (OPENING.has(character)) {
      if (++depth > MAX_DEPTH) return `invalid character '${text.charAt(at)}' exceeded max depth`;
    } else if (CLOSING.has(character)) depth--;
  }
  return undefined;
}

const [QUOTE, BACKSLASH] = [0x22, 0x5c];
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);

class Problem extends Error {}

class Scanner {
  private at = 0;

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
    this.at++;
    this.space();
    if (this.skip('}')) return;
    for (;;) {
      this.space();
      if (this.text.charAt(this.at) !== '"') this.refuse('looking for beginning of object key string');
      this.string();
      this.space();
      if (!this.skip(':')) this.refuse('after object key');
      this.value('looking for beginning of value');
      this.space();
      if (this.skip('}')) return;
      if (!this.skip(',')) this.refuse('after object key:value pair');
    }
  }

  private items(): void {
    this.at++;
    this.space();
    if (this.skip(']')) return;
    for (;;) {
      this.value('looking for beginning of value');
      this.space();
      if (this.skip(']')) return;
      if (!this.skip(',')) this.refuse('after array element');
    }
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
