// Causes of a 422, under the names that tell what they are.
import { type JsonValue } from '../../common';
import { type FieldCause } from '../../schema';
import { invalidValue } from '../status';

export {
  forbiddenField as forbiddenCause,
  invalidValue as invalidCause,
  notSupported as notSupportedCause,
  required as requiredCause,
  tooLong as tooLongCause,
} from '../status';

/** `Duplicate value: <value>`. */
export function duplicateCause(field: string, value: JsonValue | undefined): FieldCause {
  return { reason: 'FieldValueDuplicate', field, message: `Duplicate value: ${shown(value)}` };
}

/** `Not found: <value>`. */
export function notFoundCause(field: string, value: JsonValue | undefined): FieldCause {
  return { reason: 'FieldValueNotFound', field, message: `Not found: ${shown(value)}` };
}

/** The value as all causes show it. */
function shown(value: JsonValue | undefined): string {
  return invalidValue('', value, '').message.slice('Invalid value: '.length, -': '.length);
}
