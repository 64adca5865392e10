// A renewing thread that a test speaks for.
import { EventEmitter } from 'node:events';
import { type LeaseHolder } from '../lease/leader-election.types';
import { LeaseState, threadMonotonicMs } from '../lease/lease-state';
import { type FromWorker, type LeaseWorkerData, type ToWorker } from '../lease/lease.worker';
import { type LeaseWorker } from '../lease/worker-leader-elector';

export class SpokenThread extends EventEmitter implements LeaseWorker {
  readonly posted: ToWorker[] = [];
  isTerminated = false;
  private readonly state: LeaseState;

  constructor(readonly data: LeaseWorkerData) {
    super();
    this.state = new LeaseState(data.buffer);
  }

  get heartbeatAgeMs(): number {
    return this.state.heartbeatAgeMs;
  }

  postMessage(message: ToWorker): void {
    this.posted.push(message);
  }

  terminate(): Promise<number> {
    this.isTerminated = true;
    this.emit('exit', 1);
    return Promise.resolve(1);
  }

  say(news: FromWorker): void {
    this.emit('message', news);
  }

  /** As the loop does: first the shared memory, then the news. */
  win(holder: LeaseHolder): void {
    const { renewDeadlineMs } = this.data.times;
    this.state.hold(threadMonotonicMs() + renewDeadlineMs, Date.now() + renewDeadlineMs, true);
    this.say({ type: 'acquired', epoch: this.state.epoch });
    this.say({ type: 'leader', holder });
  }

  fail(): void {
    this.emit('error', new Error('out of memory'));
    this.emit('exit', 1);
  }
}
