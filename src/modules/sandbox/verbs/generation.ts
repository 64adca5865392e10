// metadata.generation counts changes of what is wanted: everything but metadata and, where it is a subresource, status.
import { jsonEquals, type JsonObject } from '../../common';
import { type ServedResource } from '../registry';

export function hasGeneration({ definition, version }: ServedResource): boolean {
  return definition.strategy.hasGeneration ?? (definition.isCustom || version.schema.properties?.has('spec') === true);
}

export function isSpecChanged({ definition, version }: ServedResource, object: JsonObject, old: JsonObject): boolean {
  const ignored = new Set(['metadata', 'apiVersion', 'kind']);
  if (version.hasStatus || !definition.isCustom) ignored.add('status');
  for (const member of new Set([...Object.keys(object), ...Object.keys(old)])) {
    if (!ignored.has(member) && !jsonEquals(object[member], old[member])) return true;
  }
  return false;
}
