// What a Prometheus query answered (docs/reference/notes.md, prometheus). The argument is `.external.<name>`.
import { Float, isList, kindOf, printValue, type Value } from '../../template/value';
import { at, listAt, textAt } from '../kubernetes/object';
import { notesOf } from '../notes-of';
import { type NoteSpec } from '../registry';
import { parseFloat64 } from '../values/numbers';

const { note } = notesOf('prometheus');
const DATA = {
  external: {
    load: {
      result: '1.5',
      raw: {
        data: {
          resultType: 'vector',
          result: [
            { metric: { pod: 'a' }, value: [1767225600, '1.5'] },
            { metric: { pod: 'b' }, value: [1767225600, '2'] },
          ],
        },
      },
    },
  },
};

function values(data: Value): readonly string[] {
  const raw = at(data, 'raw');
  const result = textAt(data, 'result');
  if (raw === undefined) return result === '' ? [] : [result];
  const found = at(raw, 'data', 'result');
  switch (textAt(raw, 'data', 'resultType')) {
    case 'vector':
      return isList(found) ? found.map((series) => valueText(at(series, 'value', 1))) : [];
    case 'scalar':
      return isList(found) ? [valueText(found[1])] : [];
    default:
      return [];
  }
}

function valueText(value: Value): string {
  return value === undefined || value === null ? '' : printValue(value);
}

/** Undefined when there is none, or one is no number. */
function numbers(data: Value): readonly number[] | undefined {
  const parsed = values(data).map(parseFloat64);
  return parsed.length === 0 || parsed.includes(undefined) ? undefined : (parsed as number[]);
}

/** Never with an exponent. */
function plainDecimal(value: number): string {
  if (!Number.isFinite(value)) return printValue(value);
  const [mantissa = '', exponent = '0'] = Math.abs(value).toExponential().split('e');
  const digits = mantissa.replace('.', '');
  const point = Number(exponent) + 1;
  const sign = value < 0 ? '-' : '';
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`.replace(/^0\.0+$/, '0');
  if (digits.length <= point) return `${sign}${digits.padEnd(point, '0')}`;
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

function combined(combine: (numbers: readonly number[]) => number): (data: Value) => string {
  return (data) => {
    const found = numbers(data);
    return found === undefined ? '' : plainDecimal(combine(found));
  };
}

function threshold(value: Value): number | undefined {
  if (typeof value === 'string') return parseFloat64(value);
  if (value instanceof Float) return value.value;
  return kindOf(value) === 'int' || kindOf(value) === 'float' ? Number(value) : undefined;
}

function compared(test: (value: number, limit: number) => boolean): (data: Value, limit: Value) => boolean {
  return (data, limit) => {
    const value = parseFloat64(textAt(data, 'result'));
    const bound = threshold(limit);
    return value !== undefined && bound !== undefined && test(value, bound);
  };
}

export const prometheusNotes: readonly NoteSpec[] = [
  note(
    'promValue(data any) string',
    'The value of the query; empty when it gave none.',
    ['{{ promValue .external.load }}', '1.5', DATA],
    (data: Value) => textAt(data, 'result'),
  ),
  note(
    'promSum(data any) string',
    'The sum of all series; empty when there is none, or one is no number.',
    ['{{ promSum .external.load }}', '3.5', DATA],
    combined((all) => all.reduce((sum, value) => sum + value, 0)),
  ),
  note(
    'promMax(data any) string',
    'The largest value of all series; empty when there is none, or one is no number.',
    ['{{ promMax .external.load }}', '2', DATA],
    combined((all) => all.reduce((most, value) => Math.max(most, value))),
  ),
  note(
    'promAboveThreshold(data any, threshold any) bool',
    'Whether the value of the query is above a number.',
    ['{{ promAboveThreshold .external.load 1 }}', 'true', DATA],
    compared((value, limit) => value > limit),
  ),
  note(
    'promBelowThreshold(data any, threshold any) bool',
    'Whether the value of the query is below a number.',
    ['{{ promBelowThreshold .external.load 1 }}', 'false', DATA],
    compared((value, limit) => value < limit),
  ),
  note(
    'promSeriesCount(data any) string',
    'How many series the query gave, as text.',
    ['{{ promSeriesCount .external.load }}', '2', DATA],
    (data: Value) => String(values(data).length),
  ),
  note(
    'promLabelValues(data any, label string) string',
    'The values of a label in all series, with commas between.',
    ['{{ promLabelValues .external.load "pod" }}', 'a,b', DATA],
    (data: Value, label: string) =>
      listAt(data, 'raw', 'data', 'result')
        .map((series) => textAt(series, 'metric', label))
        .filter((value) => value !== '')
        .join(','),
  ),
];
