// Layer 2: the fields that the Katalog declares (docs/guide/status.md, Fields). Entries run in order, a later one wins.
import { basename } from 'node:path';
import { asOrkestraError, type MutableJsonObject, setAt } from '../../common';
import { type EvaluationContext, excerptOf, type TemplateData } from '../../expression';
import { type CompiledStatus, type CompiledStatusField, statusValue } from '../../katalog';
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
      const value = statusValue(field.type, field.value.resolve(data, evaluation));
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
