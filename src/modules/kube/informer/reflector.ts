// List, then watch, for ever (client-go's Reflector): paged list published as a whole, watch with bookmarks from the
// list's version, 410 -> list again, an inactivity timer for connections that died silently, jittered backoff. A 404
// means that the resource is not served: said once, then probed slowly or when somebody nudges.
import { asOrkestraError, type OrkestraError, pause, type Random } from '../../common';
import { isNotFound, KubeApiError, KubeTransportError } from '../kube.errors';
import { type KubeApi, type ListQuery, type WatchQuery } from '../kube-api';
import { type KubeList, type KubeObject, type WatchEvent } from '../kube-object';
import { describeRef, watchError } from '../transport';
import { type InformerScope } from './informer.types';
import { JitteredBackoff } from './jittered-backoff';

export interface ReflectorSink {
  /** The complete list, atomically. */
  replace(items: readonly KubeObject[], resourceVersion: string): void;
  change(type: 'ADDED' | 'MODIFIED' | 'DELETED', object: KubeObject): void;
  /** Whether the store has this very version. */
  has(namespace: string, name: string, resourceVersion: string): boolean;
  /** The resource is not served. */
  missing(): void;
  failed(error: OrkestraError): void;
  /** A watch works again after a failure. */
  recovered(): void;
}

export interface ReflectorTimes {
  readonly pageSize: number;
  readonly firstBackoffMs: number;
  readonly maxBackoffMs: number;
  /** A watch that says nothing (bookmarks come each minute) for so long is dead. */
  readonly inactivityMs: number;
  /** The server ends a watch after one to two times this. */
  readonly watchSeconds: number;
  /** Longest pause between looks for a resource that is not served. */
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

/** A watch that can't be opened so many times in a row may ask for something that no longer exists: list again. */
const FAILURES_BEFORE_LIST = 3;
/** A watch that ended sooner, without an event, did not work. */
const SHORT_WATCH_MS = 1_000;

type WatchEnd = 'ended' | 'expired';

export class Reflector {
  private wake: (() => void) | undefined;
  /** A nudge that came while no pause was on counts for the next one. */
  private isNudged = false;
  /** Apart, because lists that work must not hide that no watch does. */
  private readonly listBackoff: JitteredBackoff;
  private readonly watchBackoff: JitteredBackoff;
  private resourceVersion = '';
  private watchFailures = 0;
  /** A watch worked since the last list: without it another list at once would be a tight loop. */
  private hasWatched = false;

  constructor(
    private readonly api: KubeApi,
    private readonly scope: InformerScope,
    private readonly sink: ReflectorSink,
    private readonly random: Random,
    private readonly times: ReflectorTimes = REFLECTOR_TIMES,
  ) {
    this.listBackoff = new JitteredBackoff(times.firstBackoffMs, times.maxBackoffMs, random);
    this.watchBackoff = new JitteredBackoff(times.firstBackoffMs, times.maxBackoffMs, random);
  }

  /** Runs until the signal aborts; never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    let needsList = true;
    while (!signal.aborted) {
      this.isNudged = false;
      try {
        if (needsList) await this.list(signal);
        needsList = false;
        needsList = (await this.watch(signal)) === 'expired';
        if (needsList && !this.hasWatched) await this.sleep(this.watchBackoff.next(), signal);
      } catch (error) {
        if (signal.aborted) return;
        needsList = await this.recover(error, needsList, signal);
      }
    }
  }

  /** Ends a pause at once: the resource may be served again. */
  nudge(): void {
    this.listBackoff.reset();
    this.watchBackoff.reset();
    this.isNudged = true;
    this.wake?.();
  }

  /** Whether the next round has to list. */
  private async recover(error: unknown, wasListing: boolean, signal: AbortSignal): Promise<boolean> {
    if (isNotFound(error)) {
      if (!wasListing) return true;
      this.sink.missing();
      // Quick at first: a CRD that was just made is not served at once.
      await this.sleep(this.listBackoff.next(this.times.probeMissingMs), signal);
      return true;
    }
    const failure = asOrkestraError(error);
    this.sink.failed(failure);
    const backoff = wasListing ? this.listBackoff : this.watchBackoff;
    await this.sleep(Math.max(failure.retryAfterMs ?? 0, backoff.next()), signal);
    return wasListing || this.mustList(error);
  }

