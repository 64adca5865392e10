// What the sandbox serves: one definition for each resource, built-in or custom. Discovery, routing, verbs, tables and
// OpenAPI all read the same definitions.
import { type JsonObject } from '../../common';
import { type TypeSchema } from '../../schema';
import { type KindStrategy } from '../kinds/kind-strategy';

export interface ServedVersion {
  readonly name: string;
  /** Schema of the whole object (apiVersion, kind, metadata, ...). */
  readonly schema: TypeSchema;
  readonly hasStatus: boolean;
  /** Text of the Warning that every answer carries. */
  readonly deprecation?: string;
  /** JSON paths of a scale subresource (`.spec.replicas`). */
  readonly scale?: { readonly specPath: string; readonly statusPath: string; readonly selectorPath?: string };
  /** `additionalPrinterColumns` of a CRD; built-in kinds have columns in `table/`. */
  readonly printerColumns?: readonly JsonObject[];
  /** Field selectors beyond metadata.name and metadata.namespace, as dotted paths. */
  readonly selectableFields?: readonly string[];
  /** The OpenAPI v3 schema as it is published; custom resources only. */
  readonly published?: JsonObject;
}

export interface ResourceDefinition {
  /** Where its objects are stored: `apps/deployments`, `/pods`. The same for all versions. */
  readonly id: string;
  readonly group: string;
  readonly kind: string;
  readonly listKind: string;
  readonly plural: string;
  readonly singular: string;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly namespaced: boolean;
  /** Served ones, the preferred one first. */
  readonly versions: readonly ServedVersion[];
  /** Objects are stored in this version; conversion changes apiVersion only. */
  readonly storageVersion: string;
  /** Where that is not `group/storageVersion`: two groups that share their objects (Events). */
  readonly storedApiVersion?: string;
  /** A stored object as the schema of now has it: pruned, with defaults; the very object when it is so already. */
  readonly readStored?: (object: JsonObject) => JsonObject;
  /** To another apiVersion of it, where more than apiVersion differs; a new object, the given one stays as it is. */
  readonly convert?: (object: JsonObject, apiVersion: string) => JsonObject;
  /** create, delete, deletecollection, get, list, patch, update, watch, as far as it has them. */
  readonly verbs: readonly string[];
  readonly isCustom: boolean;
  /** Of a custom resource: another one whenever the spec of its definition is. Watches end with it. */
  readonly edition?: string;
  readonly strategy: KindStrategy;
}
