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

export class ObjectFeeds {
  private readonly running = new Map<string, { readonly abort: AbortController; readonly done: Promise<void> }>();
  private readonly ending = new Set<Promise<void>>();
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
    for (const { abort } of this.running.values()) abort.abort();
    await Promise.all([...this.running.values()].map(({ done }) => done));
    await Promise.all(this.ending);
  }

  private adjust(): void {
    const wanted = new Map(this.served.list().map((resource) => [keyOf(resource), resource]));
    for (const [key, { abort, done }] of this.running) {
      if (wanted.has(key)) continue;
      abort.abort();
      this.running.delete(key);
      this.ending.add(done);
      void done.then(() => this.ending.delete(done));
    }
    for (const [key, resource] of wanted) if (!this.running.has(key)) this.open(key, resource);
  }

  private open(key: string, resource: ResourceType): void {
    const abort = new AbortController();
    const done = followObjects(this.api, resource, abort.signal, this.tell).catch(() => {
      // Not served any more: the registry tells it, too.
    });
    this.running.set(key, { abort, done });
  }
}

function keyOf({ group, version, plural }: ResourceType): string {
  return `${group}/${version}/${plural}`;
}
