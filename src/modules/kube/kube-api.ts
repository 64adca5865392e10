// The port to the Kubernetes API. Side effects of a pass happen only through it; `ork run` binds the transport of this
// module, simulate and plan bind the sandbox. All calls take and return plain JSON (DESIGN decision 4).
import { type JsonArray, type JsonObject } from '../common';
import { type KubeList, type KubeObject, type ObjectRef, type ResourceType, type WatchEvent } from './kube-object';

/** Refuses writes of a process that lost the lease. Asked at the moment a request is handed to a socket (engine contract §5). */
export interface Fence {
  /** Throws a FencedError (kind Transient, code FENCED) when writing is not allowed any more. */
  assertHeld(): void;
}

/** How one call is sent. */
export interface RequestOptions {
  /** Aborted: the call rejects with a KubeTransportError of reason `aborted`; a watch just ends. */
  readonly signal?: AbortSignal;
  /** Milliseconds. Deadline of the whole call including retries of 429; default 30 s. */
  readonly timeoutMs?: number;
  /** `low`: waits behind everything else. */
  readonly priority?: 'low';
  /** Only for writes of lanes: rejects with a FencedError, and nothing is sent, when the lease is not held. */
  readonly fence?: Fence;
}

/** What is listed. Selectors are written as the API takes them, not encoded. */
export interface ListQuery {
  readonly resource: ResourceType;
  /** Absent: all namespaces, or a cluster-scoped resource. */
  readonly namespace?: string;
  /** `a=b,c in (d, e),!f`. */
  readonly labelSelector?: string;
  /** `metadata.name=web`; which fields are allowed depends on the resource. */
  readonly fieldSelector?: string;
  /** Items of one page; absent: all of them. */
  readonly limit?: number;
  /** Of the page before; the other members must be the same. 410 when it is too old. */
  readonly continue?: string;
  /** Absent: the newest, from the store. `0`: whatever the server's cache has. See resourceVersionMatch. */
  readonly resourceVersion?: string;
  readonly resourceVersionMatch?: 'NotOlderThan' | 'Exact';
  /** Only metadata (PartialObjectMetadataList): for resources of which nothing else is read. */
  readonly metadataOnly?: boolean;
  /**
   * Leaves metadata.managedFields out, unless an entry has one of these members (as JSON: `"manager":"x"`). For
   * built-in kinds only: a custom object may have a field of that name elsewhere.
   */
  readonly managedFieldsWith?: readonly string[];
}

/** What is watched: from `resourceVersion` on, which comes from a list, or from a bookmark. */
export interface WatchQuery extends Omit<ListQuery, 'limit' | 'continue'> {
  /** The server tells from time to time how far the watch is, so that going on from there needs no list. */
  readonly allowBookmarks?: boolean;
  /** Streaming list: the watch begins with all objects and ends that phase with a bookmark. */
  readonly sendInitialEvents?: boolean;
  /** Server-side end of the watch, seconds. */
  readonly timeoutSeconds?: number;
  /** Whether the caller has this very version of an object: then only the version is told, as a bookmark. */
  readonly isKnown?: (namespace: string, name: string, resourceVersion: string) => boolean;
}

/** How an apply is meant (server-side apply, Kubernetes documentation). */
export interface ApplyOptions {
  /** Who the fields belong to: what this manager applied before and leaves out now is removed. */
  readonly fieldManager: string;
  /** True: takes fields that others own. False: 409 then. */
  readonly force: boolean;
  readonly subresource?: 'status';
  /** Unknown and duplicate fields: refused with 400, told in a warning header, or dropped. Server's default: Warn. */
  readonly fieldValidation?: 'Strict' | 'Warn' | 'Ignore';
  /** As in ListQuery: for the answer. */
  readonly managedFieldsWith?: readonly string[];
}

/** A patch of an existing object. */
export interface PatchBody {
  /** `merge`: RFC 7386, an object, null removes. `json`: RFC 6902, a list of operations; `test` ones guard it. */
  readonly type: 'merge' | 'json';
  readonly body: JsonObject | JsonArray;
  readonly fieldManager?: string;
  readonly subresource?: 'status' | 'scale';
}

/** metav1.DeleteOptions. With a precondition that does not hold the server answers 409. */
export interface DeleteOptions {
  /** Without it nothing is ever deleted by the engine (engine contract §2.6). */
  readonly uid?: string;
  readonly resourceVersion?: string;
  /** What happens to the objects that it owns; absent: what the kind says, mostly Background. */
  readonly propagation?: 'Background' | 'Foreground' | 'Orphan';
}

/** A successful answer as it came. */
export interface RawResponse {
  /** HTTP status. */
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

/**
 * Every method rejects with KubeApiError (the server said no), KubeTransportError (no answer that counts: whether a write
 * was done is not known) or FencedError (nothing was sent). A 429 is waited for and sent again within the deadline.
 */
export interface KubeApi {
  /** The newest version. 404: KubeApiError, see isNotFound. */
  get(ref: ObjectRef, options?: RequestOptions): Promise<KubeObject>;
  /** One page. */
  list(query: ListQuery, options?: RequestOptions): Promise<KubeList>;
  /** Ends without error when the server ends the watch; aborting the signal ends it too. */
  watch(query: WatchQuery, options?: RequestOptions): AsyncIterable<WatchEvent>;
  /** A POST: 409 when the object exists. For reviews, Events and inventories; children are applied (engine contract §2.1). */
  create(
    resource: ResourceType,
    namespace: string | undefined,
    object: JsonObject,
    options?: RequestOptions,
  ): Promise<KubeObject>;
  /**
   * Server-side apply; makes the object when it is missing. Guards travel inside it (engine contract §2.1, §2.2):
   * `metadata.resourceVersion: "1"` only makes it (409 when it exists), `metadata.uid` only changes that very object (409
   * when it is gone, 422 when another one has its name).
   */
  apply(ref: ObjectRef, object: JsonObject, apply: ApplyOptions, options?: RequestOptions): Promise<KubeObject>;
  /** Of an existing object: 404 when it is missing. */
  patch(ref: ObjectRef, patch: PatchBody, options?: RequestOptions): Promise<KubeObject>;
  /** A PUT of the whole object: 409 when its `metadata.resourceVersion` is not the newest. */
  replace(ref: ObjectRef, object: JsonObject, options?: RequestOptions): Promise<KubeObject>;
  /** The object while finalizers or grace keep it, undefined when it is gone. */
  delete(ref: ObjectRef, preconditions: DeleteOptions, options?: RequestOptions): Promise<KubeObject | undefined>;
  /** A path of the API server that has no resource: /version, discovery. */
  raw(path: string, options?: RequestOptions & { readonly accept?: string }): Promise<RawResponse>;
}
