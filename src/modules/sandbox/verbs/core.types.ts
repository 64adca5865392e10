import { type Clock, type JsonObject, type Random } from '../../common';
import { type ResourceRegistry, type ServedResource } from '../registry';
import { type ObjectStore } from '../storage';

/** What every verb works on. */
export interface SandboxCore {
  readonly store: ObjectStore;
  readonly registry: ResourceRegistry;
  readonly clock: Clock;
  readonly random: Random;
}

/** The resource of a request, in the version of the request. */
export interface Target extends ServedResource {
  /** '' for cluster-scoped resources, and for a list over all namespaces. */
  readonly namespace: string;
}

/** One object. */
export interface ObjectTarget extends Target {
  readonly name: string;
  /** `status` or another part of it; undefined is the object itself. */
  readonly subresource?: string | undefined;
}

export type FieldValidation = 'Strict' | 'Warn' | 'Ignore';

export interface WriteOptions {
  /** Everything but storing. */
  readonly isDryRun?: boolean;
  /** Who writes, for managedFields. */
  readonly fieldManager: string;
  /** What happens to fields that the schema does not know; default Warn. */
  readonly fieldValidation?: FieldValidation;
  /** Told of what becomes a Warning header. */
  readonly warn?: (text: string) => void;
}

/** What a write did. */
export interface Written {
  /** In the version of the request. */
  readonly object: JsonObject;
  readonly isCreated: boolean;
}
