// The contract of one pass, and the ports that kordinator implements (DESIGN §4.1). A request is a key, never an event
// or an object: the engine is level based.
import { type Clock, type Gvk, type ObjectKey, type OrkestraError, type Random } from '../common';
import {
  type EventRecorder,
  type Fence,
  type KubeApi,
  type KubeObject,
  type ReadStore,
  type ResourceType,
} from '../kube';
import { type Logger } from '../observability';

/** How a pass ended; `wrote`: the cluster was changed by it. */
export type Outcome =
  /** Nothing more to do until something changes. */
  | { readonly type: 'done'; readonly wrote: boolean }
  /** Look again after a pause, without counting a failure. */
  | { readonly type: 'requeueAfter'; readonly ms: number; readonly reason: string; readonly wrote: boolean }
  /** The pass failed; the kind of the error decides the retry (common/errors/error-policy). */
  | { readonly type: 'failed'; readonly error: OrkestraError; readonly wrote: boolean };

/** One CRD's engine. */
export interface Reconciler {
  /**
   * One pass for one CR. May run at any time, twice, or after a crash between any two writes, and converges. Does not
   * reject: whatever happens is an Outcome (thrown things become `failed` with a Bug).
   */
  reconcile(key: ObjectKey, signal: AbortSignal): Promise<Outcome>;
}

/** Live CRs of the CRD, from the informer cache. */
export interface CrSource {
  readonly store: ReadStore;
  observeWrite(object: KubeObject): void;
  observeDelete(key: ObjectKey, uid: string): void;
}

/** Live children, from caches that hold only objects with our managed label. */
export interface ChildSource {
  /** Every cached child, of any kind, whose owner-uid label is this uid. */
  ofOwner(ownerUid: string): readonly ObservedChild[];
  get(resource: ResourceType, key: ObjectKey): KubeObject | undefined;
  observeWrite(resource: ResourceType, object: KubeObject): void;
  observeDelete(resource: ResourceType, key: ObjectKey, uid: string): void;
}

/** A cached child and the resource under which it was listed. */
export interface ObservedChild {
  readonly resource: ResourceType;
  readonly object: KubeObject;
}

/**
 * What was ever written for a CRD (engine contract §3.1). `ensure` resolves when the kind (and namespace scope) is in the
 * inventory ConfigMap and its informer is synced: it must be awaited before the first write of that kind.
 */
export interface Inventory {
  ensure(resource: ResourceType, namespace: string | undefined, signal: AbortSignal): Promise<void>;
  /** Fast path without a promise: true when `ensure` has nothing to do. */
  has(resource: ResourceType, namespace: string | undefined): boolean;
  /** The entry of this id left the Katalog and had said that its objects stay. */
  retains(entryId: string): boolean;
  /** A kind of the inventory whose objects can't be seen now; undefined when every cache is filled. */
  unobserved(): UnobservedKind | undefined;
}

/** Why it is not known whether objects of a kind are left. */
export interface UnobservedKind {
  /** Plural and group. */
  readonly kind: string;
  /** The API server refuses to show it (the missing rule in words); undefined while the list is on its way. */
  readonly refusal: string | undefined;
}

/** Objects that entries copy from (`fromConfigMap`): not ours, read through caches too. */
export interface SourceLookup {
  /** A change of the object brings the CR back into the queue. */
  lookup(
    resource: ResourceType,
    namespace: string,
    name: string,
    cr: KubeObject,
  ):
    | { readonly state: 'ready'; readonly object: KubeObject }
    | { readonly state: 'absent' }
    /** The cache is not filled yet; `problem`: why the last try failed. */
    | { readonly state: 'loading'; readonly problem?: string };
}

/** What is known of a kind that the Katalog only names. */
export type KindState =
  | { readonly state: 'served'; readonly resource: ResourceType }
  /** The API server does not serve it, or not any more. */
  | { readonly state: 'absent' }
  /** Nobody has asked yet; `problem`: why the last try failed. */
  | { readonly state: 'loading'; readonly problem?: string };

/** Plural and scope of kinds, from discovery. */
export interface KindLookup {
  /** When the answer becomes another one the CRs of the CRD come back into the queue. */
  lookup(kind: Gvk): KindState;
}

/** Everything outside of the engine. */
export interface ReconcilerPorts {
  readonly api: KubeApi;
  readonly fence: Fence;
  readonly crs: CrSource;
  readonly children: ChildSource;
  readonly sources: SourceLookup;
  readonly kinds: KindLookup;
  readonly inventory: Inventory;
  readonly events: EventRecorder;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Live lines of `ork run`: what the operator does, in words. */
  readonly activity: ActivityListener;
}

/** One thing that the operator did to the cluster. */
export interface Activity {
  readonly crd: string;
  readonly key: ObjectKey;
  readonly action:
    'created' | 'updated' | 'corrected' | 'deleted' | 'pruned' | 'status' | 'failed' | 'ready' | 'finalizer';
  /** `deployment default/hello`, or the Ready reason. */
  readonly what: string;
  /** Paths only, never values (engine contract §9). */
  readonly detail?: string;
  /** Of a failure in a template: its line and a caret under the place, each with a line end in front. */
  readonly excerpt?: string;
}

/** Must not throw. */
export type ActivityListener = (activity: Activity) => void;
