// The local copy of one resource with its indices. Buckets are kept beside the objects, so that a lookup costs nothing
// that grows with the number of objects.
import { type ObjectKey } from '../../common';
import { type KubeObject } from '../kube-object';
import { type IndexFunction, type ReadStore } from './informer.types';

type Buckets = Map<string, Map<ObjectKey, KubeObject>>;

const NONE: readonly KubeObject[] = [];

export class ObjectStore implements ReadStore {
  private readonly objects = new Map<ObjectKey, KubeObject>();
  private readonly indices: readonly { readonly of: IndexFunction; readonly buckets: Buckets }[];
  private readonly byName = new Map<string, Buckets>();

  constructor(indices: Readonly<Record<string, IndexFunction>> = {}) {
    this.indices = Object.entries(indices).map(([name, of]) => {
      const buckets: Buckets = new Map();
      this.byName.set(name, buckets);
      return { of, buckets };
    });
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
    const bucket = this.byName.get(index)?.get(value);
    return bucket === undefined ? NONE : [...bucket.values()];
  }

  set(key: ObjectKey, object: KubeObject): void {
    const previous = this.objects.get(key);
    this.objects.set(key, object);
    for (const { of, buckets } of this.indices) {
      if (previous !== undefined) remove(buckets, of(previous), key);
      for (const value of of(object)) {
        const bucket = buckets.get(value);
        if (bucket === undefined) buckets.set(value, new Map([[key, object]]));
        else bucket.set(key, object);
      }
    }
  }

  delete(key: ObjectKey): void {
    const previous = this.objects.get(key);
    if (previous === undefined) return;
    this.objects.delete(key);
    for (const { of, buckets } of this.indices) remove(buckets, of(previous), key);
  }
}

function remove(buckets: Buckets, values: readonly string[], key: ObjectKey): void {
  for (const value of values) {
    const bucket = buckets.get(value);
    bucket?.delete(key);
    if (bucket?.size === 0) buckets.delete(value);
  }
}
