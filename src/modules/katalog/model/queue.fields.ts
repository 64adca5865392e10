// The work queue of a CRD: docs/reference/katalog.md, queue and requeue.
import { parseDuration } from '../../common';
import { conditionList } from '../../expression';
import {
  bool,
  durationBetween,
  format,
  ineffective,
  integer,
  later,
  object,
  oneOfIgnoringCase,
  optional,
} from '../../schema';
import { retryBackoffField } from './external.fields';

const drop = {
  when: optional(conditionList, 'All must pass, else nothing is dropped.'),
  or: optional(conditionList, 'At least one must pass.'),
};

const behaviour = object('queue behaviour', {
  onLimit: optional(
    object('onLimit', {
      drop: optional(bool, 'New items are left out; the next resync brings them back.', { default: 'false' }),
      ...drop,
    }),
    'When as many items wait as maxDepth says.',
  ),
  onThreshold: optional(
    object('onThreshold', {
      value: optional(integer(1, 100), 'Per cent of maxDepth.'),
      drop: optional(bool, 'New items are left out: that is what a threshold is for.', { default: 'true' }),
      ...drop,
    }),
    'When so many per cent of maxDepth wait.',
  ),
});

/** Passes at once. */
export const workers = integer(1, 50);

/** A resync below makes no sense on a work queue; a timer of Node holds no more than 24 days. */
export const resync = durationBetween(100, 24 * 86_400_000);

const maxDepth = integer(0);

export const queueField = object('queue', {
  maxDepth: optional(maxDepth, 'Waiting items above which resyncs are not added; 0 = unlimited.', { default: '0' }),
  failureThreshold: optional(integer(1), 'Consecutive failures until the CRD counts as degraded.', { default: '5' }),
  shared: later(bool, 'One queue for all CRDs that say so.', 'shared queues', { default: 'false', runs: (it) => !it }),
  type: later(oneOfIgnoringCase(['ratelimited', 'delayed']), 'How failed items come back.', 'queue types', {
    default: 'ratelimited',
    runs: (it) => it === 'ratelimited',
  }),
  behaviour: later(behaviour, 'What happens when too much waits.', 'queue behaviour'),
  retryBackoff: later(retryBackoffField, 'Pauses after an error.', 'retry backoff of a CRD'),
});

/** Of a profile only the depth counts, as the language has it. */
export const profileQueueField = object('queue of a profile', {
  maxDepth: optional(maxDepth, 'maxDepth of a queue that does not say it; 0 = unlimited.'),
  ...Object.fromEntries(
    ['failureThreshold', 'shared', 'type', 'behaviour', 'retryBackoff'].map((key) => [
      key,
      ineffective('a profile has workers, resync and queue.maxDepth; everything else stands in the CRD entry'),
    ]),
  ),
});

/** After each pass without an error. */
export const requeueField = object('requeue', {
  after: optional(
    format({
      words: 'a duration (units ns us ms s m h), or a template',
      test: (text) => parseDuration(text) !== undefined,
      template: true,
    }),
    'The object is looked at again after this time; empty or 0s: not before the next resync.',
  ),
  when: optional(conditionList, 'All must pass.'),
  or: optional(conditionList, 'At least one must pass.'),
});
