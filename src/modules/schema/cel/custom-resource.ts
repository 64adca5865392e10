// Everything that a schema of a CRD says of an object, in the order of the server.
import { type JsonObject } from '../../common';
import { type MetadataCheck, validateEmbedded } from '../structural/validate/embedded';
import { validateLists } from '../structural/validate/list-types';
import { validateValue } from '../structural/validate/value';
import { type FieldCause, type TypeSchema } from '../types/type-schema';
import { compileRules } from './rules';

export interface CustomResourceOptions {
  /** The object before: it is an update, and what it leaves as it was does not count. */
  readonly old?: JsonObject | undefined;
  readonly checkMetadata?: MetadataCheck;
  /** What else is wrong with values of the object; told behind what the schema says of them. */
  readonly further?: readonly FieldCause[];
}

/** What is wrong with a custom resource by its schema: values, embedded objects, duplicates in lists, rules. */
export function validateCustomResource(
  object: JsonObject,
  schema: TypeSchema,
  { old, checkMetadata, further = [] }: CustomResourceOptions = {},
): readonly FieldCause[] {
  const update = old === undefined ? {} : { old };
  const hadDuplicates = old !== undefined && validateLists(old, schema).length > 0;
  const earlier = [
    ...validateValue(object, schema, update),
    ...further,
    ...validateEmbedded(object, schema, checkMetadata),
    ...(hadDuplicates ? [] : validateLists(object, schema)),
  ];
  return [...earlier, ...(compileRules(schema)?.validate(object, { ...update, earlier }) ?? [])];
}
