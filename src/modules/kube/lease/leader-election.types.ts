import { type Fence } from '../kube-api';

export interface LeaseHolder {
  readonly identity: string;
  /** Annotation `orkestra.orkspace.io/katalog` of the Lease. */
  readonly katalog: string | undefined;
  readonly expiresAt: number;
}

export interface LeaderElectionCallbacks {
  /** We hold the lease from now on. */
  onStartedLeading(): void;
  /** Lost or released: lanes must stop; writes are refused already. */
  onStoppedLeading(reason: 'lost' | 'released'): void;
  /** Somebody (us included) became the holder. */
  onNewLeader(holder: LeaseHolder): void;
  /** Another Katalog's runtime holds this Lease: start must fail (exit 1), naming the holder and ORK_NAMESPACE. */
  onForeignKatalog(holder: LeaseHolder): void;
}

/**
 * Lease-based election (engine contract §5). Renewal runs in a worker thread and stops when this thread's heartbeat is older
 * than the renew deadline. After losing, the elector goes back to standby by itself and may lead again; so it does when
 * the thread fails.
 */
export interface LeaderElector {
  readonly isLeader: boolean;
  readonly holder: LeaseHolder | undefined;
  readonly fence: Fence;
  start(callbacks: LeaderElectionCallbacks, signal: AbortSignal): Promise<void>;
  /** Gives the lease up so that a standby takes over at once; ends the worker. */
  stop(): Promise<void>;
}
