// Profiles of reconcilers: how many passes at once, how often, and how much may wait.
import { formatDuration } from '../../common';
import { profileClass } from '../../resources';
import { literal, optional } from '../../schema';
import { profileQueueField, resync, workers } from '../model/queue.fields';

/** What is not there is left to the defaults. */
export interface ReconcilerValues {
  readonly workers?: number | undefined;
  readonly resyncMs?: number | undefined;
  readonly maxDepth?: number | undefined;
}

const BUILT_IN: Readonly<Record<string, ReconcilerValues>> = {
  'high-throughput': { workers: 10, resyncMs: 5 * 60_000, maxDepth: 1_000 },
  conservative: { workers: 2, resyncMs: 60_000, maxDepth: 100 },
  development: { workers: 1, resyncMs: 30_000, maxDepth: 50 },
};

export const reconcilerProfiles = profileClass({
  key: 'reconciler',
  what: 'reconciler',
  site: 'operatorBox.reconciler.profile',
  doc: 'How CRs of a CRD are worked on.',
  builtIn: BUILT_IN,
  reference: literal,
  show: ({ workers: atOnce, resyncMs, maxDepth }) => ({
    ...(atOnce === undefined ? {} : { workers: atOnce }),
    ...(resyncMs === undefined ? {} : { resync: formatDuration(resyncMs) }),
    ...(maxDepth === undefined ? {} : { queue: { maxDepth } }),
  }),
  properties: {
    workers: optional(workers, 'Passes at once.'),
    resync: optional(resync, 'Every CR is looked at again at this pace.'),
    queue: optional(profileQueueField, 'Work queue.'),
  },
  compile:
    ({ workers: atOnce, resync: resyncMs, queue }) =>
    () => ({ workers: atOnce, resyncMs, maxDepth: queue?.maxDepth }),
});
