// Fields that a selector may name: paths to plain values of the schema.
import { type JsonObject } from '../../../common';
import { duplicateCause, type FieldCause, invalidCause, requiredCause, tooManyCause } from '../../../schema';
import { part, textAt } from '../../kinds';

const MAX_FIELDS = 8;
const TYPES = ['string', 'boolean', 'integer'];

export function selectableFieldProblems(
  fields: readonly JsonObject[],
  schema: JsonObject,
  path: string,
): readonly FieldCause[] {
  const seen = new Set<string>();
  const problems: FieldCause[] = [];
  fields.forEach((field, index) => {
    const at = `${path}[${index}].jsonPath`;
    const jsonPath = textAt(field, 'jsonPath');
    if (jsonPath === '') {
      problems.push(requiredCause(at));
      return;
    }
    const found = findField(jsonPath, schema);
    if (typeof found === 'string') {
      problems.push(invalidCause(at, jsonPath, `is an invalid path: ${found}`));
      return;
    }
    problems.push(...placeProblems(found, jsonPath, at));
    if (seen.has(jsonPath)) problems.push(duplicateCause(at, jsonPath));
    seen.add(jsonPath);
  });
  if (seen.size > MAX_FIELDS) problems.push(tooManyCause(path, seen.size, MAX_FIELDS));
  return problems;
}

interface FoundField {
  readonly node: JsonObject;
  readonly root: string;
}

function placeProblems({ node, root }: FoundField, jsonPath: string, at: string): readonly FieldCause[] {
  const problems: FieldCause[] = [];
  if (root === 'metadata') problems.push(invalidCause(at, jsonPath, 'must not point to fields in metadata'));
  if (!TYPES.includes(textAt(node, 'type'))) {
    const detail =
      'must point to a field of type string, boolean or integer. Enum string fields and strings with formats are allowed.';
    problems.push(invalidCause(at, jsonPath, detail));
  }
  return problems;
}

/** The node at `.a.b`, or why there is none. Names end at the next delimiter; between single quotes anything is a name. */
function findField(jsonPath: string, schema: JsonObject): FoundField | string {
  const tokens = jsonPath.match(/'(?:[^'\\]|\\.)*'|[.[\]]|[^.[\]]+/g) ?? [];
  let node = schema;
  let root: string | undefined;
  for (let at = 0; at < tokens.length; at += 2) {
    const [step = '', name] = tokens.slice(at, at + 2);
    if (step === '[') return 'array notation is not allowed';
    if (step !== '.') return `expected [ or . but got: ${step}`;
    if (name === undefined) return 'unexpected end of JSON path';
    const properties = part(node, 'properties');
    const child = properties === undefined ? part(node, 'additionalProperties') : part(properties, name);
    if (child === undefined) return 'does not refer to a valid field';
    node = child;
    root ??= name;
  }
  return { node, root: root ?? '' };
}
