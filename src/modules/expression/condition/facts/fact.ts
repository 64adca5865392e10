// What is known of a condition before there is data: which field it looks at, which texts may stand there, and which of
// them let it pass.
import { type SourceNode } from '../../../common';
import { type DataPath } from '../../template/template.types';
import { type PossibleTexts } from './possible-texts';

/** One condition, when it looks at a field. */
export interface Fact {
  /** The field as written: conditions of one subject see the same text. */
  readonly subject: string;
  /** Undefined: a template, which may fail, and then nothing passes. */
  readonly path: DataPath | undefined;
  readonly operator: string;
  /** As written; a template too. */
  readonly expected: string;
  readonly isNegated: boolean;
  readonly texts: PossibleTexts;
  /** Whether a text passes, with `negate`; undefined when that is not known before there is data. */
  readonly holds: ((text: string) => boolean) | undefined;
  /** Of a test of types that can't be right: the types that the field may have. */
  readonly otherTypes?: string | undefined;
  readonly place: Pick<SourceNode, 'position' | 'path'>;
}

/** The facts of `when` and `or`. */
export interface ConditionFacts {
  readonly when: readonly Fact[];
  readonly or: readonly Fact[];
  /** How many conditions of `or` there are; those of which nothing is known are no facts. */
  readonly alternatives: number;
  /** How many there are in all. */
  readonly count: number;
  /** It was told that they never hold. */
  readonly isNever: boolean;
}

/** `equals "gold"`, `not: exists`. */
export function factWords({ operator, expected, isNegated }: Fact): string {
  const words = expected === '' && operator !== 'equals' ? operator : `${operator} "${expected}"`;
  return isNegated ? `not: ${words}` : words;
}
