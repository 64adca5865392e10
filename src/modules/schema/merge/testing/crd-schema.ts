import { isJsonObject, type JsonObject, type JsonValue } from '../../../common';
import { builtinDefinition } from '../../openapi';
import { type ListType, type TypeSchema } from '../../types/type-schema';

const META = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';

/** Schema of a whole custom resource, from the schema in its CRD; what merging looks at and nothing else. */
export function crdSchema(node: JsonObject): TypeSchema {
  const text: TypeSchema = { type: 'string' };
  const { properties, ...rest } = compiled(node);
  return {
    ...rest,
    properties: new Map([
      ...(properties ?? []),
      ['apiVersion', text],
      ['kind', text],
      ['metadata', builtinDefinition(META) ?? {}],
    ]),
  };
}

function compiled(node: JsonObject): TypeSchema {
  const { properties, items, additionalProperties } = node;
  const value = <Type>(name: string): Type | undefined => node[name] as Type | undefined;
  const draft: Record<string, unknown> = {
    type: value('type'),
    format: value('format'),
    default: value<JsonValue>('default'),
    required: value('required'),
    keepsUnknown: value('x-kubernetes-preserve-unknown-fields'),
    listType: value<ListType>('x-kubernetes-list-type'),
    listMapKeys: value('x-kubernetes-list-map-keys'),
    isAtomicMap: node['x-kubernetes-map-type'] === 'atomic' ? true : undefined,
    properties: isJsonObject(properties)
      ? new Map(Object.entries(properties).map(([name, child]) => [name, compiled(child as JsonObject)]))
      : undefined,
    items: isJsonObject(items) ? compiled(items) : undefined,
    additionalProperties: isJsonObject(additionalProperties) ? compiled(additionalProperties) : undefined,
  };
  return Object.fromEntries(Object.entries(draft).filter(([, item]) => item !== undefined));
}
