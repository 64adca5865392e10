// Layer 2: the fields that the Katalog declares (docs/guide/status.md, Fields). Entries run in order, a later one wins.
import { basename } from 'node:path';
import { asOrkestraError, int64Of, type JsonValue, type MutableJsonObject, setAt } from '../../common';
import { type EvaluationContext, excerptOf, type TemplateData } from '../../expression';
import { type CompiledStatus, type CompiledStatusField } from '../../katalog';
import { type LogFields, type Logger } from '../../observability';

/**
 * Writes into `status`. After a failed pass only fields with conditions are written: an unconditional `phase: Active`
 * must not hide the failure. A field that can't be rendered is logged and left as it is.
 */
export function renderStatusFields(
  compiled: CompiledStatus,
  data: TemplateData,
  evaluation: EvaluationContext,
  isFailure: boolean,
  status: MutableJsonObject,
  logger: Logger,
): void {
  for (const field of compiled.fields) {
    if (isFailure && field.conditions.isAlways) continue;
    const holds = field.conditions.evaluate(data, evaluation);
    if (!holds) {
      if (field.clearOnFalse && !isFailure) setAt(status, field.path, '');
      continue;
    }
    try {
      const value = convert(field, field.value.resolve(data, evaluation));
      if (value !== undefined) setAt(status, field.path, value);
    } catch (error) {
      logger.warn('status.field-failed', { path: field.path.join('.'), ...failureOf(error, field) });
    }
  }
}

/** Place and words: the template's own place where it failed, else that of the field. */
function failureOf(thrown: unknown, field: CompiledStatusField): LogFields {
  const { message, position = field.position } = asOrkestraError(thrown);
  const excerpt = excerptOf(thrown);
  const at = `${basename(position.file)}:${position.line}:${position.column}`;
  return { at, problem: message, ...(excerpt === undefined ? {} : { excerpt }) };
}

const INTEGER = /^[+-]?\d+$/;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

function convert(field: CompiledStatusField, text: string): JsonValue | undefined {
  switch (field.type) {
    case 'string':
      return text;
    case 'int':
      return text === '' ? undefined : (int64(text) ?? Math.trunc(numberOf(field, text, NUMBER)));
    case 'float':
      return text === '' ? undefined : numberOf(field, text, NUMBER);
    case 'bool':
      return truth(field, text);
    case 'auto':
      return infer(text);
  }
}

function numberOf(field: CompiledStatusField, text: string, form: RegExp): number {
  if (form.test(text)) return Number(text);
  throw new Error(`expected a number for type ${field.type}, found ${text.length} characters of text`);
}

function truth(field: CompiledStatusField, text: string): boolean | undefined {
  if (text === '') return undefined;
  const lower = text.toLowerCase();
  if (['true', 'yes', '1'].includes(lower)) return true;
  if (['false', 'no', '0'].includes(lower)) return false;
  throw new Error(`expected true or false for type ${field.type}`);
}

/** A whole number with every digit; undefined for other texts, and beyond int64. */
function int64(text: string): number | bigint | undefined {
  return INTEGER.test(text) ? int64Of(BigInt(text.replace('+', ''))) : undefined;
}

function infer(text: string): JsonValue {
  if (text === 'true') return true;
  if (text === 'false') return false;
  return int64(text) ?? (NUMBER.test(text) ? Number(text) : text);
}
