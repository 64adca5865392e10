// Which texts a condition may find in a field, from what is known of its type. A missing field is the empty text, so that
// is always among them.
import { formatFloat, printValue } from '../../template/value';
import { type Output, type Piece } from '../../type/result-form';
import { membersOf, type ScalarType, type Simple, type TextType, type Type } from '../../type/type';

export type PossibleTexts =
  /** One of these, and nothing else. */
  | { readonly kind: 'some'; readonly texts: readonly string[] }
  /** A number as it is printed, or nothing. */
  | { readonly kind: 'number'; readonly isWhole: boolean; readonly minimum: number; readonly maximum: number }
  /** A list or a map as Go prints it, or nothing. */
  | { readonly kind: 'structure'; readonly what: 'list' | 'map' }
  /** `isFree`: a text that the schema says nothing of, or a name. */
  | { readonly kind: 'text'; readonly isFree: boolean }
  | { readonly kind: 'unknown' };

export const UNKNOWN_TEXTS: PossibleTexts = { kind: 'unknown' };

/** Of a field with this type. */
export function textsOfType(type: Type): PossibleTexts {
  const members = membersOf(type);
  if (members === undefined) return UNKNOWN_TEXTS;
  const finite = members.map(finiteTexts);
  if (finite.every((texts) => texts !== undefined)) return some(finite.flat());
  if (members.every(isNumber)) return numbers(members);
  const [only] = members;
  if (only === undefined || members.length > 1) return UNKNOWN_TEXTS;
  if (only.kind === 'string') return { kind: 'text', isFree: only.isFree === true || only.isName === true };
  return { kind: 'structure', what: only.kind === 'list' ? 'list' : 'map' };
}

/** Of a template that may print this. */
export function textsOfOutput(output: Output): PossibleTexts {
  const ways = (output ?? []).map(textsOfWay);
  const [only] = ways;
  if (only !== undefined && ways.length === 1) return only;
  const texts = ways.map((way) => (way.kind === 'some' ? way.texts : undefined));
  return output !== undefined && texts.every((list) => list !== undefined)
    ? { kind: 'some', texts: [...new Set(texts.flat())] }
    : UNKNOWN_TEXTS;
}

/** What the field is, behind "is". */
export function wordsOf(possible: PossibleTexts): string {
  switch (possible.kind) {
    case 'some': {
      const texts = possible.texts.filter((text) => text !== '');
      if (texts.length === 0) return 'always empty';
      return texts.length > MAX_SHOWN ? `one of ${texts.length} words` : texts.map((text) => `"${text}"`).join(' or ');
    }
    case 'number':
      return `a ${possible.isWhole ? 'whole ' : ''}number${boundWords(possible.minimum, possible.maximum)}`;
    case 'structure':
      return `a ${possible.what}`;
    default:
      return 'a text';
  }
}

/** Whether a number is ever printed so. */
export function isPrintedNumber(
  text: string,
  { isWhole, minimum, maximum }: Extract<PossibleTexts, { readonly kind: 'number' }>,
): boolean {
  const form = isWhole ? /^-?\d+$/ : /^[+-]?\d+(\.\d+)?(e[+-]\d+)?$/i;
  if (!form.test(text)) return false;
  const value = Number(text);
  if (value < minimum || value > maximum) return false;
  // Beyond this a number may have more digits than a double tells.
  if (Math.abs(value) >= Number.MAX_SAFE_INTEGER) return true;
  return printValue(value) === text || (!isWhole && formatFloat(value) === text);
}

const MAX_SHOWN = 8;

function boundWords(minimum: number, maximum: number): string {
  if (Number.isFinite(minimum) && Number.isFinite(maximum)) return ` from ${minimum} to ${maximum}`;
  if (Number.isFinite(minimum)) return ` from ${minimum} on`;
  return Number.isFinite(maximum) ? ` up to ${maximum}` : '';
}

function some(texts: readonly string[]): PossibleTexts {
  return { kind: 'some', texts: [...new Set(texts)] };
}

/** With a known truth it is no missing field. */
function finiteTexts(type: Simple): readonly string[] | undefined {
  const missing = type.truth === undefined ? [''] : [];
  if (type.kind === 'bool') return [...missing, ...(type.truth === undefined ? ['true', 'false'] : [`${type.truth}`])];
  if (type.kind === 'int' && type.value !== undefined) return [...missing, String(type.value)];
  return type.kind === 'string' && type.values !== undefined ? [...missing, ...type.values] : undefined;
}

function isNumber(type: Simple): type is ScalarType {
  return type.kind === 'int' || type.kind === 'float';
}

function numbers(members: readonly (ScalarType | TextType | Simple)[]): PossibleTexts {
  const scalars = members.filter((member): member is ScalarType => isNumber(member));
  return {
    kind: 'number',
    isWhole: scalars.every(({ kind }) => kind === 'int'),
    minimum: Math.min(...scalars.map(({ bounds }) => bounds?.minimum ?? -Infinity)),
    maximum: Math.max(...scalars.map(({ bounds }) => bounds?.maximum ?? Infinity)),
  };
}

function textsOfWay(pieces: readonly Piece[]): PossibleTexts {
  if (pieces.every((piece) => 'text' in piece)) {
    const text = pieces.map((piece) => piece.text).join('');
    return some([text.trim().replaceAll('<no value>', '').trim()]);
  }
  const told = pieces.filter((piece) => !('text' in piece) || piece.text.trim() !== '');
  const [only] = told;
  if (only === undefined || told.length > 1 || 'text' in only) return UNKNOWN_TEXTS;
  const texts = textsOfType(only.type);
  // A text is printed without the white space at its ends.
  return texts.kind === 'some' ? some(texts.texts.map((text) => text.trim())) : texts;
}
