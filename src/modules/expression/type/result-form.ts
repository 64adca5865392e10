// What a template gives as a whole, and whether it can become the value that a field takes.
import { article } from './argument';
import { type Findings, TYPE_CODE } from './finding';
import { kindWords, membersOf, type Simple, type Type } from './type';

/** What a field makes of the text of its template. */
export interface ResultForm {
  /** `a port (1 to 65535)` */
  readonly words: string;
  /** What is wrong with a text, in a sentence; undefined for one that the field takes. */
  problem(text: string): string | undefined;
  /** Kinds whose printed form may be one. */
  readonly kinds: readonly Simple['kind'][];
  /** Whether the name of an object may be one. */
  readonly takesNames?: boolean;
  /** Every character of one, when that says anything. */
  readonly characters?: RegExp;
}

/** A part of what is printed: a text of the template, or a value. */
export type Piece =
  | { readonly text: string; readonly offset: number }
  | { readonly type: Type; readonly words: string; readonly offset: number };

/** What may be printed: a list of pieces for each way through the template; undefined when there are too many. */
export type Output = readonly (readonly Piece[])[] | undefined;

const MAX_WAYS = 16;

export const NOTHING: Output = [[]];

export function then(before: Output, after: Output): Output {
  if (before === undefined || after === undefined || before.length * after.length > MAX_WAYS) return undefined;
  return before.flatMap((first) => after.map((second) => [...first, ...second]));
}

export function either(one: Output, other: Output): Output {
  return one === undefined || other === undefined || one.length + other.length > MAX_WAYS
    ? undefined
    : [...one, ...other];
}

/** Reports what can't become a value of the field, whatever the data is. */
export function checkResult(output: Output, form: ResultForm, findings: Findings): void {
  for (const pieces of output ?? []) checkWay(pieces, form, findings);
}

function checkWay(pieces: readonly Piece[], form: ResultForm, findings: Findings): void {
  const told = pieces.filter((piece) => !('text' in piece) || piece.text.trim() !== '');
  const [first, second] = told;
  // Nothing at all means "not set".
  if (first === undefined) return;
  if (told.every((piece) => 'text' in piece)) checkText(pieces, first.offset, form, findings);
  else if (second === undefined && 'type' in first) checkValue(first, form, findings);
  else for (const piece of told) checkPart(piece, form, findings);
}

function report(message: string, offset: number, findings: Findings): void {
  findings.add({ code: TYPE_CODE.result, severity: 'error', message, offset });
}

function checkText(pieces: readonly Piece[], offset: number, form: ResultForm, findings: Findings): void {
  const text = pieces
    .map((piece) => ('text' in piece ? piece.text : ''))
    .join('')
    .trim();
  const problem = text.includes('<no value>') ? undefined : form.problem(text);
  if (problem !== undefined) report(problem, offset, findings);
}

function checkValue(piece: Extract<Piece, { readonly type: Type }>, form: ResultForm, findings: Findings): void {
  const members = membersOf(piece.type);
  if (members === undefined || members.length === 0 || members.some((member) => mayBecome(member, form))) return;
  const [only] = members;
  const isName = members.length === 1 && only?.kind === 'string' && only.isName === true;
  const values = only?.kind === 'string' ? only.values : undefined;
  const what = isName
    ? 'a name'
    : values !== undefined
      ? values.map((value) => `"${value}"`).join(' or ')
      : article(kindWords(piece.type));
  report(`expected ${form.words}, but ${piece.words} is ${what}`, piece.offset, findings);
}

function mayBecome(member: Simple, form: ResultForm): boolean {
  if (!form.kinds.includes(member.kind)) return false;
  if (member.kind !== 'string') return true;
  if (member.isName === true) return form.takesNames === true;
  return member.values?.every((value) => value !== '' && form.problem(value) !== undefined) !== true;
}

/** A piece of a longer text: no whole value, but it may hold what no value can hold. */
function checkPart(piece: Piece, form: ResultForm, findings: Findings): void {
  if (form.characters === undefined) return;
  if ('text' in piece) {
    const wrong = [...piece.text.replace(/\s/g, '')].filter((character) => form.characters?.test(character) !== true);
    if (wrong.length === 0 || piece.text.includes('<') || piece.text.includes('>')) return;
    report(`expected ${form.words}: "${piece.text.trim()}" can be no part of one`, piece.offset, findings);
    return;
  }
  const members = membersOf(piece.type) ?? [];
  if (members.length === 0 || !members.every(({ kind }) => kind === 'list' || kind === 'map' || kind === 'object')) {
    return;
  }
  report(`expected ${form.words}, but ${piece.words} is ${article(kindWords(piece.type))}`, piece.offset, findings);
}
