// Facts of the conditions that are compiled.
import { type SourceText } from '../../../common';
import { type DataPath, type Purity } from '../../template/template.types';
import { membersOf, type Simple, type Type } from '../../type/type';
import { type Operator } from '../operators';
import { type Fact } from './fact';
import { type PossibleTexts } from './possible-texts';

/** What is known of the field of a condition. */
export interface FieldFacts {
  /** As written; empty when there is none, or none that can be read. */
  readonly name: string;
  readonly texts: PossibleTexts;
  readonly type: Type;
  readonly purity: Purity;
  readonly reads: readonly DataPath[];
}

/** `known`: the operator, when its expected text is known before there is data. */
export function factOf(
  operator: string,
  { name, purity, texts, reads }: FieldFacts,
  expected: SourceText | undefined,
  place: Fact['place'],
  known: Operator | undefined,
): Fact | undefined {
  // A random value is another one for every condition.
  if (name === '' || purity === 'random') return undefined;
  // Without data it is an input of a Motif that decides: the Motif is made for others, too.
  if (reads.length === 0 && purity === 'pure' && place.position.usedAt !== undefined) return undefined;
  const wish = expected?.text ?? '';
  return {
    subject: name,
    path: name.includes('{{') ? undefined : name.split('.'),
    operator,
    expected: wish,
    isNegated: false,
    texts,
    holds: known === undefined ? undefined : (text) => known.compare(text, wish),
    place,
  };
}

/** Of a test of the type. Anything may be missing, and then it is null. */
export function typeFactOf(
  operator: string,
  field: FieldFacts,
  expected: SourceText | undefined,
  place: Fact['place'],
  wanted: string,
): Fact | undefined {
  const fact = factOf(operator, field, expected, place, undefined);
  const members = membersOf(field.type);
  if (fact === undefined || members === undefined || wanted === 'null') return fact;
  const types = [...new Set(members.map(({ kind }) => TYPE_NAMES[kind]))];
  return types.includes(wanted) ? fact : { ...fact, otherTypes: `of type ${types.join(' or ')}` };
}

/** The same with `negate: true`. */
export function negated(fact: Fact): Fact {
  const { holds } = fact;
  return { ...fact, isNegated: true, holds: holds === undefined ? undefined : (text) => !holds(text) };
}

/** As `typeOf` calls them. */
const TYPE_NAMES: Readonly<Record<Simple['kind'], string>> = {
  string: 'string',
  int: 'number',
  float: 'number',
  bool: 'bool',
  list: 'slice',
  map: 'map',
  object: 'map',
};
