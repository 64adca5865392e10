// The tokens under the parser, with Go's way to name one in a message and to choose the line of a mistake: the line of
// the furthest token that was looked at.
import { goQuote } from '../../common';
import { type Token } from './lexer';
import { type TemplateSyntaxError } from './template.errors';

export type Fail = (reason: string, offset: number) => TemplateSyntaxError;

export class TokenStream {
  private at = 0;
  private furthest = 0;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly source: string,
    private readonly failWith: Fail,
  ) {}

  peek(): Token {
    const index = Math.min(this.at, this.tokens.length - 1);
    if (index > this.furthest) this.furthest = index;
    return this.tokens[index] as Token;
  }

  next(): Token {
    const token = this.peek();
    this.at++;
    return token;
  }

  /** The next token that is no space, which stays the next. */
  peekNonSpace(): Token {
    let token = this.peek();
    while (token.type === 'space') {
      this.at++;
      token = this.peek();
    }
    return token;
  }

  nextNonSpace(): Token {
    const token = this.peekNonSpace();
    this.at++;
    return token;
  }

  /** A place to come back to. */
  mark(): number {
    return this.at;
  }

  reset(mark: number): void {
    this.at = mark;
  }

  expect(type: Token['type'], where: string): Token {
    const token = this.nextNonSpace();
    if (token.type !== type) throw this.unexpected(token, where);
    return token;
  }

  /** The error "this token can't stand here"; a mistake of the lexer is reported as it is. */
  unexpected(token: Token, where: string): TemplateSyntaxError {
    if (token.type === 'error') return this.fail(token.text, token.offset);
    return this.fail(`unexpected ${nameOf(token)} in ${where}`, token.offset);
  }

  /** An error at an offset, or at the furthest token when that stands in another line. */
  fail(reason: string, offset: number): TemplateSyntaxError {
    const last = (this.tokens[this.furthest] as Token).offset;
    const [from, to] = offset < last ? [offset, last] : [last, offset];
    return this.failWith(reason, this.source.slice(from, to).includes('\n') ? last : offset);
  }
}

function nameOf(token: Token): string {
  if (token.type === 'end') return 'EOF';
  if (token.type === 'keyword' || token.type === 'nil' || token.type === 'dot') return `<${token.text}>`;
  const text = token.type === 'field' ? `.${token.text}` : token.text;
  const characters = [...text];
  return characters.length > 10 ? `${goQuote(characters.slice(0, 10).join(''))}...` : goQuote(text);
}
