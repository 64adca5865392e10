// `operator: unique`: no other resource of the kind has the value of this field.
import { type DataPath, type EvaluationContext, type TemplateData } from '../template/template.types';
import { fieldText, shown } from './field-text';

/** Fields that every resource of a kind has for itself; children and items of a loop are no fields of the resource. */
const ROOTS = ['metadata', 'spec', 'status'];

/** What is wrong with the field of such a condition. */
export function uniqueFieldProblem(field: string): string | undefined {
  if (field.includes('{{')) return '"unique" needs a plain path, not a template';
  const [first = ''] = field.split('.');
  if (ROOTS.includes(first)) return undefined;
  return `"unique" compares a field of the resource with those of the others: expected a path below ${ROOTS.join(', ')}, found "${field}"`;
}

/** A field without a value is unique: many resources may leave it out. */
export function isUnique(path: DataPath, data: TemplateData, { peers }: EvaluationContext): boolean {
  const value = fieldText(data, path);
  return value === '' || peers?.otherWith(path, value, data) === undefined;
}

/** `spec.host "a" is used by default/other, too`. */
export function uniqueWords(path: DataPath, data: TemplateData, { peers }: EvaluationContext): string {
  const name = path.join('.');
  const value = fieldText(data, path);
  if (value === '') return `${name} is not set, so no other has it`;
  const other = peers?.otherWith(path, value, data);
  const text = `${name} "${shown(value)}"`;
  return other === undefined ? `${text} is used by no other` : `${text} is used by ${other}, too`;
}
