// Walking and filling in a draft of an object. Drafts are copies that belong to the write: everything in them may change.
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue, type MutableJsonObject } from '../../common';

/** The map at a member; undefined when there is none. */
export function part(parent: JsonObject | undefined, member: string): MutableJsonObject | undefined {
  const value = parent === undefined || !Object.hasOwn(parent, member) ? undefined : parent[member];
  return isJsonObject(value) ? value : undefined;
}

/** The map at a member, made when there is none. */
export function ensurePart(parent: MutableJsonObject, member: string): MutableJsonObject {
  const found = part(parent, member);
  if (found !== undefined) return found;
  const made: MutableJsonObject = {};
  parent[member] = made;
  return made;
}

/** The maps in the list at a member. */
export function parts(parent: JsonObject | undefined, member: string): readonly MutableJsonObject[] {
  return items(parent, member).filter((item): item is MutableJsonObject => isJsonObject(item));
}

/** The list at a member; empty when there is none. */
export function items(parent: JsonObject | undefined, member: string): readonly JsonValue[] {
  const value = parent?.[member];
  return isJsonArray(value) ? value : [];
}

/** The text at a member; '' when there is none. */
export function textAt(parent: JsonObject | undefined, member: string): string {
  const value = parent?.[member];
  return typeof value === 'string' ? value : '';
}

export function numberAt(parent: JsonObject | undefined, member: string): number | undefined {
  const value = parent?.[member];
  return typeof value === 'number' ? value : undefined;
}

/** Sets what is absent. An empty text counts as absent, as it does in Go. */
export function fill(target: MutableJsonObject | undefined, members: JsonObject): void {
  if (target === undefined) return;
  for (const [member, value] of Object.entries(members)) {
    const current = target[member];
    if (current === undefined || current === null || current === '') target[member] = value;
  }
}

/** Sets a member to what it is elsewhere; takes it away where it is not there. */
export function take(draft: MutableJsonObject, member: string, value: JsonValue | undefined): void {
  if (value === undefined) delete draft[member];
  else draft[member] = value;
}
