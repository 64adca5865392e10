// Of a custom resource a server decodes metadata into a Go type, and so it does with the metadata of objects inside of it
// (x-kubernetes-embedded-resource).
import { isJsonArray, isJsonObject, type JsonValue } from '../../common';
import { invalidCause } from '../causes';
import { builtinDefinition } from '../openapi';
import { type TypeSchema } from '../types/type-schema';
import { typeProblem } from './type-problem';

const OBJECT_META = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';

/** What Go says of metadata of a wrong type; undefined when it is as it should be, or null, or not there. */
export function metadataTypeProblem(metadata: JsonValue | undefined): string | undefined {
  const schema = builtinDefinition(OBJECT_META);
  if (metadata === undefined || metadata === null || schema === undefined) return undefined;
  if (isJsonObject(metadata)) return typeProblem(metadata, schema);
  const type = isJsonArray(metadata) ? 'array' : typeof metadata === 'boolean' ? 'bool' : typeof metadata;
  return `json: cannot unmarshal ${type} into Go value of type v1.ObjectMeta`;
}

/** The first embedded object below a value that cannot be decoded, in words; undefined when all can. */
export function embeddedTypeProblem(value: JsonValue, schema: TypeSchema, path = ''): string | undefined {
  if (schema.source === undefined) return undefined;
  if (isJsonArray(value)) {
    return firstProblem(value.entries(), ([index, item]) =>
      schema.items === undefined ? undefined : embeddedTypeProblem(item, schema.items, `${path}[${index}]`),
    );
  }
  if (!isJsonObject(value)) return undefined;
  return firstProblem(Object.entries(value), ([name, child]) => {
    if (child === undefined) return undefined;
    const known = schema.properties?.get(name);
    const place = known === undefined ? `${path}[${name}]` : path === '' ? name : `${path}.${name}`;
    const own = schema.isEmbeddedResource === true ? ownProblem(name, child, place) : undefined;
    const node = known ?? schema.additionalProperties;
    return own ?? (node === undefined ? undefined : embeddedTypeProblem(child, node, place));
  });
}

function ownProblem(name: string, value: JsonValue, path: string): string | undefined {
  const refused = (why: string): string => `${path}: ${invalidCause(path, value, why).message}`;
  if (name === 'apiVersion' || name === 'kind') {
    return typeof value === 'string' ? undefined : refused('must be a string');
  }
  const why = name === 'metadata' ? metadataTypeProblem(value) : undefined;
  return why === undefined ? undefined : refused(why);
}

function firstProblem<Item>(items: Iterable<Item>, of: (item: Item) => string | undefined): string | undefined {
  for (const item of items) {
    const found = of(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
