// One condition against the type of its field: what can never hold, and what always does.
import { didYouMean } from '../../../common';
import { type Fact, factWords } from './fact';
import { closed, holdsAll, intersect, intervalsOf, isEmpty } from './intervals';
import { isPrintedNumber, type PossibleTexts, wordsOf } from './possible-texts';

export interface Verdict {
  /** `odd`: it may be meant so. */
  readonly kind: 'never' | 'always' | 'odd';
  readonly message: string;
}

/** Undefined: the data decide. */
export function judge(fact: Fact): Verdict | undefined {
  const outcomes = outcomesOf(fact);
  if (outcomes === 'both') return oddity(fact);
  // A template that fails is as good as false; `negate` turns that round, too.
  const mayFail = fact.path === undefined;
  if (mayFail && outcomes !== fact.isNegated) return undefined;
  const what = fact.otherTypes ?? wordsOf(fact.texts);
  const how = outcomes ? 'always holds' : 'never holds';
  const message = `${fact.subject} is ${what}: ${factWords(fact)} ${how}${hint(fact)}`;
  return { kind: outcomes ? 'always' : 'never', message };
}

/** Whether every possible text passes, or none. */
function outcomesOf(fact: Fact): boolean | 'both' {
  const { texts, holds, otherTypes, isNegated } = fact;
  if (otherTypes !== undefined) return isNegated;
  if (holds === undefined) return 'both';
  switch (texts.kind) {
    case 'some':
      return allOf(texts.texts.map((text) => holds(text)));
    case 'number':
      return ofNumber(fact, texts);
    case 'structure':
      return ofStructure(fact, texts.what);
    default:
      return 'both';
  }
}

function allOf(results: readonly boolean[]): boolean | 'both' {
  const [first] = results;
  return first !== undefined && results.every((result) => result === first) ? first : 'both';
}

/** Names of operators that ask for a part of a text, or for the whole of it, and those that turn them round. */
const OPPOSITE: Readonly<Record<string, string>> = {
  notEquals: 'equals',
  notPrefix: 'prefix',
  notSuffix: 'suffix',
  notContains: 'contains',
  notIn: 'in',
};

/** The operator without its negation, and whether it was turned round. */
function positive({ operator, isNegated }: Fact): { readonly operator: string; readonly isTurned: boolean } {
  const opposite = OPPOSITE[operator];
  return { operator: opposite ?? operator, isTurned: isNegated !== (opposite !== undefined) };
}

function items(expected: string): readonly string[] {
  return expected.split(',').map((item) => item.trim());
}

function ofNumber(fact: Fact, texts: Extract<PossibleTexts, { readonly kind: 'number' }>): boolean | 'both' {
  const allowed = intervalsOf(fact.operator, fact.expected, fact.isNegated);
  if (allowed !== undefined) {
    // A missing number counts as 0.
    const possible = [closed(texts.minimum, texts.maximum), closed(0, 0)];
    if (isEmpty(intersect(allowed, possible), texts.isWhole)) return false;
    return holdsAll(allowed, possible, texts.isWhole) ? true : 'both';
  }
  const { operator, isTurned } = positive(fact);
  const isPrinted = (text: string): boolean => text === '' || isPrintedNumber(text, texts);
  const noPart = texts.isWhole ? /[^-0-9]/ : /[^-+.0-9eE]/;
  const isImpossible =
    (operator === 'equals' && !isPrinted(fact.expected)) ||
    (operator === 'in' && !items(fact.expected).some(isPrinted)) ||
    (['prefix', 'suffix', 'contains'].includes(operator) && noPart.test(fact.expected));
  return isImpossible ? isTurned : 'both';
}

function ofStructure(fact: Fact, what: 'list' | 'map'): boolean | 'both' {
  // It is never read as a number, so it counts as 0, as a missing one does.
  if (/^(gte?|lte?|greater|less|min|max)/.test(fact.operator)) return fact.holds?.('') ?? 'both';
  const { operator, isTurned } = positive(fact);
  const start = what === 'list' ? '[' : 'map[';
  const isOne = (text: string): boolean => text === '' || text.startsWith(start);
  const isImpossible =
    (operator === 'equals' && !isOne(fact.expected)) ||
    (operator === 'in' && !items(fact.expected).some(isOne)) ||
    (operator === 'prefix' && !start.startsWith(fact.expected) && !fact.expected.startsWith(start));
  return isImpossible ? isTurned : 'both';
}

const ORDERS = /^(gte?|lte?|greaterThan(OrEqual)?|lessThan(OrEqual)?|min|max|between|notBetween)$/;

function oddity(fact: Fact): Verdict | undefined {
  const { texts, subject, operator, path } = fact;
  if (texts.kind === 'text' && texts.isFree && path !== undefined && ORDERS.test(operator)) {
    const message = `${subject} is a text: ${operator} reads the number in front of it ("10Gi" is 10, a word is 0)`;
    return { kind: 'odd', message };
  }
  const lost = fact.holds === undefined ? [] : lostItems(fact);
  if (lost.length === 0) return undefined;
  const message = `${subject} is ${wordsOf(texts)}: ${lost.map((item) => `"${item}"`).join(', ')} of ${operator} never counts${didYouMean(lost[0] ?? '', known(texts))}`;
  return { kind: 'odd', message };
}

/** Items of a comma list that the field never has. */
function lostItems({ operator, expected, texts }: Fact): readonly string[] {
  if (operator !== 'in' && operator !== 'notIn') return [];
  const given = items(expected).filter((item) => item !== '');
  if (texts.kind === 'some') return given.filter((item) => !texts.texts.includes(item));
  return texts.kind === 'number' ? given.filter((item) => !isPrintedNumber(item, texts)) : [];
}

function known(texts: PossibleTexts): readonly string[] {
  return texts.kind === 'some' ? texts.texts.filter((text) => text !== '') : [];
}

/** The nearest word; a list of many words is shown when none is near. */
function hint({ operator, expected, texts }: Fact): string {
  if (!/^(not)?(equals|in)$/i.test(operator) || texts.kind !== 'some') return '';
  return didYouMean(items(expected)[0] ?? '', known(texts));
}
