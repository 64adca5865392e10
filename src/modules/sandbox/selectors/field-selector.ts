// Field selectors: `metadata.name=a,status.phase!=Running`. Which fields may be asked for is the kind's affair.
import { badRequest } from '../status';

export interface FieldTerm {
  readonly field: string;
  readonly isEqual: boolean;
  readonly value: string;
}

const OPERATORS = ['!=', '==', '='] as const;

/** Throws a 400. */
export function parseFieldSelector(selector: string): readonly FieldTerm[] {
  const terms: FieldTerm[] = [];
  for (const term of splitTerms(selector).sort()) {
    if (term === '') continue;
    const split = splitTerm(term);
    if (split === undefined) throw badRequest(`invalid selector: '${selector}'; can't understand '${term}'`);
    terms.push({ field: split.field, isEqual: split.isEqual, value: unescape(split.value) });
  }
  return terms;
}

/** At commas that no backslash stands before. */
function splitTerms(selector: string): string[] {
  const terms: string[] = [];
  let start = 0;
  for (let at = 0; at < selector.length; at++) {
    const character = selector.charAt(at);
    if (character === '\\') at++;
    else if (character === ',') {
      terms.push(selector.slice(start, at));
      start = at + 1;
    }
  }
  terms.push(selector.slice(start));
  return terms;
}

function splitTerm(term: string): FieldTerm | undefined {
  for (let at = 0; at < term.length; at++) {
    const operator = OPERATORS.find((candidate) => term.startsWith(candidate, at));
    if (operator !== undefined) {
      return { field: term.slice(0, at), isEqual: operator !== '!=', value: term.slice(at + operator.length) };
    }
  }
  return undefined;
}

function unescape(value: string): string {
  let text = '';
  for (let at = 0; at < value.length; at++) {
    const character = value.charAt(at);
    if (character === '\\') {
      const next = value.charAt(++at);
      if (!['\\', ',', '='].includes(next) || next === '') {
        throw badRequest(`invalid field selector: invalid escape sequence: \\${next}`);
      }
      text += next;
    } else if (character === ',' || character === '=') {
      throw badRequest(`invalid field selector: unescaped character in value: ${character.charCodeAt(0)}`);
    } else text += character;
  }
  return text;
}
