// The parts of an operatorBox beside its blocks: docs/reference/katalog.md, rollback, cleanup, events.
import { conditionList } from '../../expression';
import { durationBetween, format, integer, list, object, oneOf, optional, required, text } from '../../schema';
import { blockField } from './block.fields';

export const rollbackField = object('rollback', {
  trigger: optional(
    object('rollback trigger', {
      consecutiveFailures: optional(integer(1, 1_000), 'Failures in a row.', { default: '3' }),
      withinDuration: optional(durationBetween(1_000, 24 * 86_400_000), 'Only failures of this time count.', {
        default: 'all',
      }),
    }),
    'When the last good spec is applied again.',
  ),
  onRollback: optional(blockField, 'In place of the entries of onCreate and onReconcile that are reconciled.'),
});

export const cleanupField = object('cleanup', {
  when: optional(conditionList, 'All must pass.'),
  or: optional(conditionList, 'At least one must pass.'),
});

export const eventsField = list(
  object('declared Event', {
    reason: required(
      format({ words: 'a reason such as ScaledUp', test: (written) => /^[A-Z][A-Za-z0-9]{0,127}$/.test(written) }),
      'Why it is written.',
    ),
    message: required(text, 'What it says.'),
    type: optional(oneOf(['Normal', 'Warning']), 'How bad it is.', { default: 'Normal' }),
    when: optional(conditionList, 'Written when all begin to pass.'),
    or: optional(conditionList, 'Written when at least one begins to pass.'),
  }),
);
