import { FencedError, type LeaderElectionCallbacks, type LeaderElector, type LeaseHolder } from '../../kube';

export const SELF: LeaseHolder = { identity: 'self', katalog: 'test', expiresAt: Date.UTC(2026, 0, 1) };

/** Leads when it is told to. */
export class FakeElector implements LeaderElector {
  isLeader = false;
  holder: LeaseHolder | undefined;
  callbacks: LeaderElectionCallbacks | undefined;
  stopped = false;
  readonly fence = { assertHeld: (): void => this.assertHeld() };

  start(callbacks: LeaderElectionCallbacks): Promise<void> {
    this.callbacks = callbacks;
    return Promise.resolve();
  }

  elect(): void {
    this.isLeader = true;
    this.holder = SELF;
    this.callbacks?.onStartedLeading();
    this.callbacks?.onNewLeader(SELF);
  }

  lose(): void {
    this.isLeader = false;
    this.callbacks?.onStoppedLeading('lost');
  }

  stop(): Promise<void> {
    this.stopped = true;
    if (this.isLeader) {
      this.isLeader = false;
      this.callbacks?.onStoppedLeading('released');
    }
    return Promise.resolve();
  }

  private assertHeld(): void {
    if (!this.isLeader) throw new FencedError();
  }
}
