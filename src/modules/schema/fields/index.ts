export {
  anything,
  CODE_INEFFECTIVE,
  CODE_REQUIRED,
  CODE_UNKNOWN_FIELD,
  CODE_UNSUPPORTED,
  either,
  ineffective,
  type KeyRule,
  later,
  list,
  type Located,
  mapOf,
  object,
  type ObjectOf,
  optional,
  required,
  unsupported,
} from './composites';
export { describeNode } from './describe-node';
export type {
  DecodeContext,
  Decoded,
  Field,
  FieldShape,
  OtherKeys,
  Property,
  PropertyInfo,
  ScalarShape,
} from './field.types';
export * from './formats';
export { openObject, type OpenObjectOf } from './open-object';
export { formOf, type Visit, type Visited, walkFields } from './walk';
export { propertyText } from './property-text';
export {
  bool,
  CODE_BAD_VALUE,
  CODE_WRONG_TYPE,
  dnsLabel,
  duration,
  durationBetween,
  extendedDuration,
  extendedDurationBetween,
  integer,
  literal,
  oneOf,
  oneOfIgnoringCase,
  reportAt,
  text,
} from './scalars';
