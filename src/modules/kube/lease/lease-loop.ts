// The election itself, without threads and sockets: acquire, renew, lose, release. Same rules as client-go: a foreign
// lease is over when nobody renewed it for its duration by our own clock, because clocks of hosts disagree.
import { pause } from '../../common';
import { type LeaseHolder } from './leader-election.types';
import { type Claim, claimed, holderOf, type LeaseRecord, newLease, readLease, released } from './lease-record';
import { type LeaseState, threadMonotonicMs } from './lease-state';
import { type JsonObject } from '../../common';

export interface LeaseClient {
  /** Undefined: there is no Lease yet. Rejects when the server can't be asked in time. */
  read(): Promise<JsonObject | undefined>;
  /** `conflict`: somebody else wrote in between. */
  create(lease: JsonObject): Promise<JsonObject | 'conflict'>;
  update(lease: JsonObject): Promise<JsonObject | 'conflict'>;
  /** Calls back at each change until the signal aborts; keeps itself alive. */
  follow(onChange: () => void, signal: AbortSignal): void;
}

export type LeaseNews =
  | { readonly type: 'acquired'; readonly epoch: number }
  | { readonly type: 'lost' }
  | { readonly type: 'leader'; readonly holder: LeaseHolder }
  | { readonly type: 'foreign'; readonly holder: LeaseHolder }
  | { readonly type: 'problem'; readonly message: string };

export interface LeaseTimes {
  readonly durationMs: number;
  readonly renewDeadlineMs: number;
  readonly retryPeriodMs: number;
}

export interface LeaseLoopOptions {
  readonly client: LeaseClient;
  readonly state: LeaseState;
  readonly identity: string;
  readonly katalog: string;
  readonly namespace: string;
  readonly times: LeaseTimes;
  readonly tell: (news: LeaseNews) => void;
}

export class LeaseLoop {
  private readonly claim: Claim;
  private observed: { record: LeaseRecord; at: number } | undefined;
  private toldHolder = '';
  private isLeader = false;
  private renewedAt = 0;
  private wake: (() => void) | undefined;
  /** The Lease changed since the last step began: a change during a step must not wait for the next period. */
  private hasChanged = false;
  private lastProblem = '';

  constructor(private readonly options: LeaseLoopOptions) {
    const { identity, katalog, times } = options;
    this.claim = { identity, katalog, durationMs: times.durationMs };
  }

  /** Runs until the signal aborts; never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    const { client, times } = this.options;
    client.follow(() => {
      if (this.isLeader) return;
      this.hasChanged = true;
      this.wake?.();
    }, signal);
    while (!signal.aborted) {
      this.hasChanged = false;
      try {
        await this.step();
        this.lastProblem = '';
      } catch (error) {
        this.report(error);
      }
      this.checkDeadline();
      await this.sleep(times.retryPeriodMs, signal);
    }
  }

  /** Gives the lease up, so that a standby takes over at once. */
  async release(): Promise<void> {
    if (!this.isLeader) return;
    this.isLeader = false;
    this.options.state.drop();
    const record = this.observed?.record;
    if (record?.holder !== this.options.identity) return;
    await this.options.client.update(released(record, Date.now()));
  }

  private async step(): Promise<void> {
    this.checkDeadline();
    if (this.isLeader && this.observed !== undefined) await this.renew(this.observed.record);
    else await this.tryAcquire();
  }

  private async renew(known: LeaseRecord): Promise<void> {
    // A main loop that hangs must lose the lead, or nobody reconciles.
    if (this.options.state.heartbeatAgeMs > this.options.times.renewDeadlineMs) return;
    const written = await this.write(known);
    if (written !== 'conflict') return;
    const object = await this.options.client.read();
    if (object === undefined) {
      this.lose();
      return;
    }
    this.observe(readLease(object));
    if (this.observed?.record.holder !== this.options.identity) this.lose();
    else await this.write(this.observed.record);
  }

  private async tryAcquire(): Promise<void> {
    const { client, namespace, identity } = this.options;
    if (this.options.state.heartbeatAgeMs > this.options.times.renewDeadlineMs) return;
    const object = await client.read();
    if (object === undefined) {
      const sentAt = now();
      const made = await client.create(newLease(this.claim, namespace, sentAt.wall));
      if (made !== 'conflict') this.won(readLease(made), sentAt);
      return;
    }
    const record = readLease(object);
    this.observe(record);
    const isFree = record.holder === '' || record.holder === identity || this.isOver(record);
    if (isFree) {
      await this.write(record);
      return;
    }
    const holder = this.holder(record);
    if (record.katalog !== undefined && record.katalog !== this.options.katalog) {
      this.options.tell({ type: 'foreign', holder });
    } else this.tellLeader(holder);
  }

  private async write(record: LeaseRecord): Promise<'conflict' | undefined> {
    const sentAt = now();
    const answer = await this.options.client.update(claimed(record, this.claim, sentAt.wall));
    if (answer === 'conflict') return 'conflict';
    this.won(readLease(answer), sentAt);
    return undefined;
  }

  private won(record: LeaseRecord, sentAt: Instant): void {
    const { state, times, tell } = this.options;
    // An answer that came after the deadline proves nothing about now.
    if (threadMonotonicMs() - sentAt.monotonic > times.renewDeadlineMs) {
      this.checkDeadline();
      return;
    }
    const isNew = !this.isLeader;
    this.observe(record);
    this.isLeader = true;
    this.renewedAt = sentAt.monotonic;
    state.hold(sentAt.monotonic + times.renewDeadlineMs, sentAt.wall + times.renewDeadlineMs, isNew);
    if (!isNew) return;
    tell({ type: 'acquired', epoch: state.epoch });
    this.tellLeader(this.holder(record));
  }

  private checkDeadline(): void {
    if (!this.isLeader) return;
    const isLate = threadMonotonicMs() - this.renewedAt > this.options.times.renewDeadlineMs;
    if (isLate || !this.options.state.isHeld) this.lose();
  }

  private lose(): void {
    this.isLeader = false;
    this.options.state.drop();
    this.options.tell({ type: 'lost' });
  }

  private observe(record: LeaseRecord): void {
    const before = this.observed?.record;
    const isSame = before !== undefined && before.renewTime === record.renewTime && before.holder === record.holder;
    this.observed = { record, at: isSame ? (this.observed?.at ?? 0) : threadMonotonicMs() };
  }

  private isOver(record: LeaseRecord): boolean {
    return this.observed !== undefined && threadMonotonicMs() - this.observed.at > record.durationMs;
  }

  private holder(record: LeaseRecord): LeaseHolder {
    const age = this.observed === undefined ? 0 : threadMonotonicMs() - this.observed.at;
    return holderOf(record, Date.now() - age);
  }

  private tellLeader(holder: LeaseHolder): void {
    if (this.toldHolder === holder.identity) return;
    this.toldHolder = holder.identity;
    this.options.tell({ type: 'leader', holder });
  }

  private report(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    if (message === this.lastProblem) return;
    this.lastProblem = message;
    this.options.tell({ type: 'problem', message });
  }

  private async sleep(ms: number, signal: AbortSignal): Promise<void> {
    const nap = new AbortController();
    const end = (): void => nap.abort();
    this.wake = end;
    signal.addEventListener('abort', end, { once: true });
    if (!signal.aborted && !this.hasChanged) await pause(ms, nap.signal);
    signal.removeEventListener('abort', end);
    this.wake = undefined;
  }
}

interface Instant {
  readonly monotonic: number;
  readonly wall: number;
}

function now(): Instant {
  return { monotonic: threadMonotonicMs(), wall: Date.now() };
}
