// Kubernetes objects as they travel: plain JSON with the few fields typed that the engine itself reads.
import { type JsonObject, type JsonValue, type ObjectKey, objectKey } from '../common';

/**
 * metav1.OwnerReference: an owner in the same namespace, or one without namespace. The garbage collector deletes the
 * object when every owner is gone.
 */
export interface OwnerReference extends JsonObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** Tells the owner from a later one of the same name. */
  readonly uid: string;
  /** At most one reference of an object has it: the one whose owner manages the object. */
  readonly controller?: boolean;
  /** The owner stays, in a foreground deletion, until this object is gone. Writing it needs a right on its finalizers. */
  readonly blockOwnerDeletion?: boolean;
}

/** metav1.ManagedFieldsEntry: which fields one manager set (server-side apply, Kubernetes documentation). */
export interface ManagedFieldsEntry extends JsonObject {
  readonly manager?: string;
  /** `Apply` or `Update`. */
  readonly operation?: string;
  /** `status`, `scale`; absent for the object itself. */
  readonly subresource?: string;
  /** The fields as a tree: `f:<name>` for a member, `k:{...}` for an item by its key, `v:...` for one by its value. */
  readonly fieldsV1?: JsonObject;
}

/** metav1.ObjectMeta. What the server sets is absent in an object that was never sent. */
export interface ObjectMeta extends JsonObject {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  /** Changes with every write; sent back it guards an update. Order: isOlder. */
  readonly resourceVersion?: string;
  /** Counts changes of the spec; status and metadata leave it, where the kind has a status subresource. */
  readonly generation?: number;
  /** RFC 3339, whole seconds, UTC. */
  readonly creationTimestamp?: string;
  /** Set: the object is on its way out and goes when its finalizers are taken off. Never unset again. */
  readonly deletionTimestamp?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly finalizers?: readonly string[];
  readonly ownerReferences?: readonly OwnerReference[];
  readonly managedFields?: readonly ManagedFieldsEntry[];
}

/**
 * Any object of the API. Members that are not typed here pass through untouched (DESIGN §4.8); objects from caches are
 * shared and never changed.
 */
export interface KubeObject extends JsonObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
}

/** One page of a list. */
export interface KubeList {
  readonly items: readonly KubeObject[];
  readonly metadata: {
    /** Of the whole list: a watch goes on from here. */
    readonly resourceVersion?: string;
    /** Asks for the next page; absent or empty on the last one. Good for some minutes, then 410. */
    readonly continue?: string;
    readonly remainingItemCount?: number;
  };
}

/** One served resource: what discovery or a CRD says about a kind. */
export interface ResourceType {
  /** Empty for the core group (`v1`). */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** The name in paths and RBAC rules; never guessed from the kind (engine contract §8). */
  readonly plural: string;
  readonly namespaced: boolean;
}

/** CustomResourceDefinitions are a resource like any other. */
export const CUSTOM_RESOURCE_DEFINITIONS: ResourceType = {
  group: 'apiextensions.k8s.io',
  version: 'v1',
  kind: 'CustomResourceDefinition',
  plural: 'customresourcedefinitions',
  namespaced: false,
};

/** The address of one object. `namespace` is left out for cluster-scoped resources. */
export interface ObjectRef {
  readonly resource: ResourceType;
  readonly namespace?: string;
  readonly name: string;
}

/**
 * One line of a watch. `ADDED` and `MODIFIED` carry the object as it is now, `DELETED` as it was last. A `BOOKMARK` tells
 * only how far the watch is; `initialEventsEnd` ends the first phase of a streaming list. `ERROR` is the last line: code
 * 410 means that the version asked for is too old and a list has to come first.
 */
export type WatchEvent =
  | { readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'; readonly object: KubeObject }
  | { readonly type: 'BOOKMARK'; readonly resourceVersion: string; readonly initialEventsEnd: boolean }
  | { readonly type: 'ERROR'; readonly status: StatusObject };

/** metav1.Status, as far as it is read: why the server refused. Texts are empty where the server gave none. */
export interface StatusObject {
  /** The HTTP status. */
  readonly code: number;
  /** UpperCamelCase, for programs: `NotFound`, `AlreadyExists`, `Conflict`, `Invalid`, `Expired`. */
  readonly reason: string;
  readonly message: string;
  readonly retryAfterSeconds?: number;
  readonly causes: readonly { readonly field?: string; readonly message?: string; readonly reason?: string }[];
  readonly details?: JsonValue;
}

/** The key of an object in stores and queues: `<namespace>/<name>`, the name alone for a cluster-scoped one. */
export function keyOf(object: KubeObject): ObjectKey {
  return objectKey(object.metadata.namespace, object.metadata.name);
}

const DECIMAL = /^[1-9][0-9]*$/;

/**
 * Whether resource version `a` is older than `b`. Resource versions of one resource are comparable decimal numbers
 * (KEP-5504); anything else counts as not older.
 */
export function isOlder(a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined || a === b || !DECIMAL.test(a) || !DECIMAL.test(b)) return false;
  return a.length === b.length ? a < b : a.length < b.length;
}
