// Objects that entries copy from: one small informer for each, for as long as a CR asks for it.
import { type ObjectKey, objectKey } from '../../common';
import { keyOf, type InformerPorts, type KubeObject, type ResourceType, SharedInformer } from '../../kube';
import { type SourceLookup } from '../../reconciler';

interface Watch {
  readonly informer: SharedInformer;
  readonly stop: AbortController;
  /** Who asked: CRs by the lane that they belong to. Keys alone are not unique among lanes. */
  readonly askers: Map<LaneSources, Set<ObjectKey>>;
}

/** The sources of one lane. */
export interface LaneSources extends SourceLookup {
  /** The CR is gone: sources that nobody else asks for are not watched any more. */
  release(cr: ObjectKey): void;
}

export class SourceWatches {
  private readonly watches = new Map<string, Watch>();
  private readonly enqueuers = new Map<LaneSources, (key: ObjectKey) => void>();

  constructor(
    private readonly ports: InformerPorts,
    private readonly signal: AbortSignal,
  ) {}

  /** Informers that run now. */
  get size(): number {
    return this.watches.size;
  }

  /** `enqueue` brings a CR of the lane back when something that it asked for changes. */
  forLane(enqueue: (key: ObjectKey) => void): LaneSources {
    const lane: LaneSources = {
      lookup: (resource, namespace, name, cr) => {
        const { askers, informer } = this.open(resource, namespace, name);
        const keys = askers.get(lane) ?? new Set();
        askers.set(lane, keys.add(keyOf(cr)));
        return stateOf(informer, informer.store.get(objectKey(namespace, name)));
      },
      release: (cr) => this.release(lane, cr),
    };
    this.enqueuers.set(lane, enqueue);
    return lane;
  }

  private release(lane: LaneSources, cr: ObjectKey): void {
    for (const [id, { askers, stop }] of this.watches) {
      const keys = askers.get(lane);
      if (keys?.delete(cr) !== true) continue;
      if (keys.size === 0) askers.delete(lane);
      if (askers.size > 0) continue;
      stop.abort();
      this.watches.delete(id);
    }
  }

  private open(resource: ResourceType, namespace: string, name: string): Watch {
    const id = `${resource.plural}.${resource.group} ${namespace}/${name}`;
    const known = this.watches.get(id);
    if (known !== undefined) return known;
    const stop = new AbortController();
    const informer = new SharedInformer({ resource, namespace, fieldSelector: `metadata.name=${name}` }, this.ports);
    const askers: Watch['askers'] = new Map();
    const wake = (): void => {
      for (const [lane, keys] of askers) for (const key of keys) this.enqueuers.get(lane)?.(key);
    };
    const signal = AbortSignal.any([stop.signal, this.signal]);
    informer.onEvent(wake);
    informer.start(signal);
    // Also an empty answer is news: "it is not there" is not "it is being read".
    informer.waitForSync(signal).then(wake, () => undefined);
    const watch = { informer, stop, askers };
    this.watches.set(id, watch);
    return watch;
  }
}

function stateOf(informer: SharedInformer, object: KubeObject | undefined): ReturnType<SourceLookup['lookup']> {
  if (object !== undefined) return { state: 'ready', object };
  if (informer.hasSynced || informer.isMissing) return { state: 'absent' };
  const problem = informer.lastError?.message;
  return { state: 'loading', ...(problem === undefined ? {} : { problem }) };
}
