// How a kind behaves beyond its schema: the "strategy" of a registry in Kubernetes. Each hook is pure over its arguments
// but for `allocate`, which may look at other objects. A kind without hooks is stored as its schema says.
import { type JsonObject, type MutableJsonObject } from '../../common';
import { type FieldCause } from '../../schema';

/** Looks at what is stored; used for allocation (cluster IPs, node ports) and references. */
export interface StorageView {
  get(resourceId: string, namespace: string, name: string): JsonObject | undefined;
  list(resourceId: string, namespace?: string): Iterable<JsonObject>;
}

export interface KindStrategy {
  /**
   * Fills in defaults of the version that was sent. Runs on every write, before validation. What server-side apply merged
   * has not been decoded from a body: its nulls stay.
   */
  readonly default?: (draft: MutableJsonObject, origin?: 'sent' | 'merged') => void;
  /** Looks at other objects before a new one is made; why it is forbidden, or undefined. */
  readonly admit?: (draft: MutableJsonObject, view: StorageView) => string | undefined;
  /** Drops what a client may not set at creation (status), sets what the server sets. `generation` is set already. */
  readonly prepareForCreate?: (draft: MutableJsonObject) => void;
  /** Keeps what this write may not change (status on the main resource). */
  readonly prepareForUpdate?: (draft: MutableJsonObject, old: JsonObject) => void;
  /** Sets what is there although nobody owns it; last of all, of every part of the object. */
  readonly complete?: (draft: MutableJsonObject) => void;
  /** Before the object is validated; what cannot be given is refused alone. A dry run reserves nothing. */
  readonly allocate?: (
    draft: MutableJsonObject,
    old: JsonObject | undefined,
    view: StorageView,
    isDryRun: boolean,
  ) => readonly FieldCause[];
  readonly validate?: (object: JsonObject) => readonly FieldCause[];
  /** `subresource`: what of it is written, when not the object itself. */
  readonly validateUpdate?: (object: JsonObject, old: JsonObject, subresource?: string) => readonly FieldCause[];
  /** Why nothing may be made any more (a definition that is going). */
  readonly closedBecause?: string;
  /** Dotted paths for field selectors beyond metadata, with the value of an object. */
  readonly selectableFields?: Readonly<Record<string, (object: JsonObject) => string>>;
  /** Where the name is checked: most kinds are subdomains. */
  readonly nameForm?: 'subdomain' | 'label' | 'rfc1035Label' | 'pathSegment';
  /** Whether `metadata.generation` counts changes of spec; default true where the schema has spec. */
  readonly hasGeneration?: boolean;
  /** What of metadata a write of the status leaves as it is (and an apply to it never owns); default nothing. */
  readonly statusKeeps?: 'metadata' | readonly string[];
  /** Whether a graceful deletion waits (pods). Seconds; default 0: gone at once. */
  readonly gracePeriodSeconds?: (object: JsonObject) => number;
  /** Whether a deletion waits although no finalizer of metadata holds it (namespaces with spec.finalizers). */
  readonly staysWhileDeleting?: (object: JsonObject) => boolean;
  /** Holds every deletion until the kind's own controller takes it off (definitions with instances). */
  readonly deletionFinalizer?: string;
  /** What else changes when deletionTimestamp is set (the phase of a namespace). */
  readonly markDeleting?: (draft: MutableJsonObject, stored: JsonObject) => void;
  /** PUT may omit metadata.resourceVersion; default true, false for custom resources and a few kinds. */
  readonly allowsUnconditionalUpdate?: boolean;
  /** PUT makes an object that is not there (leases, events, ...); default false. */
  readonly allowsCreateOnUpdate?: boolean;
  /** DELETE answers with the object instead of a Status. */
  readonly returnsDeleted?: boolean;
  /** Warnings (header `Warning`) of an accepted write. */
  readonly warnings?: (object: JsonObject, old: JsonObject | undefined) => readonly string[];
  /** A POST answers with this, and nothing is stored (reviews). */
  readonly respond?: (draft: JsonObject) => JsonObject;
  /** Extra work after an object is stored or gone (a CRD changes what is served). */
  readonly changed?: (type: 'created' | 'updated' | 'deleted', object: JsonObject) => void;
}
