// The five fields of a cron expression, taken apart without looking into them.
import { fields, toLower, trimSpace } from '../text/go-text';

const MACROS: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

/** In the order of the expression. */
export const CRON_KEYS = ['minute', 'hour', 'dayOfMonth', 'month', 'dayOfWeek'] as const;
export const EVERY_MINUTE: readonly string[] = ['*', '*', '*', '*', '*'];

/** The parts, whatever their number is; macros are expanded. */
export function cronParts(expression: string): readonly string[] {
  const name = toLower(trimSpace(expression));
  return fields(Object.hasOwn(MACROS, name) ? (MACROS[name] ?? '') : expression);
}

/** The five parts; undefined for any other number of them. */
export function cronFields(expression: string): readonly string[] | undefined {
  const parts = cronParts(expression);
  return parts.length === CRON_KEYS.length ? parts : undefined;
}
