// Everything that a schema of a CRD says of an object, in the order of the server.
import { type JsonObject } from '../../common';
import { type MetadataCheck, validateEmbedded } from '../structural/validate/embedded';
import { validateLists } from '../structural/validate/list-types';
import { validateValue } from '../structural/validate/value';
import { type FieldCause, type TypeSchema } from '../types/type-schema';
import { compileRules } from './rules';

/**
 * What is wrong with a custom resource by its schema: values, embedded objects, duplicates in lists, rules. With `old` it is
 * an update: what it leaves as it was does not count.
 */
export function validateCustomResource(
  object: JsonObject,
  schema: TypeSchema,
  old?: JsonObject,
  checkMetadata?: MetadataCheck,
): readonly FieldCause[] {
  const update = old === undefined ? {} : { old };
  const hadDuplicates = old !== undefined && validateLists(old, schema).length > 0;
  const earlier = [
    ...validateValue(object, schema, update),
    ...validateEmbedded(object, schema, checkMetadata),
    ...(hadDuplicates ? [] : validateLists(object, schema)),
  ];
  return [...earlier, ...(compileRules(schema)?.validate(object, { ...update, earlier }) ?? [])];
}
