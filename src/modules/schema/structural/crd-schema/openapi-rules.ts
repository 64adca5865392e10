// What a CRD may write in its schema besides being structural: supported keywords, list and map types, defaults, rules.
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../common';
import { forbiddenCause, invalidCause, notSupportedCause, requiredCause } from '../../causes';
import { type FieldCause } from '../../types/type-schema';
import { own } from '../own-keys';
import { listTypeCauses } from './list-type-rules';
import { entriesAt, isGiven, isSet, isTrue, nodeAt, nodesAt, textAt } from './nodes';
import { ruleTextCauses } from './rule-texts';

export interface Surroundings {
  readonly isRoot: boolean;
  readonly isInsideMeta: boolean;
  /** Why a default must not be set here: `in top-level metadata`. */
  readonly defaultsForbidden?: string;
}

const TYPES = ['array', 'boolean', 'integer', 'number', 'object', 'string'];
const META = new Set(['metadata', 'kind', 'apiVersion']);

export function openApiCauses(
  node: JsonObject,
  path: string,
  around: Surroundings = { isRoot: true, isInsideMeta: false },
): readonly FieldCause[] {
  const found = [...keywordCauses(node, path, around)];
  if (isTrue(node, 'uniqueItems')) {
    const detail = 'uniqueItems cannot be set to true since the runtime complexity becomes quadratic';
    found.push(forbiddenCause(`${path}.uniqueItems`, detail));
  }
  found.push(...childCauses(node, path, around));
  if (own(node, 'x-kubernetes-preserve-unknown-fields') === false) {
    found.push(invalidCause(`${path}.x-kubernetes-preserve-unknown-fields`, false, 'must be true or undefined'));
  }
  return [...found, ...mapTypeCauses(node, path), ...listTypeCauses(node, path), ...ruleTextCauses(node, path)];
}

function keywordCauses(node: JsonObject, path: string, around: Surroundings): readonly FieldCause[] {
  const type = textAt(node, 'type');
  const found: FieldCause[] = [];
  const forbid = (key: string, detail: string): void => void found.push(forbiddenCause(`${path}.${key}`, detail));
  if (type !== '' && !TYPES.includes(type)) found.push(notSupportedCause(`${path}.type`, type, TYPES));
  if (isGiven(node, 'default') && around.defaultsForbidden !== undefined) {
    forbid('default', `must not be set ${around.defaultsForbidden}`);
  }
  if (textAt(node, 'id') !== '') forbid('id', 'id is not supported');
  if (isGiven(node, 'additionalItems')) forbid('additionalItems', 'additionalItems is not supported');
  if (isSet(own(node, 'patternProperties'))) forbid('patternProperties', 'patternProperties is not supported');
  if (isSet(own(node, 'definitions'))) forbid('definitions', 'definitions is not supported');
  if (isGiven(node, 'dependencies')) forbid('dependencies', 'dependencies is not supported');
  if (isGiven(node, '$ref')) forbid('$ref', '$ref is not supported');
  if (type === 'null') forbid('type', 'type cannot be set to null, use nullable as an alternative');
  if (isJsonArray(own(node, 'items'))) forbid('items', 'items must be a schema object and not an array');
  if (around.isInsideMeta && isTrue(node, 'x-kubernetes-embedded-resource')) {
    forbid('x-kubernetes-embedded-resource', 'must not be used inside of resource meta');
  }
  return found;
}

function childCauses(node: JsonObject, path: string, around: Surroundings): readonly FieldCause[] {
  const inside = { ...around, isRoot: false };
  const found: FieldCause[] = [];
  const additional = own(node, 'additionalProperties');
  if (isSet(own(node, 'properties')) && (isJsonObject(additional) || additional === false)) {
    const detail = 'additionalProperties and properties are mutual exclusive';
    found.push(forbiddenCause(`${path}.additionalProperties`, detail));
  }
  if (isJsonObject(additional)) {
    const reason = 'inside additionalProperties applying to object metadata';
    const surroundings = around.isInsideMeta ? { ...inside, defaultsForbidden: reason } : inside;
    found.push(...openApiCauses(additional, `${path}.additionalProperties`, surroundings));
  }
  for (const [name, child] of entriesAt(node, 'properties')) {
    found.push(...openApiCauses(child, `${path}.properties[${name}]`, ofProperty(node, name, around)));
  }
  const not = nodeAt(node, 'not');
  if (not !== undefined) found.push(...openApiCauses(not, `${path}.not`, inside));
  for (const key of ['allOf', 'oneOf', 'anyOf']) {
    nodesAt(node, key).forEach((child, index) => {
      found.push(...openApiCauses(child, `${path}.${key}[${index}]`, inside));
    });
  }
  const items = nodeAt(node, 'items');
  if (items !== undefined) found.push(...openApiCauses(items, `${path}.items`, inside));
  return found;
}

function ofProperty(node: JsonObject, name: string, around: Surroundings): Surroundings {
  const isMeta = (around.isRoot || isTrue(node, 'x-kubernetes-embedded-resource')) && META.has(name);
  if (!isMeta) return { ...around, isRoot: false };
  const defaults = around.isRoot ? { defaultsForbidden: `in top-level ${name}` } : {};
  return { ...around, isRoot: false, isInsideMeta: true, ...defaults };
}

function mapTypeCauses(node: JsonObject, path: string): readonly FieldCause[] {
  const mapType: JsonValue | undefined = own(node, 'x-kubernetes-map-type');
  if (typeof mapType !== 'string') return [];
  const type = textAt(node, 'type');
  const detail = 'must be object if x-kubernetes-map-type is specified';
  const found: FieldCause[] = [];
  if (type === '') found.push(requiredCause(`${path}.type`, detail));
  else if (type !== 'object') found.push(invalidCause(`${path}.type`, type, detail));
  if (mapType !== 'atomic' && mapType !== 'granular') {
    found.push(notSupportedCause(`${path}.x-kubernetes-map-type`, mapType, ['atomic', 'granular']));
  }
  return found;
}
