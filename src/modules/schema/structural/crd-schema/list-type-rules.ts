// Lists that are sets or maps: what their items must be.
import { isJsonArray, type JsonObject } from '../../../common';
import { forbiddenCause, invalidCause, notSupportedCause, requiredCause } from '../../causes';
import { type FieldCause } from '../../types/type-schema';
import { own } from '../own-keys';
import { isGiven, isTrue, nodeAt, textAt } from './nodes';

export function listTypeCauses(node: JsonObject, path: string): readonly FieldCause[] {
  const listType = own(node, 'x-kubernetes-list-type');
  const hasKeys = keysOf(node).length > 0;
  const found: FieldCause[] = [];
  if (typeof listType === 'string') found.push(...formCauses(node, listType, path));
  if (hasKeys && typeof listType !== 'string') {
    const detail = 'must be map if x-kubernetes-list-map-keys is non-empty';
    found.push(requiredCause(`${path}.x-kubernetes-list-type`, detail));
  } else if (hasKeys && listType !== 'map') {
    const detail = 'must be map if x-kubernetes-list-map-keys is non-empty';
    found.push(invalidCause(`${path}.x-kubernetes-list-type`, listType, detail));
  }
  if (listType === 'map') found.push(...mapItemCauses(node, path));
  if (listType === 'map' || listType === 'set') found.push(...nullableCauses(node, listType, path));
  return found;
}

function keysOf(node: JsonObject): readonly string[] {
  const keys = own(node, 'x-kubernetes-list-map-keys');
  return isJsonArray(keys) ? keys.filter((key): key is string => typeof key === 'string') : [];
}

function formCauses(node: JsonObject, listType: string, path: string): readonly FieldCause[] {
  const type = textAt(node, 'type');
  const detail = 'must be array if x-kubernetes-list-type is specified';
  const found: FieldCause[] = [];
  if (type === '') found.push(requiredCause(`${path}.type`, detail));
  else if (type !== 'array') found.push(invalidCause(`${path}.type`, type, detail));
  else if (listType === 'set') found.push(...setItemCauses(nodeAt(node, 'items'), `${path}.items`));
  if (!['atomic', 'set', 'map'].includes(listType)) {
    found.push(notSupportedCause(`${path}.x-kubernetes-list-type`, listType, ['atomic', 'set', 'map']));
  }
  return found;
}

/** Items of a set are compared as a whole: they must be owned as a whole. */
function setItemCauses(items: JsonObject | undefined, path: string): readonly FieldCause[] {
  if (items === undefined) return [];
  const detail = 'must be atomic as item of a list with x-kubernetes-list-type=set';
  const listType = own(items, 'x-kubernetes-list-type');
  if (textAt(items, 'type') === 'array' && listType !== undefined && listType !== 'atomic') {
    return [invalidCause(`${path}.x-kubernetes-list-type`, listType, detail)];
  }
  if (textAt(items, 'type') === 'object' && own(items, 'x-kubernetes-map-type') !== 'atomic') {
    return [invalidCause(`${path}.x-kubernetes-map-type`, listType ?? null, detail)];
  }
  return [];
}

function mapItemCauses(node: JsonObject, path: string): readonly FieldCause[] {
  const keys = keysOf(node);
  const items = nodeAt(node, 'items');
  const found: FieldCause[] = [];
  if (keys.length === 0) {
    const detail = 'must not be empty if x-kubernetes-list-type is map';
    found.push(requiredCause(`${path}.x-kubernetes-list-map-keys`, detail));
  }
  if (items === undefined) {
    return [...found, requiredCause(`${path}.items`, 'must have a schema if x-kubernetes-list-type is map')];
  }
  if (textAt(items, 'type') !== 'object') {
    const detail = "must be object if parent array's x-kubernetes-list-type is map";
    return [...found, invalidCause(`${path}.items.type`, textAt(items, 'type'), detail)];
  }
  return [...found, ...keyCauses(keys, items, path)];
}

function keyCauses(keys: readonly string[], items: JsonObject, path: string): readonly FieldCause[] {
  const properties = nodeAt(items, 'properties') ?? {};
  const keysPath = `${path}.x-kubernetes-list-map-keys`;
  const seen = new Set<string>();
  return keys.flatMap((key) => {
    const found: FieldCause[] = [];
    const property = nodeAt(properties, key);
    if (property === undefined) {
      found.push(invalidCause(keysPath, [...keys], 'entries must all be names of item properties'));
    } else if (['array', 'object'].includes(textAt(property, 'type'))) {
      const detail = "must be a scalar type if parent array's x-kubernetes-list-type is map";
      found.push(invalidCause(`${path}.items.properties[${key}].type`, textAt(items, 'type'), detail));
    }
    if (seen.has(key)) found.push(invalidCause(keysPath, [...keys], 'must not contain duplicate entries'));
    seen.add(key);
    return found;
  });
}

function nullableCauses(node: JsonObject, listType: string, path: string): readonly FieldCause[] {
  const items = nodeAt(node, 'items');
  if (items === undefined) return [];
  const found: FieldCause[] = [];
  if (isTrue(items, 'nullable')) {
    const detail = `cannot be nullable when x-kubernetes-list-type is ${listType}`;
    found.push(forbiddenCause(`${path}.items.nullable`, detail));
  }
  if (listType === 'set') return found;
  const required = own(items, 'required');
  for (const key of keysOf(node)) {
    const property = nodeAt(nodeAt(items, 'properties') ?? {}, key);
    if (property === undefined) continue;
    const place = `${path}.items.properties[${key}]`;
    if (!(isJsonArray(required) && required.includes(key)) && !isGiven(property, 'default')) {
      const detail =
        'this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property';
      found.push(requiredCause(`${place}.default`, detail));
    }
    if (isTrue(property, 'nullable')) {
      const detail = 'this property is in x-kubernetes-list-map-keys, so it cannot be nullable';
      found.push(forbiddenCause(`${place}.nullable`, detail));
    }
  }
  return found;
}
