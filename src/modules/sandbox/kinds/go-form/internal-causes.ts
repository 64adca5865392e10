// Causes that print a part of an object as the server holds it.
import { jsonEquals, type JsonValue } from '../../../common';
import { type FieldCause, forbiddenCause } from '../../../schema';
import { internalText } from './internal-form';
import { unifiedDiff } from './unified-diff';

/** `Invalid value: {"Name":"a",...}: <detail>` */
export function invalidInternal(field: string, type: string, value: JsonValue | undefined, detail: string): FieldCause {
  const message = `Invalid value: ${internalText(type, value, 'compact')}: ${detail}`;
  return { reason: 'FieldValueInvalid', field, message };
}

/** What may not change at all. */
export function immutableInternal(
  field: string,
  type: string,
  value: JsonValue | undefined,
  old: JsonValue | undefined,
): readonly FieldCause[] {
  return jsonEquals(value, old) ? [] : [invalidInternal(field, type, value, 'field is immutable')];
}

/** Forbidden, with the lines in which the two states differ. */
export function forbiddenDiff(
  field: string,
  type: string,
  old: JsonValue | undefined,
  value: JsonValue | undefined,
  detail: string,
): FieldCause {
  const difference = unifiedDiff(internalText(type, old, 'lines'), internalText(type, value, 'lines'));
  return forbiddenCause(field, `${detail}\n${difference}`);
}
