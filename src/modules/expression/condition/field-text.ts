// What a plain path of a condition finds in the data.
import { type DataPath, type TemplateData } from '../template/template.types';
import { fieldOf, isMap, printValue, type Value } from '../template/value';

/** The value at a path; undefined when a step leads through something that is no map. */
export function valueAtPath(data: TemplateData, path: DataPath): Value {
  let value: Value = data;
  for (const key of path) {
    if (!isMap(value)) return undefined;
    value = fieldOf(value, key);
  }
  return value;
}

/** The text of a value as conditions compare it; missing and null are "". */
export function fieldText(data: TemplateData, path: DataPath): string {
  const value = valueAtPath(data, path);
  return value === null || value === undefined ? '' : printValue(value);
}

const MAX_SHOWN = 100;

/** A text of the data in an explanation: bounded, in one line. */
export function shown(text: string): string {
  if (text === '') return '""';
  const cut = text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
  return cut.replace(/\s*[\r\n]+\s*/g, ' ');
}
