// `fieldsV1` of metadata.managedFields: a map whose keys are path elements; `.` says that the place itself is in the set,
// and so does an empty map.
import { isJsonObject, type JsonObject, type JsonValue, type MutableJsonObject } from '../../common';
import { type FieldSet, FieldSetBuilder } from './field-set';
import { comparePathElements, type FieldPath, type PathElement, parsePathElement } from './path-element';

/** Keys in the canonical order of the server. */
export function fieldsV1Of(set: FieldSet): JsonObject {
  return contentOf(set, false);
}

function contentOf(set: FieldSet, isMember: boolean): JsonObject {
  const content: MutableJsonObject = {};
  if (isMember) content['.'] = {};
  const elements = new Map<string, PathElement>(set.members);
  for (const [id, child] of set.children) elements.set(id, child.element);
  for (const { id } of [...elements.values()].sort(comparePathElements)) {
    const child = set.children.get(id);
    content[id] = child === undefined ? {} : contentOf(child.set, set.members.has(id));
  }
  return content;
}

/**
 * The set of a `fieldsV1`; places of an unknown kind are left out.
 * @throws Error when a key is not a path element or a value is not a map.
 */
export function fieldSetOf(fields: JsonValue | undefined): FieldSet {
  const builder = new FieldSetBuilder();
  if (fields !== undefined && fields !== null) collect(fields, [], builder);
  return builder.build();
}

function collect(fields: JsonValue, path: FieldPath, into: FieldSetBuilder): void {
  if (!isJsonObject(fields)) throw new Error('fields are a map of path elements');
  for (const key of Object.keys(fields)) {
    if (key === '.') continue;
    const element = parsePathElement(key);
    if (element === undefined) continue;
    const below = fields[key] ?? {};
    const place = [...path, element];
    if (isItselfMember(below)) into.insert(place);
    collect(below, place, into);
  }
}

function isItselfMember(below: JsonValue): boolean {
  if (!isJsonObject(below)) return false;
  if (Object.hasOwn(below, '.')) return true;
  return !Object.keys(below).some((key) => parsePathElement(key) !== undefined);
}
