// A condition as it is decoded from YAML (docs/reference/katalog.md, condition), and what it becomes.
import { type MapNode, type SourcePosition, type SourceText } from '../../common';
import { type DataPath, type EvaluationContext, type Purity, type TemplateData } from '../template/template.types';
import { type ConditionFacts } from './facts/fact';

/** Operators that compare the text of a field with an expected text. */
export const COMPARISONS = [
  'equals',
  'notEquals',
  'prefix',
  'notPrefix',
  'suffix',
  'notSuffix',
  'contains',
  'notContains',
  'regex',
  'greaterThan',
  'lessThan',
  'greaterThanOrEqual',
  'lessThanOrEqual',
  'min',
  'max',
  'between',
  'notBetween',
  'in',
  'notIn',
] as const;
export type Shorthand = (typeof COMPARISONS)[number];

/** One condition as decoded. */
export type ConditionFields = { readonly [K in Shorthand]?: SourceText | undefined } & {
  readonly position: SourcePosition;
  readonly path: string;
  /** What is written, whether it could be read or not. */
  readonly node: MapNode;
  readonly field?: SourceText | undefined;
  readonly operator?: SourceText | undefined;
  readonly value?: SourceText | undefined;
  readonly exists?: boolean | undefined;
  readonly notExists?: boolean | undefined;
  readonly negate?: boolean | undefined;
  readonly time?:
    | { readonly node: MapNode; readonly after?: SourceText | undefined; readonly before?: SourceText | undefined }
    | undefined;
  readonly dayOfWeek?:
    | {
        readonly node: MapNode;
        readonly in?: readonly SourceText[] | undefined;
        readonly notIn?: readonly SourceText[] | undefined;
        readonly weekday?: boolean | undefined;
        readonly weekend?: boolean | undefined;
      }
    | undefined;
  readonly cron?: SourceText | undefined;
  readonly duration?: SourceText | undefined;
  readonly notify?:
    { readonly teams?: readonly SourceText[] | undefined; readonly message?: SourceText | undefined } | undefined;
};

/** `when` and `or` as decoded. */
export interface ConditionsSource {
  readonly when?: readonly ConditionFields[] | undefined;
  readonly or?: readonly ConditionFields[] | undefined;
}

/** How one condition came out, in words: `spec.size is 3, needs >= 5`. */
export interface ConditionTrace {
  /** All of `when` must pass, and one of `or`. */
  readonly block: 'when' | 'or';
  readonly text: string;
  readonly passed: boolean;
  readonly position: SourcePosition;
}

/** `when` and `or` after compile. */
export interface CompiledConditions {
  /** No condition at all. */
  readonly isAlways: boolean;
  readonly purity: Purity;
  readonly reads: readonly DataPath[];
  /** Fields whose values are looked up among the other resources of the kind (`operator: unique`). */
  readonly uniqueFields: readonly DataPath[];
  /** What is known of them before there is data. */
  readonly facts: ConditionFacts;
  /** `when`: all; `or`: at least one; both blocks must pass. Never throws. */
  evaluate(data: TemplateData, context: EvaluationContext): boolean;
  explain(data: TemplateData, context: EvaluationContext): readonly ConditionTrace[];
  /** Why they do not hold, in one line: `spec.size is 3, needs >= 5`; undefined when they hold. Never throws. */
  whyNot(data: TemplateData, context: EvaluationContext): string | undefined;
}
