// Conditions that have to hold at once: whether they can.
import { type ConditionFacts, type Fact } from './fact';
import { ALL_NUMBERS, closed, type Intervals, intersect, intervalsOf, isEmpty } from './intervals';
import { isPrintedNumber, type PossibleTexts } from './possible-texts';

/** `text`: one with which all of them hold. Undefined: not known. */
export type Together = { readonly canHold: false } | { readonly canHold: true; readonly text: string } | undefined;

/** Of conditions on one subject. */
export function together(facts: readonly Fact[]): Together {
  const [first] = facts;
  if (first === undefined) return undefined;
  const candidates = pinnedTo(facts) ?? completeTexts(first.texts);
  const decided = facts.flatMap(({ holds }) => holds ?? []);
  const passes = (text: string): boolean => decided.every((holds) => holds(text));
  if (candidates !== undefined) {
    const text = candidates.find((candidate) => isPossible(candidate, first.texts) && passes(candidate));
    if (text === undefined) return { canHold: false };
    return decided.length === facts.length ? { canHold: true, text } : undefined;
  }
  if (areOpposite(facts) || isEmpty(numbersOf(facts, first.texts), isWhole(first.texts))) return { canHold: false };
  // Of a text with a form nobody knows which ones there are.
  const hasForm = first.texts.kind === 'text' && !first.texts.isFree;
  if (hasForm || decided.length < facts.length) return undefined;
  const text = guesses(facts).find((candidate) => isPossible(candidate, first.texts) && passes(candidate));
  return text === undefined ? undefined : { canHold: true, text };
}

/** By subject. */
export function bySubject(facts: readonly Fact[]): ReadonlyMap<string, readonly Fact[]> {
  const groups = new Map<string, Fact[]>();
  for (const fact of facts) {
    const group = groups.get(fact.subject);
    if (group === undefined) groups.set(fact.subject, [fact]);
    else group.push(fact);
  }
  return groups;
}

const MAX_WAYS = 64;

/** What all of them need: a list for each way through their alternatives; undefined when there are too many. */
export function waysThrough(all: readonly ConditionFacts[]): readonly (readonly Fact[])[] | undefined {
  let ways: readonly (readonly Fact[])[] = [all.flatMap(({ when }) => when)];
  for (const { or, alternatives } of all) {
    // An alternative of which nothing is known may always hold.
    if (alternatives === 0 || or.length < alternatives) continue;
    if (ways.length * or.length > MAX_WAYS) return undefined;
    ways = ways.flatMap((way) => or.map((fact) => [...way, fact]));
  }
  return ways;
}

/** Certain that they never hold at once. */
export function excludeEachOther(all: readonly ConditionFacts[]): boolean {
  const ways = waysThrough(all);
  return ways !== undefined && ways.every((way) => [...bySubject(way).values()].some(isContradiction));
}

function isContradiction(group: readonly Fact[]): boolean {
  return group.length > 1 && together(group)?.canHold === false;
}

/** Texts of fields with which all hold at once; undefined when that is not certain. */
export function witnessOf(all: readonly ConditionFacts[]): ReadonlyMap<string, string> | undefined {
  // Of some conditions nothing is known.
  if (all.some(({ when, or, count }) => when.length + or.length < count)) return undefined;
  for (const way of waysThrough(all) ?? []) {
    const found = witnessOfWay(way);
    if (found !== undefined) return found;
  }
  return undefined;
}

function witnessOfWay(way: readonly Fact[]): ReadonlyMap<string, string> | undefined {
  const texts = new Map<string, string>();
  for (const [subject, group] of bySubject(way)) {
    const found = together(group);
    if (found?.canHold !== true || group[0]?.path === undefined) return undefined;
    texts.set(subject, found.text);
  }
  const subjects = [...texts.keys()].sort();
  // A field inside of another one: their texts depend on each other.
  const isNested = subjects.some((subject, at) => subjects[at + 1]?.startsWith(`${subject}.`) === true);
  return isNested ? undefined : texts;
}

