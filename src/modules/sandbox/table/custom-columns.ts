// Columns of custom resources: those of the CRD, behind the name.
import { isJsonObject, isNumber, type JsonObject, jsonText, type JsonValue, scalarText } from '../../common';
import { textAt } from '../kinds';
import { type ServedVersion } from '../registry';
import { type Cell } from './cell';
import { ageOf } from './human-duration';
import { compileJsonPath } from './json-path';

export interface Column {
  readonly definition: JsonObject;
  readonly cell: Cell;
}

const AGE: JsonObject = { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' };
const known = new WeakMap<ServedVersion, readonly Column[]>();

export function customColumns(
  version: ServedVersion,
  words: Readonly<Record<'name' | 'age', string>>,
): readonly Column[] {
  let columns = known.get(version);
  if (columns !== undefined) return columns;
  const listed = version.printerColumns ?? [];
  const own = listed.length > 0 ? listed : [{ ...AGE, description: words.age }];
  columns = [nameColumn(words.name), ...own.map(customColumn)];
  known.set(version, columns);
  return columns;
}

function nameColumn(description: string): Column {
  return {
    definition: { name: 'Name', type: 'string', format: 'name', description, priority: 0 },
    cell: (object) => textAt(isJsonObject(object['metadata']) ? object['metadata'] : {}, 'name'),
  };
}

function customColumn(column: JsonObject): Column {
  const find = compileJsonPath(textAt(column, 'jsonPath'));
  const type = textAt(column, 'type');
  const path = textAt(column, 'jsonPath');
  const description =
    textAt(column, 'description') || `Custom resource definition column (in JSONPath format): ${path}`;
  return {
    definition: {
      name: textAt(column, 'name'),
      type,
      format: textAt(column, 'format'),
      description,
      priority: typeof column['priority'] === 'number' ? column['priority'] : 0,
    },
    cell: (object, nowMs) => {
      const found = find(object);
      return found.length === 0 ? null : cellOf(type, found, nowMs);
    },
  };
}

function cellOf(type: string, found: readonly JsonValue[], nowMs: number): JsonValue {
  const [first = null] = found;
  switch (type) {
    case 'string':
      return found
        .map((value) => (typeof value === 'object' && value !== null ? jsonText(value) : scalarText(value)))
        .join(' ');
    case 'integer':
      return typeof first === 'number' ? Math.trunc(first) : typeof first === 'bigint' ? first : null;
    case 'number':
      return isNumber(first) ? first : null;
    case 'boolean':
      return typeof first === 'boolean' ? first : null;
    case 'date':
      if (typeof first !== 'string') return null;
      return Number.isNaN(Date.parse(first)) ? '<invalid>' : ageOf(first, nowMs);
    default:
      return null;
  }
}
