// Defaults of a CRD's schema must be values that the schema itself accepts and keeps.
import { isJsonObject, jsonEquals, type JsonObject, type JsonValue } from '../../../common';
import { invalidCause } from '../../causes';
import { compileRules } from '../../cel/rules';
import { type FieldCause, type TypeSchema } from '../../types/type-schema';
import { compileStructuralPart } from '../compile';
import { own } from '../own-keys';
import { prune } from '../prune';
import { validateEmbedded } from '../validate/embedded';
import { validateValue } from '../validate/value';
import { entriesAt, isTrue, nodeAt } from './nodes';

export function defaultCauses(node: JsonObject, path: string): readonly FieldCause[] {
  const found = [...ownDefaultCauses(node, `${path}.default`)];
  const items = nodeAt(node, 'items');
  if (items !== undefined) found.push(...defaultCauses(items, `${path}.items`));
  for (const [name, child] of entriesAt(node, 'properties')) {
    found.push(...defaultCauses(child, `${path}.properties[${name}]`));
  }
  return found;
}

function ownDefaultCauses(node: JsonObject, path: string): readonly FieldCause[] {
  const value = own(node, 'default');
  if (value === undefined || value === null) return [];
  const schema: TypeSchema = compileStructuralPart(node);
  const isPruned = isJsonObject(value) && !jsonEquals(prune(value, schema).value, value);
  const unknown = isPruned ? [invalidCause(path, value, 'must not have unknown fields')] : [];
  return [...unknown, ...valueCauses(node, schema, value, path)];
}

/** The first that is wrong: the rules are asked about a value that is else as it should be, with itself as the old one. */
function valueCauses(node: JsonObject, schema: TypeSchema, value: JsonValue, path: string): readonly FieldCause[] {
  const embedded = validateEmbedded(value, schema, undefined, path);
  if (embedded.length > 0) return embedded;
  const found = validateValue(value, schema, { prefix: path });
  if (found.length > 0) return found;
  const rules = compileRules(schema, isTrue(node, 'x-kubernetes-embedded-resource'));
  return rules?.validate(value, { old: value, path, countsUnchanged: true }) ?? [];
}
