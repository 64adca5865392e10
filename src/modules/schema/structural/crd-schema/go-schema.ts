// A schema and its rules as the server holds them (internal apiextensions types): messages about a whole node show it so.
import { isJsonArray, isJsonObject } from '../../../common';
import {
  goBool,
  goMap,
  type GoMembers,
  goPointer,
  goSlice,
  goString,
  goStruct,
  type GoType,
  goValue,
} from '../../causes/go-struct';

/** ValidationRule. */
export const GO_RULE = goStruct(() => [
  ['Rule', 'rule', goString],
  ['Message', 'message', goString],
  ['MessageExpression', 'messageExpression', goString],
  ['Reason', 'reason', goValue],
  ['FieldPath', 'fieldPath', goString],
  ['OptionalOldSelf', 'optionalOldSelf', goValue],
]);

const EXTERNAL_DOCS = goStruct(() => [
  ['Description', 'description', goString],
  ['URL', 'url', goString],
]);

/** JSONSchemaProps. */
export const GO_SCHEMA: GoType = goStruct(() => SCHEMA_MEMBERS);

const schemas = goSlice(GO_SCHEMA);
const schemaMap = goMap(GO_SCHEMA);

const schemaOrList: GoType = (value) => {
  if (isJsonArray(value)) return `{"Schema":null,"JSONSchemas":${schemas(value)}}`;
  return `{"Schema":${goPointer(GO_SCHEMA)(value)},"JSONSchemas":null}`;
};

const schemaOrBool: GoType = (value) =>
  isJsonObject(value) ? `{"Allows":true,"Schema":${GO_SCHEMA(value)}}` : `{"Allows":${goBool(value)},"Schema":null}`;

const schemaOrNames: GoType = (value) =>
  isJsonObject(value)
    ? `{"Schema":${GO_SCHEMA(value)},"Property":null}`
    : `{"Schema":null,"Property":${goValue(value)}}`;

const SCHEMA_MEMBERS: GoMembers = [
  ['ID', 'id', goString],
  ['Schema', '$schema', goString],
  ['Ref', '$ref', goValue],
  ['Description', 'description', goString],
  ['Type', 'type', goString],
  ['Nullable', 'nullable', goBool],
  ['Format', 'format', goString],
  ['Title', 'title', goString],
  ['Default', 'default', goValue],
  ['Maximum', 'maximum', goValue],
  ['ExclusiveMaximum', 'exclusiveMaximum', goBool],
  ['Minimum', 'minimum', goValue],
  ['ExclusiveMinimum', 'exclusiveMinimum', goBool],
  ['MaxLength', 'maxLength', goValue],
  ['MinLength', 'minLength', goValue],
  ['Pattern', 'pattern', goString],
  ['MaxItems', 'maxItems', goValue],
  ['MinItems', 'minItems', goValue],
  ['UniqueItems', 'uniqueItems', goBool],
  ['MultipleOf', 'multipleOf', goValue],
  ['Enum', 'enum', goValue],
  ['MaxProperties', 'maxProperties', goValue],
  ['MinProperties', 'minProperties', goValue],
  ['Required', 'required', goValue],
  ['Items', 'items', goPointer(schemaOrList)],
  ['AllOf', 'allOf', schemas],
  ['OneOf', 'oneOf', schemas],
  ['AnyOf', 'anyOf', schemas],
  ['Not', 'not', goPointer(GO_SCHEMA)],
  ['Properties', 'properties', schemaMap],
  ['AdditionalProperties', 'additionalProperties', goPointer(schemaOrBool)],
  ['PatternProperties', 'patternProperties', schemaMap],
  ['Dependencies', 'dependencies', goMap(schemaOrNames)],
  ['AdditionalItems', 'additionalItems', goPointer(schemaOrBool)],
  ['Definitions', 'definitions', schemaMap],
  ['ExternalDocs', 'externalDocs', goPointer(EXTERNAL_DOCS)],
  ['Example', 'example', goValue],
  ['XPreserveUnknownFields', 'x-kubernetes-preserve-unknown-fields', goValue],
  ['XEmbeddedResource', 'x-kubernetes-embedded-resource', goBool],
  ['XIntOrString', 'x-kubernetes-int-or-string', goBool],
  ['XListMapKeys', 'x-kubernetes-list-map-keys', goValue],
  ['XListType', 'x-kubernetes-list-type', goValue],
  ['XMapType', 'x-kubernetes-map-type', goValue],
  ['XValidations', 'x-kubernetes-validations', goSlice(GO_RULE)],
];
