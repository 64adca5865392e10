// Lists and maps (docs/reference/notes.md, collections). What is no list or map is an empty one, never an error.
import { Float, fieldOf, isList, isMap, kindOf, sortedKeys, type Value } from '../../template/value';
import { notesOf } from '../notes-of';
import { NoteFailure, type NoteSpec } from '../registry';

const { note } = notesOf('collections');
const SPEC = { spec: { hosts: ['a.io', 'b.io'], labels: { tier: 'web', app: 'shop' } } };

/** A number as one that compares exactly with every other; undefined for anything else. */
function numeric(value: Value): number | bigint | undefined {
  if (value instanceof Float) return value.value;
  return typeof value === 'number' || typeof value === 'bigint' ? value : undefined;
}

/** Of scalars of one type; numbers compare as numbers. */
function isSame(a: Value, b: Value): boolean {
  const left = numeric(a);
  const right = numeric(b);
  if (left !== undefined && right !== undefined) return left <= right && left >= right;
  return kindOf(a) === 'nil' ? kindOf(b) === 'nil' : a === b;
}

function listHas(list: Value, value: Value): boolean {
  if (!isList(list)) return false;
  const isComposite = isList(value) || isMap(value);
  return list.some((item) => {
    if (isComposite && kindOf(item) === kindOf(value)) throw new NoteFailure('lists and maps have no equality');
    return isSame(item, value);
  });
}

function listGet(list: Value, index: number | bigint): Value {
  return isList(list) && index >= 0 ? list[Number(index)] : undefined;
}

function keysOf(map: Value): readonly string[] {
  return isMap(map) ? sortedKeys(map) : [];
}

function pick(map: Value, isWanted: (key: string) => boolean): Value {
  if (!isMap(map)) return {};
  return Object.fromEntries(
    sortedKeys(map)
      .filter(isWanted)
      .map((key) => [key, fieldOf(map, key)]),
  );
}

export const collectionNotes: readonly NoteSpec[] = [
  note(
    'listHas(list any, value any) bool',
    'Whether the list holds the value; numbers compare as numbers, a text never equals a number.',
    ['{{ listHas .spec.hosts "b.io" }}', 'true', SPEC],
    listHas,
  ),
  note(
    'listGet(list any, index int) any',
    'An item by its index from 0; nil outside of the list.',
    ['{{ listGet .spec.hosts 1 }}', 'b.io', SPEC],
    listGet,
  ),
  note('listLen(list any) int', 'How many items.', ['{{ listLen .spec.hosts }}', '2', SPEC], (list: Value) =>
    isList(list) ? list.length : 0,
  ),
  note(
    'mapGet(map any, key string) any',
    'The value of a key, whatever characters it has; nil when it is missing.',
    ['{{ mapGet .spec.labels "app" }}', 'shop', SPEC],
    (map: Value, key: string) => (isMap(map) ? fieldOf(map, key) : undefined),
  ),
  note(
    'mapKeys(map any) list',
    'The keys, sorted.',
    ['{{ join (mapKeys .spec.labels) "," }}', 'app,tier', SPEC],
    keysOf,
  ),
  note(
    'mapValues(map any) list',
    'The values, in the order of the sorted keys.',
    ['{{ join (mapValues .spec.labels) "," }}', 'shop,web', SPEC],
    (map: Value) => keysOf(map).map((key) => (isMap(map) ? fieldOf(map, key) : null)),
  ),
  note(
    'mapPick(map any, keys string...) map',
    'A map of these keys only, as far as they are there.',
    ['{{ toJson (mapPick .spec.labels "app" "owner") }}', '{"app":"shop"}', SPEC],
    (map: Value, ...keys: string[]) => pick(map, (key) => keys.includes(key)),
  ),
  note(
    'mapOmit(map any, keys string...) map',
    'A map without these keys.',
    ['{{ toJson (mapOmit .spec.labels "app") }}', '{"tier":"web"}', SPEC],
    (map: Value, ...keys: string[]) => pick(map, (key) => !keys.includes(key)),
  ),
];
