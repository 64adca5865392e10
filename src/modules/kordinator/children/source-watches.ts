// Objects that entries copy from: one small informer for each, for as long as a CR asks for it.
import { type ObjectKey, objectKey } from '../../common';
import { keyOf, type InformerPorts, type KubeObject, type ResourceType, SharedInformer } from '../../kube';
import { type SourceLookup } from '../../reconciler';

interface Watch {
  readonly informer: SharedInformer;
  readonly stop: AbortController;
  /** CRs that asked. */
  readonly keys: Set<ObjectKey>;
}

export class SourceWatches implements SourceLookup {
  private readonly watches = new Map<string, Watch>();

  constructor(
    private readonly ports: InformerPorts,
    private readonly enqueue: (key: ObjectKey) => void,
    private readonly signal: AbortSignal,
  ) {}

  lookup(resource: ResourceType, namespace: string, name: string, cr: KubeObject): ReturnType<SourceLookup['lookup']> {
    const watch = this.open(resource, namespace, name);
    watch.keys.add(keyOf(cr));
    const object = watch.informer.store.get(objectKey(namespace, name));
    if (object !== undefined) return { state: 'ready', object };
    return { state: watch.informer.hasSynced ? 'absent' : 'loading' };
  }

  /** The CR is gone: sources that nobody else asks for are not watched any more. */
  release(cr: ObjectKey): void {
    for (const [id, { keys, stop }] of this.watches) {
      if (!keys.delete(cr) || keys.size > 0) continue;
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
    const keys = new Set<ObjectKey>();
    const wake = (): void => keys.forEach((key) => this.enqueue(key));
    informer.onEvent(wake);
    informer.start(AbortSignal.any([stop.signal, this.signal]));
    informer.waitForSync(stop.signal).then(wake, () => undefined);
    const watch = { informer, stop, keys };
    this.watches.set(id, watch);
    return watch;
  }
}
