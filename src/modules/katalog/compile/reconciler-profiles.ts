/** What the name of operatorBox.reconciler.profile stands for. */
export const RECONCILER_PROFILES = {
  'high-throughput': { workers: 10, resyncMs: 5 * 60_000, maxDepth: 1_000 },
  conservative: { workers: 2, resyncMs: 60_000, maxDepth: 100 },
  development: { workers: 1, resyncMs: 30_000, maxDepth: 50 },
} as const;
