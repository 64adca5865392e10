// Whether a definition has a default anywhere in its schemas.
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../common';
import { parts } from '../../kinds';
import { openApiSchema } from './internal-spec';

/** Maps whose keys are names of fields, and none of the keywords. */
const NAMED = new Set(['properties', 'patternProperties', 'definitions', 'dependencies']);

export function hasDefaults(spec: JsonObject): boolean {
  return parts(spec, 'versions').some(({ schema }) => {
    const found = isJsonObject(schema) ? openApiSchema(schema) : undefined;
    return found !== undefined && nodeHasDefault(found);
  });
}

function nodeHasDefault(node: JsonObject): boolean {
  if (node['default'] !== undefined && node['default'] !== null) return true;
  return Object.entries(node).some(([keyword, value]) => childrenOf(keyword, value).some(nodeHasDefault));
}

function childrenOf(keyword: string, value: JsonValue | undefined): readonly JsonObject[] {
  if (isJsonArray(value)) return keyword === 'enum' ? [] : value.filter((item) => isJsonObject(item));
  if (!isJsonObject(value) || keyword === 'example') return [];
  return NAMED.has(keyword) ? Object.values(value).filter((child) => isJsonObject(child)) : [value];
}
