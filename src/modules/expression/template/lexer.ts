// Text to tokens, with the rules of Go's text/template for delimiters, trim markers, comments and words. A mistake is a
// token too, the last one: the parser may find another in front of it, which is then the one to report.
import { goQuote } from '../../common';

export type TokenType =
  | 'text'
  | 'open'
  | 'close'
  | 'space'
  | 'identifier'
  | 'keyword'
  | 'bool'
  | 'nil'
  | 'field'
  | 'variable'
  | 'dot'
  | 'string'
  | 'rune'
  | 'number'
  | 'pipe'
  | 'declare'
  | 'assign'
  | 'char'
  | 'lparen'
  | 'rparen'
  | 'error'
  | 'end';

export interface Token {
  readonly type: TokenType;
  /** Of a field without its dot; of an error the message. */
  readonly text: string;
  readonly offset: number;
}

const KEYWORDS = new Set(['if', 'else', 'end', 'range', 'with', 'define', 'template', 'block', 'break', 'continue']);
const WIDE_WORD = /[\p{L}\p{Nd}]/u;
const WIDE_PRINTABLE = /[\p{L}\p{M}\p{N}\p{P}\p{S}]/u;
const DECIMAL = '0123456789_';
const NUL = 0;

export function tokenize(source: string): Token[] {
  return new Lexer(source).run();
}

/** Stops the lexer; the message becomes the last token. */
class LexicalError extends Error {
  constructor(
    readonly reason: string,
    readonly offset: number,
  ) {
    super(reason);
  }
}

interface ScannedNumber {
  readonly end: number;
  readonly isGood: boolean;
}

class Lexer {
  private at = 0;
  private readonly tokens: Token[] = [];
  private parens = 0;

  constructor(private readonly source: string) {}

  run(): Token[] {
    try {
      while (this.at < this.source.length) this.textAndAction();
      this.push('end', '', this.source.length);
    } catch (error) {
      if (!(error instanceof LexicalError)) throw error;
      this.push('error', error.reason, error.offset);
    }
    return this.tokens;
  }

  private push(type: TokenType, text: string, offset: number): void {
    this.tokens.push({ type, text, offset });
  }

  private textAndAction(): void {
    const { source } = this;
    const start = this.at;
    const open = source.indexOf('{{', start);
    const trims = open >= 0 && source.charCodeAt(open + 2) === 45 && isSpace(source.charCodeAt(open + 3));
    let end = open < 0 ? source.length : open;
    if (trims) while (end > start && isSpace(source.charCodeAt(end - 1))) end--;
    if (end > start) this.push('text', source.slice(start, end), start);
    this.at = open < 0 ? source.length : open;
    if (open >= 0) this.action(open, open + (trims ? 4 : 2));
  }

  private action(open: number, inside: number): void {
    this.at = inside;
    if (this.source.startsWith('/*', inside)) return this.comment(inside);
    this.push('open', '{{', open);
    this.parens = 0;
    for (;;) {
      const close = this.closeLength(this.at);
      if (close !== 0) {
        if (this.parens > 0) throw new LexicalError('unclosed left paren', this.at);
        return this.close(close);
      }
      if (this.at >= this.source.length) throw this.unclosed(open);
      if (isSpace(this.source.charCodeAt(this.at))) {
        if (this.spaces()) return;
      } else this.token();
    }
  }

  /** At its braces, if they stand in the line that Go names: the last one. */
  private unclosed(open: number): LexicalError {
    const isOneLine = !this.source.slice(open).includes('\n');
    return new LexicalError('unclosed action: "}}" is missing', isOneLine ? open : this.at);
  }

  /** 0: not here. 2: `}}`. 4: ` -}}` (the blank belongs to the marker). */
  private closeLength(at: number): 0 | 2 | 4 {
    const code = this.source.charCodeAt(at);
    if (code === 125) return this.source.charCodeAt(at + 1) === 125 ? 2 : 0;
    return isSpace(code) && this.source.startsWith('-}}', at + 1) ? 4 : 0;
  }

  private close(length: 2 | 4): void {
    this.push('close', '}}', this.at + length - 2);
    this.at += length;
    if (length === 4) this.skipSpaces();
  }

  private skipSpaces(): void {
    while (isSpace(this.source.charCodeAt(this.at))) this.at++;
  }

  private comment(start: number): void {
    const end = this.source.indexOf('*/', start + 2);
    if (end < 0) throw new LexicalError('unclosed comment', start);
    this.at = end + 2;
    const close = this.closeLength(this.at);
    if (close === 0) throw new LexicalError('comment ends before closing delimiter', start);
    this.at += close;
    if (close === 4) this.skipSpaces();
  }

  /** True when a single blank was the marker of the end: Go then skips its check of open parentheses. */
  private spaces(): boolean {
    const start = this.at;
    this.skipSpaces();
    if (this.closeLength(this.at - 1) === 4) {
      this.at--;
      if (this.at === start) {
        this.close(4);
        return true;
      }
    }
    this.push('space', ' ', start);
    return false;
  }

