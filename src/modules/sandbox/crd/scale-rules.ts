// What the scale subresource of a custom kind asks of its objects: the places that it reads hold what it can read.
import { isJsonObject, isNumber, isWhole, type JsonObject, type JsonValue } from '../../common';
import { type FieldCause, goPrinted, goType, invalidCause } from '../../schema';
import { type ServedVersion } from '../registry';

const MAX_INT32 = 2 ** 31 - 1;

/** `isStatus`: a write of the status is not asked about the spec. */
export function scaleProblems(
  object: JsonObject,
  scale: ServedVersion['scale'],
  isStatus: boolean,
): readonly FieldCause[] {
  if (scale === undefined) return [];
  const { specPath, statusPath, selectorPath } = scale;
  return [
    ...(isStatus ? [] : countProblems(object, specPath)),
    ...countProblems(object, statusPath),
    ...(selectorPath === undefined ? [] : selectorProblems(object, selectorPath)),
  ];
}

function countProblems(object: JsonObject, path: string): readonly FieldCause[] {
  const found = valueAt(object, path);
  if ('why' in found) return [invalidCause(path, 0, found.why)];
  const { value } = found;
  if (value === undefined) return [];
  if (!isNumber(value) || !isWhole(value)) {
    return [invalidCause(path, 0, wrongType(path, value, 'int64'))];
  }
  if (value < 0) return [invalidCause(path, value, 'should be a non-negative integer')];
  return value > MAX_INT32 ? [invalidCause(path, value, `should be less than or equal to ${MAX_INT32}`)] : [];
}

function selectorProblems(object: JsonObject, path: string): readonly FieldCause[] {
  const found = valueAt(object, path);
  if ('why' in found) return [invalidCause(path, '', found.why)];
  const { value } = found;
  return value === undefined || typeof value === 'string'
    ? []
    : [invalidCause(path, '', wrongType(path, value, 'string'))];
}

function wrongType(path: string, value: JsonValue, wanted: string): string {
  return `${path} accessor error: ${goPrinted(value)} is of the type ${heldType(value)}, expected ${wanted}`;
}

type Found = { readonly value: JsonValue | undefined } | { readonly why: string };

function valueAt(object: JsonObject, path: string): Found {
  let value: JsonValue | undefined = object;
  for (const step of path.split('.').slice(1)) {
    if (value === undefined || value === null) return { value: undefined };
    if (!isJsonObject(value)) {
      return { why: wrongType(path, value, 'map[string]interface{}') };
    }
    value = Object.hasOwn(value, step) ? value[step] : undefined;
  }
  return { value };
}

/** Custom objects hold whole numbers as such. */
function heldType(value: JsonValue): string {
  return isNumber(value) && isWhole(value) ? 'int64' : goType(value);
}
