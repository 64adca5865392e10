// The words of a label selector.

export interface Token {
  readonly kind:
    'end' | 'identifier' | '(' | ')' | ',' | '!' | '=' | '==' | '!=' | '>' | '<' | 'in' | 'notin' | 'error';
  /** As it is written; '' at the end. */
  readonly text: string;
}

const SPECIAL = new Set(['=', '!', '(', ')', ',', '>', '<']);
const SPACE = new Set([' ', '\t', '\r', '\n']);
const SIGNS = ['==', '!=', '=', '!', '(', ')', ',', '>', '<'] as const;

/** All words, the end among them. */
export function tokensOf(selector: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < selector.length) {
    const character = selector.charAt(at);
    if (SPACE.has(character)) at++;
    else if (SPECIAL.has(character)) {
      const sign = SIGNS.find((candidate) => selector.startsWith(candidate, at)) ?? '=';
      tokens.push({ kind: sign, text: sign });
      at += sign.length;
    } else {
      const end = endOfWord(selector, at);
      const text = selector.slice(at, end);
      tokens.push({ kind: text === 'in' || text === 'notin' ? text : 'identifier', text });
      at = end;
    }
  }
  tokens.push({ kind: 'end', text: '' });
  return tokens;
}

function endOfWord(selector: string, start: number): number {
  let at = start;
  while (at < selector.length && !SPECIAL.has(selector.charAt(at)) && !SPACE.has(selector.charAt(at))) at++;
  return at;
}
