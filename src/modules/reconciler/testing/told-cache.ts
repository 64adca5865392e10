// The informer of the product, with a test in the place of its watch: what it takes in and refuses are its own rules.
import { deepFreeze, type JsonObject, type ObjectKey } from '../../common';
import {
  type IndexFunction,
  isOlder,
  keyOf,
  type KubeObject,
  type ReadStore,
  type ResourceType,
  SharedInformer,
} from '../../kube';
import { silentLogger } from '../../observability';
import { type CrSource } from '../reconciler.types';
import { mergePatch, type RecordingKubeApi } from './recording-kube-api';

export class ToldCache implements CrSource {
  private readonly informer: SharedInformer;

  constructor(
    readonly resource: ResourceType,
    private readonly api: RecordingKubeApi,
    reduce: (object: KubeObject) => KubeObject = (object) => object,
    indices: Readonly<Record<string, IndexFunction>> = {},
  ) {
    this.informer = new SharedInformer(
      { resource },
      { api, random: { next: () => 0 }, logger: silentLogger },
      { indices, transform: (object) => deepFreeze(structuredClone(reduce(object))) },
    );
    this.informer.replace([], '1');
  }

  get store(): ReadStore {
    return this.informer.store;
  }

  /** The watch tells an object; a change of a known one gets a new version. */
  tell(object: KubeObject): void {
    const known = this.store.get(keyOf(object));
    const isNewer = isOlder(known?.metadata.resourceVersion, object.metadata.resourceVersion);
    if (known === undefined) this.informer.change('ADDED', object);
    else this.informer.change('MODIFIED', isNewer ? object : this.renewed(object));
  }

  /** The watch tells that an object is gone. */
  end(key: ObjectKey): void {
    const known = this.store.get(key);
    if (known !== undefined) this.informer.change('DELETED', this.renewed(known));
  }

  observeWrite(object: KubeObject): void {
    this.informer.observeWrite(object);
  }

  observeDelete(key: ObjectKey, uid: string): void {
    this.informer.observeDelete(key, uid);
  }

  private renewed(object: KubeObject): KubeObject {
    const version: JsonObject = { metadata: { resourceVersion: this.api.nextVersion() } };
    return mergePatch(object, version) as unknown as KubeObject;
  }
}
