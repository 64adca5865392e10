// What makes a schema structural: each node outside the junctors has a type, and the nodes inside say nothing about
// structure (so that pruning and defaulting need not ask which alternative holds).
import { isJsonObject, type JsonObject } from '../../../common';
import { forbiddenCause, invalidCause, requiredCause } from '../../causes';
import { type FieldCause } from '../../types/type-schema';
import { own } from '../own-keys';
import { patternProblem } from '../validate/patterns';
import { completenessCauses } from './completeness';
import { entriesAt, isGiven, isSet, isTrue, nodeAt, nodesAt, textAt } from './nodes';

type Level = 'root' | 'item' | 'field';

const TYPE_NEEDED: Readonly<Record<Level, string>> = {
  root: 'must not be empty at the root',
  item: 'must not be empty for specified array items',
  field: 'must not be empty for specified object fields',
};

/** Causes in the order of their text, as the server gives them. */
export function structuralCauses(schema: JsonObject, path: string): readonly FieldCause[] {
  const found = [...invariants(schema, 'root', path), ...completenessCauses(schema, path)];
  const text = ({ field, message }: FieldCause): string => `${field}: ${message}`;
  return found.sort((a, b) => (text(a) < text(b) ? -1 : 1));
}

function invariants(node: JsonObject, level: Level, path: string): readonly FieldCause[] {
  const items = nodeAt(node, 'items');
  const additional = own(node, 'additionalProperties');
  const found: FieldCause[] = [];
  if (textAt(node, 'type') === 'array' && items === undefined) {
    found.push(requiredCause(`${path}.items`, 'must be specified'));
  }
  if (items !== undefined) found.push(...invariants(items, 'item', `${path}.items`));
  for (const [name, child] of entriesAt(node, 'properties')) {
    found.push(...invariants(child, 'field', `${path}.properties[${name}]`));
  }
  if (additional !== undefined && additional !== null && level === 'root') {
    found.push(forbiddenCause(`${path}.additionalProperties`, 'must not be used at the root'));
  }
  if (isJsonObject(additional)) found.push(...invariants(additional, 'field', `${path}.additionalProperties`));
  const valueRules = valueCauses(node, path, isIntOrStringAnyOf(node), isIntOrStringAllOf(node));
  found.push(...extensionCauses(node, path), ...valueRules, ...typeCauses(node, level, path));
  return [...found, ...metaCauses(node, level, path)];
}

function extensionCauses(node: JsonObject, path: string): readonly FieldCause[] {
  if (!isTrue(node, 'x-kubernetes-int-or-string')) return [];
  return ['x-kubernetes-preserve-unknown-fields', 'x-kubernetes-embedded-resource']
    .filter((key) => isTrue(node, key))
    .map((key) => invalidCause(`${path}.${key}`, true, 'must be false if x-kubernetes-int-or-string is true'));
}

function typeCauses(node: JsonObject, level: Level, path: string): readonly FieldCause[] {
  const type = textAt(node, 'type');
  const isEmbedded = isTrue(node, 'x-kubernetes-embedded-resource');
  const found: FieldCause[] = [];
  if (isEmbedded && type !== 'object') {
    const detail = 'must be object if x-kubernetes-embedded-resource is true';
    found.push(type === '' ? requiredCause(`${path}.type`, detail) : invalidCause(`${path}.type`, type, detail));
  } else if (
    type === '' &&
    !isTrue(node, 'x-kubernetes-int-or-string') &&
    !isTrue(node, 'x-kubernetes-preserve-unknown-fields')
  ) {
    found.push(requiredCause(`${path}.type`, TYPE_NEEDED[level]));
  }
  if (isEmbedded && isGiven(node, 'additionalProperties')) {
    const detail = 'must not be used if x-kubernetes-embedded-resource is set';
    found.push(forbiddenCause(`${path}.additionalProperties`, detail));
  }
  if (level === 'root' && type !== '' && type !== 'object') {
    found.push(invalidCause(`${path}.type`, type, 'must be object at the root'));
  }
  return found;
}

/** apiVersion, kind and metadata of an object are known already. */
function metaCauses(node: JsonObject, level: Level, path: string): readonly FieldCause[] {
  const isEmbedded = isTrue(node, 'x-kubernetes-embedded-resource');
  const isResource = level === 'root' || isEmbedded;
  const properties = nodeAt(node, 'properties') ?? {};
  const found: FieldCause[] = [];
  for (const name of isResource ? ['kind', 'apiVersion'] : []) {
    const child = nodeAt(properties, name);
    if (child !== undefined && textAt(child, 'type') !== 'string') {
      found.push(invalidCause(`${path}.properties[${name}].type`, textAt(child, 'type'), 'must be string'));
    }
  }
  const metadata = nodeAt(properties, 'metadata');
  const metadataPath = `${path}.properties[metadata]`;
  if (metadata !== undefined && isResource && textAt(metadata, 'type') !== 'object') {
    found.push(invalidCause(`${metadataPath}.type`, textAt(metadata, 'type'), 'must be object'));
  }
  if (metadata !== undefined && level === 'root' && !saysNamesOnly(metadata)) {
    const detail = 'must not specify anything other than name and generateName, but metadata is implicitly specified';
    found.push(forbiddenCause(metadataPath, detail));
  }
  if (isEmbedded && !isTrue(node, 'x-kubernetes-preserve-unknown-fields') && Object.keys(properties).length === 0) {
    const detail =
      'must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields';
    found.push(requiredCause(`${path}.properties`, detail));
  }
  return found;
}

