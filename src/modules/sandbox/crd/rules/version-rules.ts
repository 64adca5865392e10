// What stands in a version, or in all of them: subresources, columns, the warning of a version that is deprecated.
import { type JsonObject } from '../../../common';
import { type FieldCause, invalidCause, requiredCause } from '../../../schema';
import { part, textAt } from '../../kinds';

const COLUMN_TYPES = ['boolean', 'date', 'integer', 'number', 'string'];
const COLUMN_FORMATS = ['byte', 'date', 'date-time', 'double', 'float', 'int32', 'int64', 'password'];
const MAX_WARNING_BYTES = 256;

/** Of spec.versions[i].deprecationWarning. */
export function deprecationProblems(version: JsonObject, field: string): readonly FieldCause[] {
  const warning = version['deprecationWarning'];
  if (typeof warning !== 'string') return [];
  const refused = (detail: string): FieldCause => invalidCause(field, warning, detail);
  if (version['deprecated'] !== true) return [refused('can only be set for deprecated versions')];
  if (warning === '') return [refused('must not be an empty string')];
  const problems: FieldCause[] = [];
  if (Buffer.byteLength(warning) > MAX_WARNING_BYTES) {
    problems.push(refused(`must be <= ${MAX_WARNING_BYTES} characters long`));
  }
  // As Go's unicode.IsPrint: of the spaces only the plain one.
  const at = warning.search(/[^ \p{L}\p{M}\p{N}\p{P}\p{S}]/u);
  if (at >= 0) {
    const bytes = Buffer.byteLength(warning.slice(0, at));
    const detail = `must only contain printable UTF-8 characters; non-printable character found at index ${bytes}`;
    problems.push(refused(detail));
  }
  return problems;
}

export function columnProblems(column: JsonObject, path: string): readonly FieldCause[] {
  const problems: FieldCause[] = [];
  if (textAt(column, 'name') === '') problems.push(requiredCause(`${path}.name`));
  const type = textAt(column, 'type');
  const types = `must be one of ${COLUMN_TYPES.join(',')}`;
  if (type === '') problems.push(requiredCause(`${path}.type`, types));
  else if (!COLUMN_TYPES.includes(type)) problems.push(invalidCause(`${path}.type`, type, types));
  const format = textAt(column, 'format');
  if (format !== '' && !COLUMN_FORMATS.includes(format)) {
    problems.push(invalidCause(`${path}.format`, format, `must be one of ${COLUMN_FORMATS.join(',')}`));
  }
  const jsonPath = textAt(column, 'jsonPath');
  if (jsonPath === '') return [...problems, requiredCause(`${path}.JSONPath`)];
  return [...problems, ...jsonPathProblems(jsonPath, `${path}.JSONPath`)];
}

/** Only its first character is looked at. */
function jsonPathProblems(jsonPath: string, field: string): readonly FieldCause[] {
  return jsonPath.startsWith('.') ? [] : [invalidCause(field, jsonPath, 'must be a simple json path starting with .')];
}

export function subresourceProblems(subresources: JsonObject | undefined, path: string): readonly FieldCause[] {
  const scale = part(subresources, 'scale');
  if (scale === undefined) return [];
  const check = (member: string, roots: readonly string[], isNeeded: boolean): readonly FieldCause[] => {
    const field = `${path}.scale.${member}`;
    const value = textAt(scale, member);
    if (value === '') return isNeeded ? [requiredCause(field)] : [];
    const problems = jsonPathProblems(value, field);
    if (problems.length > 0 || roots.some((root) => value.startsWith(`${root}.`))) return problems;
    const place = roots.length > 1 ? `either ${roots.join(' or ')}` : roots.join('');
    return [invalidCause(field, value, `should be a json path under ${place}`)];
  };
  return [
    ...check('specReplicasPath', ['.spec'], true),
    ...check('statusReplicasPath', ['.status'], true),
    ...check('labelSelectorPath', ['.spec', '.status'], false),
  ];
}
