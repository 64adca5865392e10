// Causes as an API server words them: the reason, its prefix with the bad value, the detail.
import { goQuote, isNumber, type JsonValue } from '../../common';
import { type FieldCause } from '../types/type-schema';
import { goJson, goNumber } from './go-text';

/** Stands in `field` where the server has no path. */
export const NO_FIELD = '<nil>';

function cause(reason: string, field: string, head: string, detail: string): FieldCause {
  return { reason, field, message: detail === '' ? head : `${head}: ${detail}` };
}

/** The value as it stands after the prefix of its reason. */
function shown(value: JsonValue | undefined): string {
  if (typeof value === 'string') return goQuote(value);
  return isNumber(value) ? goNumber(value) : goJson(value);
}

/** `Required value: <detail>`. */
export function requiredCause(field: string, detail = ''): FieldCause {
  return cause('FieldValueRequired', field, 'Required value', detail);
}

/** `Invalid value: <value>: <detail>`. */
export function invalidCause(field: string, value: JsonValue | undefined, detail: string): FieldCause {
  return cause('FieldValueInvalid', field, `Invalid value: ${shown(value)}`, detail);
}

/** As invalidCause, for what the server holds as a struct: the members keep their order. */
export function invalidStructCause(field: string, value: JsonValue | undefined, detail: string): FieldCause {
  return cause('FieldValueInvalid', field, `Invalid value: ${goJson(value, 'as given')}`, detail);
}

/** As invalidCause, for a value that is worded already (a Go struct). */
export function invalidShownCause(field: string, text: string, detail: string): FieldCause {
  return cause('FieldValueInvalid', field, `Invalid value: ${text}`, detail);
}

/** `Invalid value: <value>: <detail>`, for a value of a wrong type. */
export function typeInvalidCause(field: string, value: JsonValue | undefined, detail: string): FieldCause {
  return cause('FieldValueTypeInvalid', field, `Invalid value: ${shown(value)}`, detail);
}

/** `Unsupported value: <value>: supported values: "a", "b"`, in the order that is given. */
export function notSupportedCause(field: string, value: JsonValue | undefined, values: readonly string[]): FieldCause {
  const detail = values.length === 0 ? '' : `supported values: ${values.map((value) => goQuote(value)).join(', ')}`;
  return cause('FieldValueNotSupported', field, `Unsupported value: ${shown(value)}`, detail);
}

/** `Duplicate value: <value>`. */
export function duplicateCause(field: string, value: JsonValue | undefined): FieldCause {
  return cause('FieldValueDuplicate', field, `Duplicate value: ${shown(value)}`, '');
}

/** `Not found: <value>`. */
export function notFoundCause(field: string, value: JsonValue | undefined): FieldCause {
  return cause('FieldValueNotFound', field, `Not found: ${shown(value)}`, '');
}

/** `Forbidden: <detail>`. */
export function forbiddenCause(field: string, detail: string): FieldCause {
  return cause('FieldValueForbidden', field, 'Forbidden', detail);
}

/** `Too long: may not be more than <max> bytes`. */
export function tooLongCause(field: string, max: number): FieldCause {
  return cause('FieldValueTooLong', field, 'Too long', `may not be more than ${max} ${max === 1 ? 'byte' : 'bytes'}`);
}

/** `Too many: <actual>: must have at most <max> items`. */
export function tooManyCause(field: string, actual: number, max: number): FieldCause {
  const detail = `must have at most ${max} ${max === 1 ? 'item' : 'items'}`;
  return cause('FieldValueTooMany', field, `Too many: ${actual}`, detail);
}
