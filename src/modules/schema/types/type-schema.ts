// What a value at one place of a Kubernetes object may be. One form for built-in kinds (from the OpenAPI tables) and for
// custom resources (from the structural schema of the CRD), so that validation, defaulting, pruning and structured merge
// have one reading of a schema each.
import { type JsonObject, type JsonValue } from '../../common';

/** How items of a list are told apart (`x-kubernetes-list-type`); absent means atomic. */
export type ListType = 'atomic' | 'set' | 'map';

/** A node of a schema. Nodes of built-in kinds refer to each other (JSONSchemaProps holds itself): never walk one blindly. */
export interface TypeSchema {
  /** Absent: any value (RawExtension, a place with preserved unknown fields and no type). */
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';
  /** `int-or-string`, `quantity`, `date-time`, `micro-time` (built-in kinds only), `int32`, `byte`, ... */
  readonly format?: string;
  /** What the Go decoder calls the type (`v1.PullPolicy`, `[]v1.Container`); built-in kinds only. */
  readonly goType?: string;
  /** How the Go decoder writes the field in a path, where that is not its name (`ProbeHandler.httpGet`); built-in kinds only. */
  readonly goPath?: string;
  readonly nullable?: boolean;
  /** Custom resources: filled in by `applyDefaults`. Built-in kinds: as published (zero values too), for structured merge. */
  readonly default?: JsonValue;
  readonly properties?: ReadonlyMap<string, TypeSchema>;
  /** Schema of the values of a map. */
  readonly additionalProperties?: TypeSchema;
  readonly required?: readonly string[];
  readonly items?: TypeSchema;
  /** `x-kubernetes-preserve-unknown-fields`. */
  readonly keepsUnknown?: boolean;
  /** `x-kubernetes-embedded-resource`. */
  readonly isEmbeddedResource?: boolean;
  readonly listType?: ListType;
  /** Of a list of type map: the fields that tell items apart. */
  readonly listMapKeys?: readonly string[];
  /** `x-kubernetes-map-type: atomic`, for maps and structs. */
  readonly isAtomicMap?: boolean;
  /** Strategic merge patch (built-in kinds only). */
  readonly patchStrategy?: readonly ('merge' | 'replace' | 'retainKeys')[];
  readonly patchMergeKey?: string;
  /** The node of the CRD's document: value validations (enum, pattern, minimum, CEL rules, ...). Absent for built-in kinds. */
  readonly source?: JsonObject;
}

/** One reason why an object is not accepted: an item of `details.causes` of a Status with reason Invalid. */
export interface FieldCause {
  /** `FieldValueRequired`, `FieldValueInvalid`, `FieldValueNotSupported`, `FieldValueDuplicate`, `FieldValueForbidden`, ... */
  readonly reason: string;
  /** With the prefix of its reason: `Invalid value: "x": must be ...`. */
  readonly message: string;
  /** `spec.template.spec.containers[0].name`. */
  readonly field: string;
}
