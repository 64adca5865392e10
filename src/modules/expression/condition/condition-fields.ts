// The YAML language of one condition.
import { type SourceNode } from '../../common';
import {
  bool,
  type DecodeContext,
  type Field,
  later,
  list,
  literal,
  object,
  optional,
  required,
  text,
} from '../../schema';
import { numberComparisons, textComparisons } from './comparison-fields';
import { crossSource } from './cross-source.fields';
import { type ConditionFields } from './condition.types';

const time = object('time window', {
  after: optional(text, 'Passes from this time of day on (HH:MM).'),
  before: optional(text, 'Passes up to this time of day (HH:MM).'),
});

const dayOfWeek = object('day test', {
  weekday: optional(bool, 'Monday to Friday.'),
  weekend: optional(bool, 'Saturday and Sunday.'),
  in: optional(list(text), 'One of these English day names.'),
  notIn: optional(list(text), 'None of these English day names.'),
});

const notify = object('notify', {
  teams: required(list(literal), 'Names of notification.teams.'),
  message: optional(text, 'Text of the message.', { default: 'that of the team' }),
});

const fields = object('condition', {
  field: optional(text, 'Dotted path into the CR (spec.size), or a template.'),
  operator: optional(text, 'Name of the comparison, with value.'),
  value: optional(text, 'Expected value; alone it means equals.'),
  ...textComparisons,
  exists: optional(bool, 'The field is there (true) or not (false).'),
  notExists: optional(bool, 'The field is not there (true) or is (false).'),
  ...numberComparisons,
  time: optional(time, 'Window of the day.'),
  dayOfWeek: optional(dayOfWeek, 'Day of the week.'),
  negate: optional(bool, 'Inverts the result.'),
  cron: optional(text, 'Passes for a while after each time of a cron expression.'),
  duration: optional(text, 'How long it passes after a time of cron (30m); without it until the next one.'),
  notify: later(notify, 'Teams that are told when it passes.', 'notifications'),
  source: later(crossSource, 'Where cross.<crd>.metrics.<name> is read.', 'metrics of other operators'),
});

const condition: Field<ConditionFields> = {
  typeName: 'condition',
  ...(fields.shape === undefined ? {} : { shape: fields.shape }),
  decode(node: SourceNode, context: DecodeContext): ConditionFields | undefined {
    const decoded = fields.decode(node, context);
    return decoded === undefined ? undefined : { ...decoded, position: node.position, path: node.path };
  },
};

/** `when:` and `or:`. */
export const conditionList: Field<readonly ConditionFields[]> = list(condition);