/** Texts of one field, one for each way in which these conditions may come out, as far as one was found. */
export function candidateTexts(facts: readonly Fact[]): readonly string[] {
  const [first] = facts;
  if (first === undefined) return [];
  const byOutcome = new Map<string, string>();
  for (const text of completeTexts(first.texts) ?? guesses(facts)) {
    if (!isPossible(text, first.texts)) continue;
    const outcome = facts.map(({ holds }) => holds?.(text) ?? '').join();
    if (!byOutcome.has(outcome)) byOutcome.set(outcome, text);
  }
  return [...byOutcome.values()];
}

/** Every text that can be, when those are few. */
function completeTexts(texts: PossibleTexts): readonly string[] | undefined {
  return texts.kind === 'some' ? texts.texts : undefined;
}

function isPossible(text: string, texts: PossibleTexts): boolean {
  if (text === '') return texts.kind !== 'some' || texts.texts.includes('');
  switch (texts.kind) {
    case 'some':
      return texts.texts.includes(text);
    case 'number':
      return isPrintedNumber(text, texts);
    case 'structure':
      return text.startsWith(texts.what === 'list' ? '[' : 'map[');
    default:
      return true;
  }
}

/** The only texts that one of the conditions lets pass. */
function pinnedTo(facts: readonly Fact[]): readonly string[] | undefined {
  for (const { operator, expected, isNegated, holds } of facts) {
    if (holds === undefined) continue;
    if (operator === (isNegated ? 'notEquals' : 'equals')) return [expected];
    if (operator === (isNegated ? 'notIn' : 'in')) return expected.split(',').map((item) => item.trim());
    if (operator === (isNegated ? 'exists' : 'notExists')) return ['', '<no value>'];
  }
  return undefined;
}

const NEGATIONS: Readonly<Record<string, string>> = {
  notEquals: 'equals',
  notPrefix: 'prefix',
  notSuffix: 'suffix',
  notContains: 'contains',
  notIn: 'in',
  notExists: 'exists',
};

/** One condition, and the same turned round. */
function areOpposite(facts: readonly Fact[]): boolean {
  const seen = new Map<string, boolean>();
  for (const { operator, expected, isNegated } of facts) {
    const name = NEGATIONS[operator] ?? operator;
    const isTurned = isNegated !== (name !== operator);
    const key = `${name}\0${expected}`;
    const before = seen.get(key);
    if (before !== undefined && before !== isTurned) return true;
    seen.set(key, before ?? isTurned);
  }
  return false;
}

/** Every text counts as a number: one that begins with none is 0. */
function numbersOf(facts: readonly Fact[], texts: PossibleTexts): Intervals {
  const start: Intervals = texts.kind === 'number' ? [closed(texts.minimum, texts.maximum), closed(0, 0)] : ALL_NUMBERS;
  return facts.reduce<Intervals>((left, { operator, expected, isNegated, holds }) => {
    // What is no number at all passes neither of the two, so what is turned round says nothing of it.
    const mayBeWord = isNegated && /between$/i.test(operator) && texts.kind !== 'number';
    const allowed = holds === undefined || mayBeWord ? undefined : intervalsOf(operator, expected, isNegated);
    return allowed === undefined ? left : intersect(left, allowed);
  }, start);
}

function isWhole(texts: PossibleTexts): boolean {
  return texts.kind === 'number' && texts.isWhole;
}

/** Texts that are worth a try. */
function guesses(facts: readonly Fact[]): readonly string[] {
  const found = new Set<string>(['', 'x', '1', '0']);
  for (const { operator, expected } of facts) {
    for (const part of expected.split(',').map((item) => item.trim())) {
      if (part !== '' && Number.isFinite(Number(part))) {
        for (const step of [0, 1, -1, 0.5]) found.add(String(Number(part) + step));
      } else if (operator !== 'regex') found.add(part);
    }
  }
  const starts = facts.filter(({ operator }) => operator === 'prefix').map(({ expected }) => expected);
  const ends = facts.filter(({ operator }) => operator === 'suffix').map(({ expected }) => expected);
  for (const start of starts) for (const end of ends) found.add(`${start}${end}`);
  return [...found];
}
