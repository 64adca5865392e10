// The port to the Kubernetes API. Side effects of a pass happen only through it; `ork run` binds the transport of this
// module, simulate and plan bind the sandbox. All calls take and return plain JSON (DESIGN decision 4).
import { type JsonArray, type JsonObject } from '../common';
import { type KubeList, type KubeObject, type ObjectRef, type ResourceType, type WatchEvent } from './kube-object';

/** Refuses writes of a process that lost the lease. Asked at the moment a request is handed to a socket (engine contract §5). */
export interface Fence {
  /** Throws a FencedError (kind Transient, code FENCED) when writing is not allowed any more. */
  assertHeld(): void;
}

export interface RequestOptions {
  readonly signal?: AbortSignal;
  /** Deadline of the whole call including retries of 429; default 30 s. */
  readonly timeoutMs?: number;
  /** `low`: waits behind everything else. */
  readonly priority?: 'low';
  /** Only for writes of lanes. */
  readonly fence?: Fence;
}

export interface ListQuery {
  readonly resource: ResourceType;
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  readonly limit?: number;
  readonly continue?: string;
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

export interface WatchQuery extends Omit<ListQuery, 'limit' | 'continue'> {
  readonly allowBookmarks?: boolean;
  /** Streaming list: the watch begins with all objects and ends that phase with a bookmark. */
  readonly sendInitialEvents?: boolean;
  /** Server-side end of the watch, seconds. */
  readonly timeoutSeconds?: number;
  /** Whether the caller has this very version of an object: then only the version is told, as a bookmark. */
  readonly isKnown?: (namespace: string, name: string, resourceVersion: string) => boolean;
}

export interface ApplyOptions {
  readonly fieldManager: string;
  readonly force: boolean;
  readonly subresource?: 'status';
  readonly fieldValidation?: 'Strict' | 'Warn' | 'Ignore';
  /** As in ListQuery: for the answer. */
  readonly managedFieldsWith?: readonly string[];
}

export interface PatchBody {
  readonly type: 'merge' | 'json';
  readonly body: JsonObject | JsonArray;
  readonly fieldManager?: string;
  readonly subresource?: 'status' | 'scale';
}

export interface DeleteOptions {
  /** Preconditions: without `uid` nothing is ever deleted by the engine (DESIGN §4.6). */
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly propagation?: 'Background' | 'Foreground' | 'Orphan';
}

export interface RawResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

/** Every method rejects with KubeApiError (server said no) or KubeTransportError (no answer). */
export interface KubeApi {
  get(ref: ObjectRef, options?: RequestOptions): Promise<KubeObject>;
  list(query: ListQuery, options?: RequestOptions): Promise<KubeList>;
  /** Ends without error when the server ends the watch; aborting the signal ends it too. */
  watch(query: WatchQuery, options?: RequestOptions): AsyncIterable<WatchEvent>;
  create(
    resource: ResourceType,
    namespace: string | undefined,
    object: JsonObject,
    options?: RequestOptions,
  ): Promise<KubeObject>;
  /** Server-side apply. Guards (metadata.uid, metadata.resourceVersion) travel inside the object. */
  apply(ref: ObjectRef, object: JsonObject, apply: ApplyOptions, options?: RequestOptions): Promise<KubeObject>;
  patch(ref: ObjectRef, patch: PatchBody, options?: RequestOptions): Promise<KubeObject>;
  replace(ref: ObjectRef, object: JsonObject, options?: RequestOptions): Promise<KubeObject>;
  /** The object while finalizers or grace keep it, undefined when it is gone. */
  delete(ref: ObjectRef, preconditions: DeleteOptions, options?: RequestOptions): Promise<KubeObject | undefined>;
  /** A path of the API server that has no resource: /version, discovery. */
  raw(path: string, options?: RequestOptions & { readonly accept?: string }): Promise<RawResponse>;
}
