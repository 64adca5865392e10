// Rules about CRs: docs/reference/katalog.md, validation and mutation.
import { conditionList, numberComparisons, textComparisons } from '../../expression';
import {
  bool,
  dataPathTemplate,
  list,
  literal,
  object,
  oneOf,
  oneOfIgnoringCase,
  optional,
  required,
  text,
} from '../../schema';
import { externalList } from './external.fields';
import { include } from './include';

const shared = {
  when: optional(conditionList, 'All must pass, else the rule is skipped.'),
  or: optional(conditionList, 'At least one must pass.'),
  fires: optional(
    object('rule fires', { reconcile: optional(bool, 'false: at admission only.', { default: 'true' }) }),
    'When the rule counts.',
  ),
};

const valueType = oneOfIgnoringCase(['string', 'int', 'integer', 'float', 'number', 'bool', 'boolean']);

const rule = object('validation rule', {
  field: required(dataPathTemplate, 'What is looked at: a path of the CR, or a template.'),
  message: required(text, 'What the user is told.'),
  action: optional(oneOf(['deny', 'warn']), 'Refuse, or only tell.', { default: 'deny' }),
  operator: optional(text, 'Name of the comparison, with value; also "unique", "exists" and "notExists".'),
  value: optional(text, 'Expected value of operator.'),
  valueType: optional(valueType, 'Type of the value.', { default: 'string' }),
  ...textComparisons,
  ...numberComparisons,
  ...shared,
  link: optional(literal, 'Key of serve.fields, serve.labels or serve.annotations that is shown in place of field.'),
});

/** Checked at admission (when webhooks are on) and on every pass. */
export const validationField = object('validation', {
  rules: optional(list(rule), 'All are looked at, and all violations told together.'),
  external: optional(externalList, 'Calls whose results the rules may use.'),
  include: include('rules'),
});

const change = object('mutation rule', {
  field: required(dataPathTemplate, 'What is set: a path of the CR.'),
  default: optional(text, 'Set when the field is absent or empty.'),
  override: optional(text, 'Set in any case.'),
  valueType: optional(valueType, 'What the text becomes.', { default: 'string' }),
  ...shared,
});

/** Applied in order: at admission before the validation, on a pass as mutateFirst says. */
export const mutationField = object('mutation', {
  rules: optional(list(change), 'The changes, in order.'),
  external: optional(externalList, 'Calls whose results the rules may use.'),
  mutateFirst: optional(bool, 'On a pass: before the validation.', { default: 'true' }),
  include: include('rules'),
});

export type ValidationRule = NonNullable<ReturnType<typeof rule.decode>>;
export type MutationRule = NonNullable<ReturnType<typeof change.decode>>;
