// Events of events.k8s.io/v1 on a lane of their own: they never delay a child (engine contract §2.9). Equal Events
// become one object with a series, sent at most once a minute; an object that talks too much is cut off (the spam
// filter of client-go: burst 25, one more each five minutes).
import { randomBytes } from 'node:crypto';
import { asOrkestraError, type Clock, type JsonObject, pause, rfc3339Micro, sha256Hex } from '../../common';
import { type Logger } from '../../observability';
import { FencedError, isConflict, isNotFound } from '../kube.errors';
import { type Fence, type KubeApi, type RequestOptions } from '../kube-api';
import { type ObjectRef, type ResourceType } from '../kube-object';
import { type EventRecorder, type KubeEvent } from './event-recorder.types';
import { TokenBucket } from './token-bucket';

const EVENTS: ResourceType = {
  group: 'events.k8s.io',
  version: 'v1',
  kind: 'Event',
  plural: 'events',
  namespaced: true,
};
const CONTROLLER = 'orkestra.orkspace.io/runtime';
const SERIES_WINDOW_MS = 6 * 60_000;
const SERIES_PAUSE_MS = 60_000;
const MAX_NOTE_BYTES = 1_024;
const MAX_WAITING = 10_000;
const MAX_ATTEMPTS = 4;
const SENDERS = 2;
const PER_SECOND = 100;
const SPAM = { burst: 25, perMs: 1 / 300_000 };

interface Series {
  /** Known once the first Event was sent. */
  ref: ObjectRef | undefined;
  count: number;
  lastSeen: number;
  sentCount: number;
  sentAt: number;
  isQueued: boolean;
  /** Of the latest Event. */
  fence: Fence | undefined;
}

export interface EventSenderOptions {
  readonly api: KubeApi;
  readonly clock: Clock;
  readonly logger: Logger;
  /** reportingInstance: host or pod. */
  readonly instance: string;
}

interface Job {
  readonly send: () => Promise<void>;
  readonly dropped: () => void;
}

export class EventSender implements EventRecorder {
  private readonly series = new Map<string, Series>();
  private readonly talk = new Map<string, TokenBucket>();
  private readonly waiting: Job[] = [];
  private readonly rate: TokenBucket;
  private active = 0;
  private isClosed = false;
  private readonly stop = new AbortController();
  private readonly idle: (() => void)[] = [];

  constructor(private readonly options: EventSenderOptions) {
    this.rate = new TokenBucket(PER_SECOND, PER_SECOND / 1_000, options.clock);
  }

  record(event: KubeEvent): void {
    if (this.isClosed) return;
    const now = this.options.clock.now();
    this.forgetOld(now);
    const id = identity(event);
    const known = this.series.get(id);
    if (known !== undefined) {
      known.count++;
      known.lastSeen = now;
      known.fence = event.fence;
      // In the order of the last sight, so that forgetting finds the oldest first.
      this.series.delete(id);
      this.series.set(id, known);
      this.queueSeries(id, known, SERIES_PAUSE_MS);
      return;
    }
    if (!this.maySpeak(event)) return;
    const series: Series = {
      ref: undefined,
      count: 1,
      lastSeen: now,
      sentCount: 1,
      sentAt: now,
      isQueued: false,
      fence: event.fence,
    };
    this.series.set(id, series);
    // The name stays the same when it is tried again: an Event that did arrive is not made twice.
    const name = eventName(event.regarding.metadata.name);
    const isQueued = this.enqueue(
      () => this.create(event, name, series, now),
      () => this.series.delete(id),
    );
    if (!isQueued) this.series.delete(id);
  }

  async flush(deadlineMs: number): Promise<void> {
    this.isClosed = true;
    for (const [id, series] of this.series) this.queueSeries(id, series, 0);
    if (this.waiting.length > 0 || this.active > 0) {
      const drained = new Promise<void>((resolve) => this.idle.push(resolve));
      await Promise.race([drained, pause(deadlineMs, this.stop.signal)]);
    }
    this.waiting.length = 0;
    this.stop.abort();
  }

  private queueSeries(id: string, series: Series, pauseMs: number): void {
    const isDue = this.options.clock.now() - series.sentAt >= pauseMs;
    if (series.isQueued || series.ref === undefined || series.count === series.sentCount || !isDue) return;
    series.isQueued = true;
    const forget = (): void => void this.series.delete(id);
    if (!this.enqueue(() => this.sendSeries(series), forget)) series.isQueued = false;
  }