function saysNamesOnly(metadata: JsonObject): boolean {
  const isName = (name: string): boolean => name === 'name' || name === 'generateName';
  return Object.entries(metadata).every(([key, value]) => {
    if (key === 'type' || key === 'default' || !isSet(value)) return true;
    return key === 'properties' && isJsonObject(value) && Object.keys(value).every(isName);
  });
}

/** `anyOf: [{type: integer}, {type: string}]`, which int-or-string may have. */
function isIntOrStringAnyOf(node: JsonObject): boolean {
  const [first, second, ...more] = nodesAt(node, 'anyOf');
  return more.length === 0 && isOnlyType(first, 'integer') && isOnlyType(second, 'string');
}

function isIntOrStringAllOf(node: JsonObject): boolean {
  const [first] = nodesAt(node, 'allOf');
  return first !== undefined && isIntOrStringAnyOf(first);
}

function isOnlyType(node: JsonObject | undefined, type: string): boolean {
  return node !== undefined && textAt(node, 'type') === type && Object.values(node).filter(isSet).length === 1;
}

function valueCauses(
  node: JsonObject,
  path: string,
  skipsAnyOf: boolean,
  skipsFirstAllOf: boolean,
): readonly FieldCause[] {
  const found: FieldCause[] = [];
  const each = (key: string, skips: (index: number) => boolean): void => {
    nodesAt(node, key).forEach((child, index) => {
      found.push(...nestedCauses(child, `${path}.${key}[${index}]`, skips(index)));
    });
  };
  if (!skipsAnyOf) each('anyOf', () => false);
  each('allOf', (index) => skipsFirstAllOf && index === 0);
  each('oneOf', () => false);
  const not = nodeAt(node, 'not');
  if (not !== undefined) found.push(...nestedCauses(not, `${path}.not`, false));
  const pattern = textAt(node, 'pattern');
  const mistake = pattern === '' ? undefined : patternProblem(pattern);
  if (mistake !== undefined) {
    found.push(invalidCause(`${path}.pattern`, pattern, `must be a valid regular expression, but isn't: ${mistake}`));
  }
  return found;
}

/** What a node inside of a junctor must not say, and how that is put. */
const FORBIDDEN_INSIDE: readonly (readonly [key: string, detail: string])[] = [
  ['type', 'must be empty to be structural'],
  ['additionalProperties', 'must be undefined to be structural'],
  ['default', 'must be undefined to be structural'],
  ['title', 'must be empty to be structural'],
  ['description', 'must be empty to be structural'],
  ['nullable', 'must be false to be structural'],
  ['x-kubernetes-preserve-unknown-fields', 'must be false to be structural'],
  ['x-kubernetes-embedded-resource', 'must be false to be structural'],
  ['x-kubernetes-int-or-string', 'must be false to be structural'],
  ['x-kubernetes-list-map-keys', 'must be empty to be structural'],
  ['x-kubernetes-list-type', 'must be undefined to be structural'],
  ['x-kubernetes-map-type', 'must be undefined to be structural'],
  ['x-kubernetes-validations', 'must be empty to be structural'],
];

function nestedCauses(node: JsonObject, path: string, skipsAnyOf: boolean): readonly FieldCause[] {
  const found = [...valueCauses(node, path, skipsAnyOf, false)];
  const items = nodeAt(node, 'items');
  if (items !== undefined) found.push(...nestedCauses(items, `${path}.items`, false));
  for (const [name, child] of entriesAt(node, 'properties')) {
    found.push(...nestedCauses(child, `${path}.properties[${name}]`, false));
    if (name === 'metadata') {
      found.push(forbiddenCause(`${path}.properties[metadata]`, 'must not be specified in a nested context'));
    }
  }
  for (const [key, detail] of FORBIDDEN_INSIDE) {
    const value = own(node, key);
    // An empty map of additionalProperties says something, an empty default too.
    const says = key === 'additionalProperties' ? isJsonObject(value) || value === true : isSet(value);
    if (says || (key === 'default' && isGiven(node, key))) found.push(forbiddenCause(`${path}.${key}`, detail));
  }
  return found;
}
