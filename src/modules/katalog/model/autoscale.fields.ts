// Scaling of the operator itself: docs/reference/katalog.md, autoscale.
import { conditionList } from '../../expression';
import { durationBetween, integer, object, oneOfIgnoringCase, optional } from '../../schema';

const DAY_MS = 86_400_000;

/** What conditions may read at metrics.<name>. */
export const METRICS = [
  'queueDepth',
  'workersBusyPercent',
  'workersIdlePercent',
  'reconcileDurationP95Ms',
  'errorRatePercent',
] as const;

export const AUTOSCALE_PROFILES = ['burst', 'steady', 'batch', 'latency-sensitive', 'cost-optimized'] as const;

export const autoscaleField = object('autoscale', {
  interval: optional(durationBetween(1_000, DAY_MS), 'How often the conditions are looked at.', { default: '15s' }),
  cooldown: optional(durationBetween(0, DAY_MS), 'How long they must be false until the declared values return.', {
    default: '2m',
  }),
  conditions: optional(
    object('autoscale conditions', {
      when: optional(conditionList, 'All must pass.'),
      or: optional(conditionList, 'At least one must pass.'),
    }),
    `When the other values count; they may read ${METRICS.map((name) => `metrics.${name}`).join(', ')}.`,
  ),
  do: optional(
    object('autoscale values', {
      workers: optional(integer(1, 50), 'Passes at once.'),
      queueDepth: optional(integer(0), 'In place of maxDepth.'),
      resync: optional(durationBetween(100, 24 * DAY_MS), 'In place of resync.'),
    }),
    'The other values.',
  ),
  profile: optional(oneOfIgnoringCase(AUTOSCALE_PROFILES), 'Named values for all of the above; inline values win.'),
});
