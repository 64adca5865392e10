import { type DataPath, type EvaluationContext, type Purity, type TemplateData } from '../template/template.types';
import { type ConditionFields } from './condition.types';
import { type Fact } from './facts/fact';

/** One condition after compile. */
export interface Test {
  readonly purity: Purity;
  readonly reads: readonly DataPath[];
  readonly uniqueFields?: readonly DataPath[];
  readonly position: ConditionFields['position'];
  /** What is known of it before there is data; undefined when it looks at no field, or is wrong. */
  readonly fact?: Fact | undefined;
  passes(data: TemplateData, context: EvaluationContext): boolean;
  words(data: TemplateData, context: EvaluationContext): string;
}
