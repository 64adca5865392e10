// Objects inside an object (x-kubernetes-embedded-resource): they need apiVersion and kind, and metadata that would do.
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../common';
import { invalidCause, requiredCause } from '../../causes';
import { type FieldCause, type TypeSchema } from '../../types/type-schema';
import { own } from '../own-keys';

/** Checks metadata of an embedded object; the caller knows the rules of names, labels and annotations. */
export type MetadataCheck = (metadata: JsonObject, path: string) => readonly FieldCause[];

const KIND = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const KIND_RULE =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, " +
  "and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is " +
  "'[a-z]([-a-z0-9]*[a-z0-9])?')";

/** What is wrong with the embedded objects below a value. The object itself is not looked at. */
export function validateEmbedded(
  value: JsonValue,
  schema: TypeSchema,
  checkMetadata: MetadataCheck = () => [],
  path = '',
): readonly FieldCause[] {
  if (schema.source === undefined) return [];
  if (isJsonArray(value)) {
    const { items } = schema;
    if (items === undefined) return [];
    return value.flatMap((item, index) => validateEmbedded(item, items, checkMetadata, `${path}[${index}]`));
  }
  if (!isJsonObject(value)) return [];
  const found = schema.isEmbeddedResource === true ? [...checkEmbedded(value, path, checkMetadata)] : [];
  for (const [name, child] of Object.entries(value)) {
    const known = schema.properties?.get(name);
    const node = known ?? schema.additionalProperties;
    if (child === undefined || node === undefined) continue;
    const childPath = known === undefined ? `${path}[${name}]` : at(path, name);
    found.push(...validateEmbedded(child, node, checkMetadata, childPath));
  }
  return found;
}

function at(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

function checkEmbedded(object: JsonObject, path: string, checkMetadata: MetadataCheck): readonly FieldCause[] {
  const metadata = own(object, 'metadata');
  return [
    ...['apiVersion', 'kind'].flatMap((name) => checkTypeMeta(own(object, name), name, at(path, name))),
    ...(isJsonObject(metadata) ? checkMetadata(metadata, at(path, 'metadata')) : []),
  ];
}

function checkTypeMeta(value: JsonValue | undefined, name: string, path: string): readonly FieldCause[] {
  if (value === undefined) return [requiredCause(path)];
  if (typeof value !== 'string') return [invalidCause(path, value, 'must be a string')];
  if (value === '') return [invalidCause(path, value, 'must not be empty')];
  return name === 'kind' ? checkKind(value, path) : checkApiVersion(value, path);
}

function checkApiVersion(value: string, path: string): readonly FieldCause[] {
  if (value.split('/').length <= 2) return [];
  return [invalidCause(path, value, `unexpected GroupVersion string: ${value}`)];
}

function checkKind(value: string, path: string): readonly FieldCause[] {
  const problems: string[] = [];
  if (value.length > 63) problems.push('must be no more than 63 bytes');
  if (!KIND.test(value.toLowerCase())) problems.push(KIND_RULE);
  if (problems.length === 0) return [];
  return [invalidCause(path, value, `may have mixed case, but should otherwise match: ${problems.join(',')}`)];
}
