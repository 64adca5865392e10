// One feed for every resource that is served, for all controllers together; follows definitions that come and go.
import { type KubeApi, type ResourceType } from '../../kube';
import { type FeedListener, followObjects } from './object-feed';

/** What is served, as far as objects of it can be listed, watched and deleted. */
export interface ServedResources {
  /** In the preferred version. */
  list(): readonly ResourceType[];
  /** Also of versions that are not preferred; undefined for an unknown kind. */
  find(apiVersion: string, kind: string): ResourceType | undefined;
  onChange(listener: () => void): () => void;
}

interface Feed {
  readonly abort: AbortController;
  readonly done: Promise<void>;
}

export class ObjectFeeds {
  private readonly running = new Map<string, Feed>();
  /** Of what is not served any more, or in another version: they tell what has happened so far, then end. */
  private readonly ending = new Set<Feed>();
  private unsubscribe: (() => void) | undefined;

  constructor(
    private readonly api: KubeApi,
    private readonly served: ServedResources,
    private readonly tell: FeedListener,
  ) {}

  start(): void {
    this.unsubscribe = this.served.onChange(() => this.adjust());
    this.adjust();
  }

  async stop(): Promise<void> {
    this.unsubscribe?.();
    const feeds = [...this.running.values(), ...this.ending];
    for (const { abort } of feeds) abort.abort();
    await Promise.all(feeds.map(({ done }) => done));
  }

  private adjust(): void {
    const wanted = new Map(this.served.list().map((resource) => [keyOf(resource), resource]));
    for (const [key, feed] of this.running) {
      if (wanted.has(key)) continue;
      this.running.delete(key);
      this.ending.add(feed);
      void feed.done.then(() => this.ending.delete(feed));
    }
    for (const [key, resource] of wanted) if (!this.running.has(key)) this.open(key, resource);
  }

  private open(key: string, resource: ResourceType): void {
    const abort = new AbortController();
    const isWanted = (): boolean => this.running.get(key)?.abort === abort;
    const done = followObjects(this.api, resource, { signal: abort.signal, isWanted }, this.tell).catch(() => {
      // Not served any more: the registry tells it, too.
    });
    this.running.set(key, { abort, done });
  }
}

function keyOf({ group, version, plural }: ResourceType): string {
  return `${group}/${version}/${plural}`;
}
