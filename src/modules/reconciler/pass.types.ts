import { type ObjectKey, type OrkestraError } from '../common';
import { type TemplateData } from '../expression';
import { type KubeObject } from '../kube';
import { type CrMemory } from './children/child-memory';

/** One run of a pass for one CR. */
export interface PassRun {
  readonly key: ObjectKey;
  readonly cr: KubeObject;
  readonly memory: CrMemory;
  readonly signal: AbortSignal;
  /** What the pass saw, as long as it wrote nothing. */
  readonly observed?: TemplateData;
}

/** What a pass did before its status. */
export interface Progress {
  readonly writes: number;
  readonly errors: readonly OrkestraError[];
  readonly pending: readonly OrkestraError[];
  /** The cache was older than the cluster. */
  readonly isStale: boolean;
}

export const NO_PROGRESS: Progress = { writes: 0, errors: [], pending: [], isStale: false };

/** The pause after the cluster turned out to be ahead of the cache; its own event mostly comes first. */
export const STALE_MS = 50;
