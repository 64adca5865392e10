// Causes of a 422 with the wording of apimachinery's field errors.
import { type JsonValue } from '../../common';
import { type FieldCause, goQuote } from '../../schema';

export function required(field: string, detail = ''): FieldCause {
  return {
    reason: 'FieldValueRequired',
    message: detail === '' ? 'Required value' : `Required value: ${detail}`,
    field,
  };
}

export function invalidValue(field: string, value: JsonValue | undefined, detail: string): FieldCause {
  return { reason: 'FieldValueInvalid', message: `Invalid value: ${shown(value)}: ${detail}`, field };
}

export function forbiddenField(field: string, detail: string): FieldCause {
  return { reason: 'FieldValueForbidden', message: `Forbidden: ${detail}`, field };
}

export function notSupported(field: string, value: JsonValue, supported: readonly string[]): FieldCause {
  const choices = supported.map((choice) => JSON.stringify(choice)).join(', ');
  return {
    reason: 'FieldValueNotSupported',
    message: `Unsupported value: ${shown(value)}: supported values: ${choices}`,
    field,
  };
}

export function tooLong(field: string, bytes: number): FieldCause {
  return { reason: 'FieldValueTooLong', message: `Too long: may not be more than ${bytes} bytes`, field };
}

/** How Go prints a bad value: text quoted its way, the rest as JSON, nothing as null. */
function shown(value: JsonValue | undefined): string {
  if (typeof value === 'string') return goQuote(value);
  return value === undefined ? 'null' : JSON.stringify(value);
}
