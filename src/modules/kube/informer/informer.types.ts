// Shared informers with client-go's meaning: a local, always complete copy of one resource, and a stream of changes.
import { type ObjectKey, type OrkestraError } from '../../common';
import { type KubeObject, type ResourceType } from '../kube-object';

/** Gives the index values of an object; an object without any is in no bucket. */
export type IndexFunction = (object: KubeObject) => readonly string[];

export interface ReadStore {
  get(key: ObjectKey): KubeObject | undefined;
  values(): IterableIterator<KubeObject>;
  keys(): IterableIterator<ObjectKey>;
  readonly size: number;
  /** Objects in a bucket of a named index; empty for an unknown value. */
  byIndex(index: string, value: string): readonly KubeObject[];
  /** The first key in a bucket beside `key`, at a cost that does not grow with the bucket. */
  otherInIndex(index: string, value: string, key: ObjectKey): ObjectKey | undefined;
}

export type InformerEvent =
  | { readonly type: 'added'; readonly object: KubeObject; readonly isInitialList: boolean }
  | { readonly type: 'updated'; readonly object: KubeObject; readonly previous: KubeObject }
  | { readonly type: 'deleted'; readonly object: KubeObject };

export interface InformerScope {
  readonly resource: ResourceType;
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  readonly metadataOnly?: boolean;
  /** As in ListQuery. */
  readonly managedFieldsWith?: readonly string[];
}

export interface Informer {
  readonly scope: InformerScope;
  readonly store: ReadStore;
  /** The first complete list is in the store. */
  readonly hasSynced: boolean;
  /** The resource is not served now (404 on list): the store is empty and the reflector probes slowly for its return. */
  readonly isMissing: boolean;
  /** Why the last list or watch failed; undefined after a complete list. */
  readonly lastError: OrkestraError | undefined;
  /** Explicit start; runs until the signal aborts. Starting twice is a Bug. */
  start(signal: AbortSignal): void;
  /** The resource may be served again: a pause between tries ends at once. */
  nudge(): void;
  /** Resolves when synced; rejects when the signal aborts first. */
  waitForSync(signal: AbortSignal): Promise<void>;
  /** Returns the function that takes the handler off again. Handlers must not throw; what they throw is logged. */
  onEvent(handler: (event: InformerEvent) => void): () => void;
  /** Changes of `isMissing` (a CRD that vanished or came back). */
  onPresence(handler: (present: boolean) => void): () => void;
  /**
   * Read-your-writes (DESIGN §4.3): puts what the server answered to our own write into the store at once. Answer and
   * watch travel on different connections, so an answer is refused that is older than what the store has, than the end of
   * the object (told by the watch, or made by us), or than the end of its resource. Older watch events that arrive later
   * are dropped; no event is emitted.
   */
  observeWrite(object: KubeObject): void;
  /** Our own delete succeeded: the object with this uid is gone from the store and stays gone. */
  observeDelete(key: ObjectKey, uid: string): void;
}
