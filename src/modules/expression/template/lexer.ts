// Text to tokens, with the rules of Go's text/template for delimiters, trim markers and comments.
import { type TemplateSyntaxError } from './template.errors';

export type TokenType =
  | 'text'
  | 'open'
  | 'close'
  | 'space'
  | 'identifier'
  | 'field'
  | 'variable'
  | 'dot'
  | 'string'
  | 'rune'
  | 'number'
  | 'pipe'
  | 'declare'
  | 'assign'
  | 'comma'
  | 'lparen'
  | 'rparen'
  | 'end';

export interface Token {
  readonly type: TokenType;
  readonly text: string;
  readonly offset: number;
}

const SPACE = /[ \t\r\n]/;
const WORD = /[\p{L}\p{Nd}_]/u;
const WORD_START = /[\p{L}_]/u;
const PUNCTUATION: readonly (readonly [string, TokenType])[] = [
  [':=', 'declare'],
  ['=', 'assign'],
  ['|', 'pipe'],
  [',', 'comma'],
];

export type Fail = (reason: string, offset: number) => TemplateSyntaxError;

export function tokenize(source: string, fail: Fail): Token[] {
  return new Lexer(source, fail).run();
}

class Lexer {
  private at = 0;
  private readonly tokens: Token[] = [];
  private parens = 0;

  constructor(
    private readonly source: string,
    private readonly fail: Fail,
  ) {}

  run(): Token[] {
    let trimsNext = false;
    while (this.at < this.source.length) {
      const open = this.source.indexOf('{{', this.at);
      const textEnd = open < 0 ? this.source.length : open;
      const trimsBefore = open >= 0 && this.source[open + 2] === '-' && SPACE.test(this.source[open + 3] ?? '');
      this.pushText(textEnd, trimsNext, trimsBefore);
      this.at = textEnd;
      if (open < 0) break;
      trimsNext = this.action(open, trimsBefore);
    }
    this.push('end', '', this.source.length);
    return this.tokens;
  }

  private push(type: TokenType, text: string, offset: number): void {
    this.tokens.push({ type, text, offset });
  }

  private pushText(end: number, trimStart: boolean, trimEnd: boolean): void {
    let text = this.source.slice(this.at, end);
    if (trimStart) text = text.replace(/^[ \t\r\n]+/, '');
    if (trimEnd) text = text.replace(/[ \t\r\n]+$/, '');
    if (text !== '') this.push('text', text, this.at);
  }

  /** Reads one `{{ ... }}`; returns whether it trims what follows. */
  private action(open: number, trimsBefore: boolean): boolean {
    this.at = open + 2 + (trimsBefore ? 2 : 0);
    if (this.source.startsWith('/*', this.at)) return this.comment(open);
    this.push('open', '{{', open);
    this.parens = 0;
    for (;;) {
      const close = this.closeLength();
      if (close > 0) {
        if (this.parens > 0) throw this.fail('unclosed left paren', this.at);
        this.push('close', '}}', this.at);
        this.at += close;
        return close === 4;
      }
      if (this.at >= this.source.length) throw this.fail('unclosed action: "}}" is missing', open);
      this.token();
    }
  }

  /** 0: not here. 2: `}}`. 4: ` -}}` (the blank belongs to the marker). */
  private closeLength(): number {
    if (this.source.startsWith('}}', this.at)) return 2;
    return SPACE.test(this.source[this.at] ?? '') && this.source.startsWith('-}}', this.at + 1) ? 4 : 0;
  }

  private comment(open: number): boolean {
    const end = this.source.indexOf('*/', this.at + 2);
    if (end < 0) throw this.fail('unclosed comment', open);
    this.at = end + 2;
    const close = this.closeLength();
    if (close === 0) throw this.fail('comment ends before closing delimiter', end);
    this.at += close;
    return close === 4;
  }

  private token(): void {
    const start = this.at;
    const character = this.source.charAt(start);
    if (SPACE.test(character)) return this.spaces(start);
    if (character === '"') return this.quoted(start, '"', 'string', 'unterminated quoted string');
    if (character === "'") return this.quoted(start, "'", 'rune', 'unterminated character constant');
    if (character === '`') return this.raw(start);
    if (character === '(' || character === ')') return this.paren(start, character);
    for (const [text, type] of PUNCTUATION) {
      if (this.source.startsWith(text, start)) {
        this.at += text.length;
        return this.push(type, text, start);
      }
    }
    this.word(start, character);
  }

  private spaces(start: number): void {
    while (SPACE.test(this.source[this.at] ?? '') && (this.at === start || this.closeLength() === 0)) this.at++;
    this.push('space', ' ', start);
  }

  private quoted(start: number, quote: string, type: TokenType, unterminated: string): void {
    let i = start + 1;
    for (; this.source.charAt(i) !== quote; i++) {
      if (i >= this.source.length || this.source.charAt(i) === '\n') throw this.fail(unterminated, start);
      if (this.source.charAt(i) === '\\') i++;
    }
    this.at = i + 1;
    this.push(type, this.source.slice(start, this.at), start);
  }

  private raw(start: number): void {
    const end = this.source.indexOf('`', start + 1);
    if (end < 0) throw this.fail('unterminated raw quoted string', start);
    this.at = end + 1;
    this.push('string', this.source.slice(start, this.at), start);
  }

  private paren(start: number, character: string): void {
    this.parens += character === '(' ? 1 : -1;
    if (this.parens < 0) throw this.fail('unexpected right paren', start);
    this.at++;
    this.push(character === '(' ? 'lparen' : 'rparen', character, start);
  }

  private word(start: number, character: string): void {
    const next = this.source.charAt(start + 1);
    if (character === '.' && !/[0-9]/.test(next)) {
      const end = this.wordEnd(start + 1);
      this.at = end;
      this.push(
        end === start + 1 ? 'dot' : 'field',
        this.source.slice(start + (end === start + 1 ? 0 : 1), end),
        start,
      );
      return this.terminated(start);
    }
    if (character === '$') {
      this.at = this.wordEnd(start + 1);
      this.push('variable', this.source.slice(start, this.at), start);
      return this.terminated(start);
    }
    if (/[0-9.+-]/.test(character)) return this.number(start);
    if (!WORD_START.test(this.codePoint(start))) throw this.unexpected(start);
    this.at = this.wordEnd(start);
    this.push('identifier', this.source.slice(start, this.at), start);
    this.terminated(start);
  }

  private number(start: number): void {
    let end = start + 1;
    while (
      /[0-9a-zA-Z_.]/.test(this.source[end] ?? '') ||
      (/[+-]/.test(this.source[end] ?? '') && /[eEpP]/.test(this.source.charAt(end - 1)))
    ) {
      end++;
    }
    this.at = end;
    this.push('number', this.source.slice(start, end), start);
    this.terminated(start);
  }

  /** A word must be followed by something that can end it. */
  private terminated(_start: number): void {
    const next = this.source.charAt(this.at);
    if (next === '' || SPACE.test(next) || '.,|:)(='.includes(next) || this.source.startsWith('}}', this.at)) return;
    throw this.unexpected(this.at);
  }

  private unexpected(offset: number): TemplateSyntaxError {
    const character = this.codePoint(offset);
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return this.fail(`bad character U+${code} '${character}'`, offset);
  }

  private codePoint(offset: number): string {
    return String.fromCodePoint(this.source.codePointAt(offset) ?? 0xfffd);
  }

  private wordEnd(start: number): number {
    let end = start;
    while (end < this.source.length) {
      const character = this.codePoint(end);
      if (!WORD.test(character)) break;
      end += character.length;
    }
    return end;
  }
}
