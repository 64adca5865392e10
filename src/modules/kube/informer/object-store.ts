// The local copy of one resource with its indices. Buckets are kept beside the objects, so that a lookup costs nothing
// that grows with the number of objects.
import { type ObjectKey } from '../../common';
import { type KubeObject } from '../kube-object';
import { type IndexFunction, type ReadStore } from './informer.types';

interface Index {
  readonly of: IndexFunction;
  readonly buckets: Map<string, Map<ObjectKey, KubeObject>>;
  readonly handlers: ((key: ObjectKey) => void)[];
}

const NONE: readonly KubeObject[] = [];

export class ObjectStore implements ReadStore {
  private readonly objects = new Map<ObjectKey, KubeObject>();
  private readonly indices = new Map<string, Index>();

  constructor(indices: Readonly<Record<string, IndexFunction>> = {}) {
    for (const [name, of] of Object.entries(indices)) this.indices.set(name, { of, buckets: new Map(), handlers: [] });
  }

  /**
   * The handler gets the key of an object that is not alone any more in its bucket of an index, or alone again, because
   * another one came or went, by a watch or by our own write. It runs in the middle of the change: it may note the key,
   * not read the store.
   */
  onCompany(index: string, handler: (key: ObjectKey) => void): void {
    this.indices.get(index)?.handlers.push(handler);
  }

  get size(): number {
    return this.objects.size;
  }

  get(key: ObjectKey): KubeObject | undefined {
    return this.objects.get(key);
  }

  values(): IterableIterator<KubeObject> {
    return this.objects.values();
  }

  keys(): IterableIterator<ObjectKey> {
    return this.objects.keys();
  }

  byIndex(index: string, value: string): readonly KubeObject[] {
    const bucket = this.indices.get(index)?.buckets.get(value);
    return bucket === undefined ? NONE : [...bucket.values()];
  }

  otherInIndex(index: string, value: string, key: ObjectKey): ObjectKey | undefined {
    for (const other of this.indices.get(index)?.buckets.get(value)?.keys() ?? []) if (other !== key) return other;
    return undefined;
  }

  set(key: ObjectKey, object: KubeObject): void {
    const previous = this.objects.get(key);
    this.objects.set(key, object);
    for (const index of this.indices.values()) {
      const after = index.of(object);
      if (previous !== undefined) {
        for (const value of index.of(previous)) if (!after.includes(value)) leave(index, value, key);
      }
      for (const value of after) enter(index, value, key, object);
    }
  }

  delete(key: ObjectKey): void {
    const previous = this.objects.get(key);
    if (previous === undefined) return;
    this.objects.delete(key);
    for (const index of this.indices.values()) for (const value of index.of(previous)) leave(index, value, key);
  }
}

function enter(index: Index, value: string, key: ObjectKey, object: KubeObject): void {
  const bucket = index.buckets.get(value);
  if (bucket === undefined) {
    index.buckets.set(value, new Map([[key, object]]));
    return;
  }
  const isNew = !bucket.has(key);
  bucket.set(key, object);
  if (isNew && bucket.size === 2) tell(index, bucket, key);
}

function leave(index: Index, value: string, key: ObjectKey): void {
  const bucket = index.buckets.get(value);
  bucket?.delete(key);
  if (bucket?.size === 0) index.buckets.delete(value);
  else if (bucket?.size === 1) tell(index, bucket, key);
}

function tell({ handlers }: Index, bucket: ReadonlyMap<ObjectKey, KubeObject>, changed: ObjectKey): void {
  for (const key of bucket.keys()) if (key !== changed) for (const handler of handlers) handler(key);
}
