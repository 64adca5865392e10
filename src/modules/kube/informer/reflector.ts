// List, then watch, for ever (client-go's Reflector): paged list published as a whole, watch with bookmarks from the
// list's version, 410 -> list again, an inactivity timer for connections that died silently, jittered backoff. A 404
// means that the resource is not served: said once, then probed slowly or when somebody nudges.
import { asOrkestraError, type OrkestraError, pause, type Random } from '../../common';
import { isNotFound, KubeApiError } from '../kube.errors';
import { type KubeApi, type ListQuery } from '../kube-api';
import { type KubeObject, type WatchEvent } from '../kube-object';
import { describeRef, watchError } from '../transport';
import { type InformerScope } from './informer.types';

export interface ReflectorSink {
  /** The complete list, atomically. */
  replace(items: readonly KubeObject[], resourceVersion: string): void;
  change(type: 'ADDED' | 'MODIFIED' | 'DELETED', object: KubeObject): void;
  /** Whether the store has this very version. */
  has(namespace: string, name: string, resourceVersion: string): boolean;
  missing(): void;
  failed(error: OrkestraError): void;
}

export interface ReflectorTimes {
  readonly pageSize: number;
  readonly firstBackoffMs: number;
  readonly maxBackoffMs: number;
  /** A watch that says nothing (bookmarks come each minute) for so long is dead. */
  readonly inactivityMs: number;
  /** The server ends a watch after one to two times this. */
  readonly watchSeconds: number;
  readonly probeMissingMs: number;
}

export const REFLECTOR_TIMES: ReflectorTimes = {
  pageSize: 500,
  firstBackoffMs: 500,
  maxBackoffMs: 30_000,
  inactivityMs: 150_000,
  watchSeconds: 300,
  probeMissingMs: 60_000,
};

type WatchEnd = 'ended' | 'expired';

export class Reflector {
  private wake: (() => void) | undefined;
  private backoffMs: number;
  private resourceVersion = '';

  constructor(
    private readonly api: KubeApi,
    private readonly scope: InformerScope,
    private readonly sink: ReflectorSink,
    private readonly random: Random,
    private readonly times: ReflectorTimes = REFLECTOR_TIMES,
  ) {
    this.backoffMs = times.firstBackoffMs;
  }

  /** Runs until the signal aborts; never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    let needsList = true;
    while (!signal.aborted) {
      try {
        if (needsList) await this.list(signal);
        needsList = false;
        needsList = (await this.watch(signal)) === 'expired';
      } catch (error) {
        if (signal.aborted) return;
        needsList = await this.recover(error, needsList, signal);
      }
    }
  }

  /** Ends a pause at once: the resource may be served again. */
  nudge(): void {
    this.backoffMs = this.times.firstBackoffMs;
    this.wake?.();
  }

  /** Whether the next round has to list. */
  private async recover(error: unknown, wasListing: boolean, signal: AbortSignal): Promise<boolean> {
    if (isNotFound(error)) {
      if (!wasListing) return true;
      this.sink.missing();
      await this.sleep(this.times.probeMissingMs, signal);
      return true;
    }
    const failure = asOrkestraError(error);
    const isGone = error instanceof KubeApiError && error.isGone;
    if (!isGone) this.sink.failed(failure);
    await this.sleep(Math.max(failure.retryAfterMs ?? 0, this.nextBackoff()), signal);
    return wasListing || isGone;
  }

  private async list(signal: AbortSignal): Promise<void> {
    const items: KubeObject[] = [];
    let page: ListQuery = { ...this.scope, limit: this.times.pageSize };
    let resourceVersion = '';
    for (;;) {
      const { items: part, metadata } = await this.api.list(page, { signal });
      for (const item of part) items.push(item);
      resourceVersion = metadata.resourceVersion ?? resourceVersion;
      if (metadata.continue === undefined || metadata.continue === '') break;
      page = { ...page, continue: metadata.continue };
    }
    this.resourceVersion = resourceVersion;
    this.sink.replace(items, resourceVersion);
    this.backoffMs = this.times.firstBackoffMs;
  }

  private async watch(signal: AbortSignal): Promise<WatchEnd> {
    const attempt = new AbortController();
    const stop = (): void => attempt.abort();
    signal.addEventListener('abort', stop, { once: true });
    const started = performance.now();
    const inactivity = setTimeout(stop, this.times.inactivityMs);
    let events = 0;
    try {
      const seconds = Math.ceil(this.times.watchSeconds * (1 + this.random.next()));
      const query = {
        ...this.scope,
        resourceVersion: this.resourceVersion,
        allowBookmarks: true,
        timeoutSeconds: seconds,
        isKnown: (namespace: string, name: string, version: string) => this.sink.has(namespace, name, version),
      };
      for await (const event of this.api.watch(query, { signal: attempt.signal })) {
        inactivity.refresh();
        events++;
        this.accept(event);
      }
    } catch (error) {
      if (error instanceof KubeApiError && error.isGone) return 'expired';
      if (!attempt.signal.aborted) throw error;
    } finally {
      clearTimeout(inactivity);
      signal.removeEventListener('abort', stop);
    }
    // A server that ends each watch at once must not be asked in a tight loop.
    if (events === 0 && performance.now() - started < 1_000) await this.sleep(this.nextBackoff(), signal);
    else this.backoffMs = this.times.firstBackoffMs;
    return 'ended';
  }

  private accept(event: WatchEvent): void {
    if (event.type === 'ERROR') throw watchError(event.status, describeRef(this.scope.resource, this.scope.namespace));
    if (event.type === 'BOOKMARK') {
      this.resourceVersion = event.resourceVersion;
      return;
    }
    this.sink.change(event.type, event.object);
    this.resourceVersion = event.object.metadata.resourceVersion ?? this.resourceVersion;
  }

  private nextBackoff(): number {
    const current = this.backoffMs;
    this.backoffMs = Math.min(current * 2, this.times.maxBackoffMs);
    return current * (0.75 + this.random.next() * 0.5);
  }

  private async sleep(ms: number, signal: AbortSignal): Promise<void> {
    const nap = new AbortController();
    const wake = (): void => nap.abort();
    this.wake = wake;
    signal.addEventListener('abort', wake, { once: true });
    await pause(ms, nap.signal);
    signal.removeEventListener('abort', wake);
    this.wake = undefined;
  }
}