  private maySpeak(event: KubeEvent): boolean {
    const uid = event.regarding.metadata.uid ?? '';
    const bucket = this.talk.get(uid) ?? new TokenBucket(SPAM.burst, SPAM.perMs, this.options.clock);
    this.talk.delete(uid);
    this.talk.set(uid, bucket);
    return bucket.take();
  }

  private forgetOld(now: number): void {
    for (const [id, series] of this.series) {
      if (now - series.lastSeen <= SERIES_WINDOW_MS) break;
      this.series.delete(id);
    }
    for (const uid of this.talk.keys()) {
      if (this.talk.size <= MAX_WAITING) break;
      this.talk.delete(uid);
    }
  }

  /** False: too many wait. `dropped` is called when the job is given up: the next equal Event begins anew. */
  private enqueue(send: () => Promise<void>, dropped: () => void): boolean {
    if (this.waiting.length >= MAX_WAITING) return false;
    this.waiting.push({ send, dropped });
    if (this.active < SENDERS) void this.work();
    return true;
  }

  private async work(): Promise<void> {
    this.active++;
    for (let job = this.waiting.shift(); job !== undefined; job = this.waiting.shift()) {
      const waitMs = this.rate.waitMs();
      if (waitMs > 0) await pause(waitMs, this.stop.signal);
      await this.attempt(job);
    }
    this.active--;
    if (this.active === 0) for (const resolve of this.idle.splice(0)) resolve();
  }

  private async attempt(job: Job): Promise<void> {
    for (let attempt = 1; !this.stop.signal.aborted; attempt++) {
      try {
        await job.send();
        return;
      } catch (error) {
        const failure = asOrkestraError(error);
        // Another process leads: what happened since is not ours to tell.
        const isFenced = error instanceof FencedError;
        const isHopeless = isFenced || isNotFound(error) || failure.kind !== 'Transient';
        if (isHopeless || attempt >= MAX_ATTEMPTS) {
          job.dropped();
          this.options.logger.debug('event.dropped', { problem: failure.message });
          return;
        }
        await pause(Math.max(failure.retryAfterMs ?? 0, 250 * 2 ** attempt), this.stop.signal);
      }
    }
  }

  private async create(event: KubeEvent, name: string, series: Series, at: number): Promise<void> {
    const { regarding } = event;
    const namespace = regarding.metadata.namespace ?? 'default';
    const body: JsonObject = {
      apiVersion: 'events.k8s.io/v1',
      kind: 'Event',
      metadata: { name, namespace },
      eventTime: rfc3339Micro(at),
      reportingController: CONTROLLER,
      reportingInstance: this.options.instance,
      action: event.action ?? 'Reconcile',
      reason: event.reason,
      type: event.type,
      note: cut(event.message),
      regarding: {
        apiVersion: regarding.apiVersion,
        kind: regarding.kind,
        ...(regarding.metadata.namespace === undefined ? {} : { namespace: regarding.metadata.namespace }),
        name: regarding.metadata.name,
        uid: regarding.metadata.uid,
        resourceVersion: regarding.metadata.resourceVersion,
      },
    };
    try {
      await this.options.api.create(EVENTS, namespace, body, this.requestOptions(series));
    } catch (error) {
      // Our own first try arrived, its answer did not.
      if (!isConflict(error)) throw error;
    }
    series.ref = { resource: EVENTS, namespace, name };
  }

  private async sendSeries(series: Series): Promise<void> {
    series.isQueued = false;
    if (series.ref === undefined || series.count === series.sentCount) return;
    const { count } = series;
    const body = { series: { count, lastObservedTime: rfc3339Micro(series.lastSeen) } };
    await this.options.api.patch(series.ref, { type: 'merge', body }, this.requestOptions(series));
    series.sentCount = count;
    series.sentAt = this.options.clock.now();
  }

  private requestOptions({ fence }: Series): RequestOptions {
    return { signal: this.stop.signal, ...(fence === undefined ? {} : { fence }) };
  }
}

function identity(event: KubeEvent): string {
  return [event.regarding.metadata.uid, event.type, event.reason, event.action, sha256Hex(event.message)].join('\0');
}

function eventName(objectName: string): string {
  return `${objectName.slice(0, 230).replace(/[^a-z0-9]+$/, '')}.${randomBytes(8).toString('hex')}`;
}

function cut(message: string): string {
  if (Buffer.byteLength(message) <= MAX_NOTE_BYTES) return message;
  return `${Buffer.from(message)
    .subarray(0, MAX_NOTE_BYTES - 8)
    .toString('utf8')
    .replace(/\uFFFD+$/, '')}...`;
}