  private token(): void {
    const start = this.at;
    const { source } = this;
    const code = source.charCodeAt(start);
    if (isAsciiLetter(code)) return this.identifier(start);
    switch (code) {
      case 34: // "
        return this.quoted(start, 34, 'string', 'unterminated quoted string');
      case 39: // '
        return this.quoted(start, 39, 'rune', 'unterminated character constant');
      case 96: // `
        return this.raw(start);
      case 40: // (
        this.parens++;
        return this.mark('lparen', '(');
      case 41: // )
        if (--this.parens < 0) throw new LexicalError('unexpected right paren', start);
        return this.mark('rparen', ')');
      case 61: // =
        return this.mark('assign', '=');
      case 124: // |
        return this.mark('pipe', '|');
      case 58: // :
        if (source.charCodeAt(start + 1) !== 61) throw new LexicalError('expected :=', start);
        return this.mark('declare', ':=');
      case 36: // $
        return this.variable(start);
      case 46: // .
        if (start + 1 < source.length && !isDigit(source.charCodeAt(start + 1))) return this.field(start);
        return this.number(start);
    }
    if (isDigit(code) || code === 43 || code === 45) return this.number(start);
    if (code > 127 && isWord(this.codePoint(start))) return this.identifier(start);
    if (code < 32 || code >= 127) {
      throw new LexicalError(`unrecognized character in action: ${this.shown(start)}`, start);
    }
    this.mark('char', source.charAt(start));
  }

  private mark(type: TokenType, text: string): void {
    this.push(type, text, this.at);
    this.at += text.length;
  }

  private quoted(start: number, quote: number, type: TokenType, unterminated: string): void {
    const { source } = this;
    let i = start + 1;
    for (; source.charCodeAt(i) !== quote; i++) {
      if (source.charCodeAt(i) === 92) i++;
      if (i >= source.length || source.charCodeAt(i) === 10) throw new LexicalError(unterminated, start);
    }
    this.at = i + 1;
    this.push(type, source.slice(start, this.at), start);
  }

  private raw(start: number): void {
    const end = this.source.indexOf('`', start + 1);
    if (end < 0) throw new LexicalError('unterminated raw quoted string', start);
    this.at = end + 1;
    this.push('string', this.source.slice(start, this.at), start);
  }

  private identifier(start: number): void {
    this.endOfWord(start, start);
    const word = this.source.slice(start, this.at);
    if (KEYWORDS.has(word)) return this.push('keyword', word, start);
    if (word === 'true' || word === 'false') return this.push('bool', word, start);
    this.push(word === 'nil' ? 'nil' : 'identifier', word, start);
  }

  private variable(start: number): void {
    this.endOfWord(start + 1, start);
    this.push('variable', this.source.slice(start, this.at), start);
  }

  private field(start: number): void {
    this.endOfWord(start + 1, start);
    if (this.at === start + 1) return this.push('dot', '.', start);
    this.push('field', this.source.slice(start + 1, this.at), start);
  }

  /** Moves behind the letters and digits; something that can end a word must follow. */
  private endOfWord(from: number, start: number): void {
    const { source } = this;
    let end = from;
    for (;;) {
      const code = source.charCodeAt(end);
      if (isAsciiLetter(code) || isDigit(code)) end++;
      else if (code > 127 && isWord(this.codePoint(end))) end += code >= 0xd800 && code < 0xdc00 ? 2 : 1;
      else break;
    }
    this.at = end;
    const next = source.charAt(end);
    if (next === '' || '.,|:)('.includes(next) || isSpace(next.charCodeAt(0)) || source.startsWith('}}', end)) return;
    throw new LexicalError(`bad character ${this.shown(end)}`, start);
  }

  private number(start: number): void {
    const first = this.scanNumber(start);
    const next = this.source.charAt(first.end);
    // A sign behind a number would make it complex, which is no number of ours.
    const { end, isGood } = first.isGood && (next === '+' || next === '-') ? this.secondNumber(first.end) : first;
    if (!isGood) throw new LexicalError(`bad number syntax: ${goQuote(this.source.slice(start, end))}`, start);
    this.at = end;
    this.push('number', this.source.slice(start, end), start);
  }

  private secondNumber(start: number): ScannedNumber {
    const { end, isGood } = this.scanNumber(start);
    return { end, isGood: isGood && this.source.charAt(end - 1) === 'i' };
  }

  private scanNumber(start: number): ScannedNumber {
    const { source } = this;
    let at = start;
    const accept = (valid: string): boolean => {
      const isIn = at < source.length && valid.includes(source.charAt(at));
      if (isIn) at++;
      return isIn;
    };
    const acceptRun = (valid: string): void => {
      while (accept(valid));
    };
    accept('+-');
    let digits = DECIMAL;
    if (accept('0')) {
      if (accept('xX')) digits = '0123456789abcdefABCDEF_';
      else if (accept('oO')) digits = '01234567_';
      else if (accept('bB')) digits = '01_';
    }
    acceptRun(digits);
    if (accept('.')) acceptRun(digits);
    const exponents = digits === DECIMAL ? 'eE' : digits.includes('f') ? 'pP' : '';
    if (exponents !== '' && accept(exponents)) {
      accept('+-');
      acceptRun(DECIMAL);
    }
    accept('i');
    const next = this.codePoint(at);
    const isGood = next === '' || !isWord(next);
    return { end: isGood ? at : at + next.length, isGood };
  }

  /** As Go's `%#U`: the code, and the character if it can be seen. */
  private shown(offset: number): string {
    const character = this.codePoint(offset);
    const code = (character.codePointAt(0) ?? NUL).toString(16).toUpperCase().padStart(4, '0');
    const isSeen = character >= ' ' && (character < '\x7f' || WIDE_PRINTABLE.test(character));
    return `U+${code}${isSeen ? ` '${character}'` : ''}`;
  }

  private codePoint(offset: number): string {
    const code = this.source.codePointAt(offset);
    return code === undefined ? '' : String.fromCodePoint(code);
  }
}

function isSpace(code: number): boolean {
  return code === 32 || code === 9 || code === 10 || code === 13;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** A letter of ASCII or an underscore. */
function isAsciiLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;
}

function isWord(character: string): boolean {
  const code = character.charCodeAt(0);
  return code < 128 ? isAsciiLetter(code) || isDigit(code) : WIDE_WORD.test(character);
}
