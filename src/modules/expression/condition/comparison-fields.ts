// Comparisons that conditions and validation rules share. Two groups, because the tests for presence, which rules do
// not have, stand between them wherever fields are listed.
import { optional, text } from '../../schema';

export const textComparisons = {
  equals: optional(text, 'The field has this text.'),
  notEquals: optional(text, 'The field has another text.'),
  contains: optional(text, 'The field holds this text.'),
  notContains: optional(text, 'The field does not hold this text.'),
  regex: optional(text, 'The field matches this RE2 pattern somewhere.'),
  prefix: optional(text, 'The field starts so.'),
  notPrefix: optional(text, 'The field does not start so.'),
  suffix: optional(text, 'The field ends so.'),
  notSuffix: optional(text, 'The field does not end so.'),
} as const;

export const numberComparisons = {
  greaterThan: optional(text, 'The field is a greater number.'),
  lessThan: optional(text, 'The field is a smaller number.'),
  greaterThanOrEqual: optional(text, 'The field is this number or greater.'),
  lessThanOrEqual: optional(text, 'The field is this number or smaller.'),
  min: optional(text, 'As greaterThanOrEqual.'),
  max: optional(text, 'As lessThanOrEqual.'),
  between: optional(text, 'The field is a number in lo,hi (inclusive).'),
  notBetween: optional(text, 'The field is a number outside lo,hi.'),
  in: optional(text, 'The field is one of a comma list.'),
  notIn: optional(text, 'The field is none of a comma list.'),
} as const;
