// The check of the schema of one version of a CRD, in the order of the server.
import { isJsonArray, isJsonObject, type JsonObject } from '../../../common';
import { forbiddenCause, invalidCause, invalidShownCause } from '../../causes';
import { compileRules } from '../../cel/rules';
import { type FieldCause } from '../../types/type-schema';
import { compileStructuralSchema } from '../compile';
import { own } from '../own-keys';
import { defaultCauses } from './default-rules';
import { GO_SCHEMA } from './go-schema';
import { entriesAt, isSet, nodeAt, nodesAt } from './nodes';
import { openApiCauses } from './openapi-rules';
import { structuralCauses } from './structural-rules';

export interface CrdSchemaOptions {
  /**
   * Where the schema stands: `spec.validation.openAPIV3Schema` when the schemas of all versions are the same (also when
   * there is only one version), else `spec.versions[0].schema.openAPIV3Schema`.
   */
  readonly path: string;
  /** Whether the version has a status subresource. */
  readonly hasStatus?: boolean;
}

/** Keywords that a schema beside a status subresource may have at its root. */
const AT_ROOT = new Set([
  ...['description', 'type', 'format', 'title', 'maximum', 'exclusiveMaximum', 'minimum', 'exclusiveMinimum'],
  ...['maxLength', 'minLength', 'pattern', 'maxItems', 'minItems', 'uniqueItems', 'multipleOf', 'required', 'items'],
  ...['properties', 'externalDocs', 'example', 'x-kubernetes-preserve-unknown-fields', 'x-kubernetes-validations'],
]);
const NAMES_AT_ROOT =
  'Description Type Format Title Maximum ExclusiveMaximum Minimum ExclusiveMinimum MaxLength MinLength Pattern ' +
  'MaxItems MinItems UniqueItems MultipleOf Required Items Properties ExternalDocs Example XPreserveUnknownFields ' +
  'XValidations';

/**
 * What is wrong with an openAPIV3Schema; empty for one that `compileStructuralSchema` may have. Rules are compiled when
 * nothing else is wrong.
 */
export function crdSchemaCauses(schema: JsonObject, options: CrdSchemaOptions): readonly FieldCause[] {
  const { path, hasStatus = false } = options;
  const found = hasStatus ? [...rootCauses(schema, path)] : [];
  if (own(schema, 'nullable') === true) {
    found.push(forbiddenCause(`${path}.nullable`, 'nullable cannot be true at the root'));
  }
  const unsupported = unsupportedKeyword(schema);
  if (unsupported === undefined) {
    const structural = structuralCauses(schema, path);
    found.push(...(structural.length > 0 ? structural : defaultCauses(schema, path)));
  }
  found.push(...openApiCauses(schema, path));
  if (found.length > 0) return found;
  if (unsupported !== undefined) return [invalidCause(path, '', unsupported)];
  return compileRules(compileStructuralSchema(schema))?.problems(path) ?? [];
}

function rootCauses(schema: JsonObject, path: string): readonly FieldCause[] {
  for (const [key, value] of Object.entries(schema)) {
    if (!isSet(value)) continue;
    if (key === 'type' && value !== 'object') {
      const detail =
        'only "object" is allowed as the type at the root of the schema if the status subresource is enabled';
      return [invalidCause(`${path}.type`, value ?? null, detail)];
    }
    if (!AT_ROOT.has(key)) {
      const detail = `only [${NAMES_AT_ROOT}] fields are allowed at the root of the schema if the status subresource is enabled`;
      return [invalidShownCause(path, GO_SCHEMA(schema), detail)];
    }
  }
  return [];
}

const UNSUPPORTED = ['id', '$schema', '$ref', 'patternProperties', 'dependencies', 'additionalItems', 'definitions'];

/** The first keyword that no structural schema has, in words. */
function unsupportedKeyword(node: JsonObject): string | undefined {
  const key = UNSUPPORTED.find((name) => isSet(own(node, name)));
  if (key !== undefined) return `OpenAPIV3Schema '${key === '$schema' ? 'schema' : key}' is not supported`;
  if (isJsonArray(own(node, 'items'))) return "OpenAPIV3Schema 'items' must be a schema, but is an array";
  if (own(node, 'x-kubernetes-preserve-unknown-fields') === false) {
    return "internal error: 'x-kubernetes-preserve-unknown-fields' must be true or undefined";
  }
  for (const child of childrenOf(node)) {
    const found = unsupportedKeyword(child);
    if (found !== undefined) return found;
  }
  return undefined;
}

function childrenOf(node: JsonObject): readonly JsonObject[] {
  const additional = own(node, 'additionalProperties');
  return [
    ...[nodeAt(node, 'not'), nodeAt(node, 'items')].filter((child) => child !== undefined),
    ...['allOf', 'anyOf', 'oneOf'].flatMap((key) => nodesAt(node, key)),
    ...entriesAt(node, 'properties').map(([, child]) => child),
    ...(isJsonObject(additional) ? [additional] : []),
  ];
}