  /** Whether a failed watch has to begin with a new list: not for lost connections and 429, which say nothing of it. */
  private mustList(error: unknown): boolean {
    if (!(error instanceof KubeApiError) || error.status.code === 429) return false;
    this.watchFailures++;
    return error.status.code < 500 || this.watchFailures >= FAILURES_BEFORE_LIST;
  }

  private async list(signal: AbortSignal): Promise<void> {
    const { items, resourceVersion } = await this.pages(signal);
    if (signal.aborted) return;
    this.resourceVersion = resourceVersion;
    this.listBackoff.reset();
    this.watchFailures = 0;
    this.hasWatched = false;
    this.sink.replace(items, resourceVersion);
  }

  private async pages(
    signal: AbortSignal,
  ): Promise<{ readonly items: readonly KubeObject[]; readonly resourceVersion: string }> {
    const items: KubeObject[] = [];
    const first: ListQuery = { ...this.scope, limit: this.times.pageSize };
    let resourceVersion = '';
    for (let page = first; ;) {
      let part: KubeList;
      try {
        part = await this.api.list(page, { signal });
      } catch (error) {
        if (page === first || !isGone(error)) throw error;
        // The rest of the pages is gone (the server compacted): whatever the size, one whole list.
        items.length = 0;
        part = await this.api.list(this.scope, { signal });
      }
      for (const item of part.items) items.push(item);
      resourceVersion = part.metadata.resourceVersion ?? resourceVersion;
      const next = part.metadata.continue ?? '';
      if (next === '') return { items, resourceVersion };
      page = { ...first, continue: next };
    }
  }

  private async watch(signal: AbortSignal): Promise<WatchEnd> {
    // A list may answer after the stop; an aborted signal never tells again, so this watch would have no end.
    if (signal.aborted) return 'ended';
    const attempt = new AbortController();
    const stop = (): void => attempt.abort();
    signal.addEventListener('abort', stop, { once: true });
    const started = performance.now();
    const inactivity = setTimeout(stop, this.times.inactivityMs);
    let hasEvents = false;
    try {
      for await (const event of this.api.watch(this.watchQuery(), { signal: attempt.signal })) {
        if (signal.aborted) return 'ended';
        inactivity.refresh();
        this.accept(event);
        if (!hasEvents) this.works();
        hasEvents = true;
      }
    } catch (error) {
      if (isGone(error)) return 'expired';
      // A connection that was cut after a while had worked: what came before it is no reason to wait long.
      if (isCut(error) && performance.now() - started >= SHORT_WATCH_MS) this.works();
      if (!attempt.signal.aborted) throw error;
    } finally {
      clearTimeout(inactivity);
      signal.removeEventListener('abort', stop);
    }
    if (hasEvents) return 'ended';
    // A server that ends each watch at once must not be asked in a tight loop.
    if (performance.now() - started < SHORT_WATCH_MS) await this.sleep(this.watchBackoff.next(), signal);
    else this.works();
    return 'ended';
  }

  private watchQuery(): WatchQuery {
    return {
      ...this.scope,
      resourceVersion: this.resourceVersion,
      allowBookmarks: true,
      timeoutSeconds: Math.ceil(this.times.watchSeconds * (1 + this.random.next())),
      isKnown: (namespace, name, version) => this.sink.has(namespace, name, version),
    };
  }

  private works(): void {
    this.hasWatched = true;
    this.watchFailures = 0;
    this.watchBackoff.reset();
    this.sink.recovered();
  }

  private accept(event: WatchEvent): void {
    if (event.type === 'ERROR') throw watchError(event.status, describeRef(this.scope.resource, this.scope.namespace));
    const version = event.type === 'BOOKMARK' ? event.resourceVersion : event.object.metadata.resourceVersion;
    if (event.type !== 'BOOKMARK') this.sink.change(event.type, event.object);
    if (version !== undefined && version !== '') this.resourceVersion = version;
  }

  private async sleep(ms: number, signal: AbortSignal): Promise<void> {
    if (this.isNudged) return;
    const nap = new AbortController();
    const wake = (): void => nap.abort();
    this.wake = wake;
    signal.addEventListener('abort', wake, { once: true });
    if (!signal.aborted) await pause(ms, nap.signal);
    signal.removeEventListener('abort', wake);
    this.wake = undefined;
  }
}

function isGone(error: unknown): boolean {
  return error instanceof KubeApiError && error.isGone;
}

function isCut(error: unknown): boolean {
  return error instanceof KubeTransportError && error.reason === 'reset';
}
