// One watch: what is there at its beginning, then a cursor into the log of the resource. The reader pulls, so that nothing
// is kept for it; who falls behind the log is cut off, as a real server cuts off slow watches. When the spec of a custom
// resource changes, or its definition goes, the real server makes the storage of it anew: its watches end (tearDown in
// customresource_handler.go of apiextensions-apiserver). So do these, after what has happened is told.
import { type JsonObject } from '../../common';
import { compileSelection, type Selection, type SelectorTexts } from '../selectors';
import { type ApiStatus, expired, plainError } from '../status';
import { type ResourceLog, type StoredEvent } from '../storage';
import { type SandboxCore, type Target, textOf, parseVersion, withMeta } from '../verbs';
import { toServed } from '../versions';

export interface WatchOptions extends SelectorTexts {
  readonly resourceVersion?: string | undefined;
  /** Undefined: as the version says (from nothing or 0: all that is there). */
  readonly sendInitialEvents?: boolean | undefined;
  readonly allowBookmarks?: boolean | undefined;
}

export type WatchItem =
  | {
      readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
      /** In the version of the watch. */
      readonly object: JsonObject;
      /** The change that it comes from: keeps the text of it. Undefined for what was there before. */
      readonly source: StoredEvent | undefined;
    }
  | { readonly type: 'BOOKMARK'; readonly resourceVersion: string; readonly isInitialEnd: boolean }
  | { readonly type: 'ERROR'; readonly status: ApiStatus };

export class WatchSession {
  private readonly selection: Selection;
  private readonly log: ResourceLog;
  private readonly initial: WatchItem[] = [];
  private initialPosition = 0;
  private cursor = 0;
  /** Events up to it are not told. */
  private since = 0;
  private ended = false;
  /** Nothing happens any more that it would tell. */
  private isComplete = false;
  private isBookmarkDue = false;
  private wake: (() => void) | undefined;
  private readonly subscriptions: readonly (() => void)[];

  /** Throws a 400 for selectors, a 500 for a version that is none. */
  constructor(
    private readonly core: SandboxCore,
    private readonly target: Target,
    private readonly options: WatchOptions,
  ) {
    const { definition, version } = target;
    this.selection = compileSelection(options, definition, version);
    this.log = core.store.log(definition.id);
    this.begin();
    this.subscriptions = [
      this.log.onAppend(() => this.onAppend()),
      ...(definition.isCustom ? [core.registry.onChange(() => this.onDefinitions())] : []),
    ];
  }

  get isEnded(): boolean {
    return this.ended;
  }

  /** The next item; undefined when there is none now, or no more at all. */
  take(): WatchItem | undefined {
    if (this.ended) return undefined;
    if (this.initialPosition < this.initial.length) {
      const item = this.initial[this.initialPosition++];
      if (item?.type === 'ERROR') this.close();
      return item;
    }
    while (this.cursor < this.log.end) {
      if (this.cursor < this.log.start) {
        this.close();
        return undefined;
      }
      const event = this.log.at(this.cursor++);
      const item = event === undefined || event.revision <= this.since ? undefined : this.itemOf(event);
      if (item !== undefined) return item;
    }
    if (this.isComplete) {
      this.close();
      return undefined;
    }
    if (!this.isBookmarkDue) return undefined;
    this.isBookmarkDue = false;
    return this.bookmark(false);
  }

  /** Calls back when there may be something to take, or nothing more at all. One caller at a time; once per sleep. */
  onReady(wake: () => void): void {
    this.wake = wake;
  }

  /** The next take gives a bookmark when nothing else is left; for watches that asked for bookmarks. */
  askBookmark(): void {
    if (this.options.allowBookmarks !== true || this.ended) return;
    this.isBookmarkDue = true;
    this.rouse();
  }

  close(): void {
    if (this.ended) return;
    this.ended = true;
    for (const unsubscribe of this.subscriptions) unsubscribe();
    this.rouse();
  }

  private begin(): void {
    const { store } = this.core;
    const asked = this.options.resourceVersion ?? '';
    const isFromNothing = asked === '' || asked === '0';
    const revision = isFromNothing ? 0 : parseVersion(asked, plainError);
    this.cursor = this.log.end;
    if (this.options.sendInitialEvents ?? isFromNothing) {
      this.tellAll();
      return;
    }
    if (isFromNothing) return;
    if (!store.canRead(this.target.definition.id, revision)) {
      const { status } = expired(`too old resource version: ${asked} (${store.revision})`);
      this.initial.push({ type: 'ERROR', status });
      return;
    }
    this.since = revision;
    this.cursor = this.log.positionAfter(revision);
  }

  private tellAll(): void {
    const { store } = this.core;
    const { definition, version, namespace } = this.target;
    for (const { object } of store.entries(definition.id, namespace === '' ? undefined : namespace, store.revision)) {
      const served = toServed(definition, version.name, object);
      if (this.matches(served)) this.initial.push({ type: 'ADDED', object: served, source: undefined });
    }
    const isAsked = this.options.allowBookmarks === true && this.options.sendInitialEvents === true;
    if (isAsked) this.initial.push(this.bookmark(true));
  }

  private bookmark(isInitialEnd: boolean): WatchItem {
    return { type: 'BOOKMARK', resourceVersion: String(this.core.store.revision), isInitialEnd };
  }

  /** What the event is for this watch: an object may come into view or leave it. */
  private itemOf(event: StoredEvent): WatchItem | undefined {
    const { namespace, definition, version } = this.target;
    if (namespace !== '' && textOf(event.object, 'namespace') !== namespace) return undefined;
    const object = toServed(definition, version.name, event.object);
    const previous = event.previous === undefined ? undefined : toServed(definition, version.name, event.previous);
    const isSeen = event.type !== 'DELETED' && this.matches(object);
    const wasSeen = previous !== undefined && this.matches(previous);
    if (isSeen) return { type: wasSeen ? 'MODIFIED' : 'ADDED', object, source: event };
    if (!wasSeen || previous === undefined) return undefined;
    const last = event.type === 'DELETED' ? object : withMeta(previous, { resourceVersion: String(event.revision) });
    return { type: 'DELETED', object: last, source: event };
  }

  private matches(object: JsonObject): boolean {
    return this.selection.matches === undefined || this.selection.matches(object);
  }

  private onAppend(): void {
    if (this.cursor < this.log.start) this.close();
    else this.rouse();
  }

  private onDefinitions(): void {
    const { group, plural, edition } = this.target.definition;
    if (this.isComplete || this.core.registry.findPlural(group, plural)?.edition === edition) return;
    this.isComplete = true;
    this.rouse();
  }

  private rouse(): void {
    const { wake } = this;
    this.wake = undefined;
    wake?.();
  }
}
