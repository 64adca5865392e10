export {
  anything,
  CODE_REQUIRED,
  CODE_UNKNOWN_FIELD,
  CODE_UNSUPPORTED,
  either,
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
export type { DecodeContext, Decoded, Field, FieldShape, Property } from './field.types';
export {
  bool,
  CODE_BAD_VALUE,
  CODE_WRONG_TYPE,
  dnsLabel,
  duration,
  extendedDuration,
  integer,
  literal,
  oneOf,
  reportAt,
  text,
} from './scalars';
