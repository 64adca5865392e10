// From a type to the type of a part of it: a field, an item, an element of a range.
import { INT, membersOf, NIL, type ObjectType, type Simple, TEXT, type Type, UNKNOWN, unionOf } from './type';

/** The type of the part, or why there is none. */
export type Step =
  | Type
  /** An object without this field. */
  | { readonly problem: 'unknown field'; readonly object: ObjectType }
  /** Nothing that has such parts. */
  | { readonly problem: 'no parts' };

/** `.name` of a value. Of several possibilities it is enough that one has the field. */
export function fieldOf(type: Type, name: string): Step {
  if (type.kind === 'unknown' || type.kind === 'nil') return type;
  return type.kind === 'union' ? stepOf(type, (member) => fieldOfOne(member, name)) : fieldOfOne(type, name);
}

function fieldOfOne(member: Simple, name: string): Step {
  if (member.kind === 'map') return member.value;
  if (member.kind !== 'object') return { problem: 'no parts' };
  const found = member.fields.get(name);
  if (found !== undefined) return found;
  // What the engine adds to objects begins with "_" (`_pods`); no field of Kubernetes does.
  if (member.extent === 'open' || name.startsWith('_')) return UNKNOWN;
  return { problem: 'unknown field', object: member };
}

/** `index value key`. `key`: the text when it stands in the template. */
export function indexOf(type: Type, keyType: Type, key: string | undefined): Step {
  return stepOf(type, (member): Step => {
    if (member.kind === 'list') return mayBe(keyType, 'int') ? member.item : { problem: 'no parts' };
    if (member.kind === 'string') return mayBe(keyType, 'int') ? INT : { problem: 'no parts' };
    if (!mayBe(keyType, 'string')) return { problem: 'no parts' };
    if (key !== undefined) return fieldOfOne(member, key);
    if (member.kind === 'map') return member.value;
    return member.kind === 'object' ? UNKNOWN : { problem: 'no parts' };
  });
}

/** What `range` gives: the key (or index) and the item. */
export interface Elements {
  readonly key: Type;
  readonly item: Type;
}

/** Undefined when nothing that the value may be can be ranged over. `hasKey`: two variables, so no integer. */
export function elementsOf(type: Type, hasKey: boolean): Elements | undefined {
  const members = membersOf(type);
  if (members === undefined) return { key: UNKNOWN, item: UNKNOWN };
  if (members.length === 0) return { key: NIL, item: NIL };
  const elements = members.flatMap((member): Elements[] => {
    switch (member.kind) {
      case 'list':
        return [{ key: INT, item: member.item }];
      case 'map':
        return [{ key: TEXT, item: member.value }];
      case 'object':
        return [{ key: TEXT, item: UNKNOWN }];
      case 'int':
        return hasKey ? [] : [{ key: NIL, item: INT }];
      default:
        return [];
    }
  });
  if (elements.length === 0) return undefined;
  return { key: unionOf(elements.map(({ key }) => key)), item: unionOf(elements.map(({ item }) => item)) };
}

/** Whether the value may be of this kind; what is not known, and nil, may. */
export function mayBe(type: Type, ...kinds: readonly Simple['kind'][]): boolean {
  const members = membersOf(type);
  return members === undefined || members.length === 0 || members.some(({ kind }) => kinds.includes(kind));
}

function stepOf(type: Type, step: (member: Simple) => Step): Step {
  const members = membersOf(type);
  if (members === undefined) return UNKNOWN;
  if (members.length === 0) return NIL;
  const steps = members.map(step);
  const found = steps.flatMap((each) => ('problem' in each ? [] : [each]));
  if (found.length > 0) return unionOf(found);
  return steps.find((each) => 'problem' in each && each.problem === 'unknown field') ?? { problem: 'no parts' };
}
