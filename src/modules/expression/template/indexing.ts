// index and slice of text/template.
import { bytesOf, textOf } from '../../common';
import { NoteFailure } from '../note/registry';
import { fieldOf, GoInt, integerOf, isList, isMap, typeName, type Value } from './value';

/** An item of a list, a key of a map or a byte of a text, step by step. Throws NoteFailure. */
export function index([base, ...keys]: readonly Value[]): Value {
  if (base === undefined || base === null) throw new NoteFailure('index of untyped nil');
  let value: Value = base;
  for (const key of keys) {
    if (value === null || value === undefined) throw new NoteFailure('index of nil pointer');
    value = indexOnce(value, key);
  }
  return value;
}

function indexOnce(value: Value, key: Value): Value {
  if (isMap(value)) {
    if (typeof key === 'string') return fieldOf(value, key);
    if (key === undefined || key === null) throw new NoteFailure('value is nil; should be of type string');
    throw new NoteFailure(`value has type ${typeName(key)}; should be string`);
  }
  if (isList(value)) {
    const at = position(key, value.length);
    if (at === value.length) throw new NoteFailure('reflect: slice index out of range');
    return value[at] ?? null;
  }
  if (typeof value !== 'string') throw new NoteFailure(`can't index item of type ${typeName(value)}`);
  const bytes = bytesOf(value);
  const at = position(key, bytes.length);
  if (at === bytes.length) throw new NoteFailure('reflect: string index out of range');
  return new GoInt('uint8', bytes[at] ?? 0);
}

/** An index from 0 up to and with the length. */
function position(key: Value, length: number): number {
  if (key === undefined || key === null) throw new NoteFailure('cannot index slice/array with nil');
  const at = integerOf(key);
  if (at === undefined) throw new NoteFailure(`cannot index slice/array with type ${typeName(key)}`);
  if (at < 0 || at > length) throw new NoteFailure(`index out of range: ${at}`);
  return Number(at);
}

interface Window {
  readonly base: readonly Value[];
  readonly start: number;
  readonly capacity: number;
}

/** A slice of a list can be sliced again beyond its end, up to where its own list ended. */
const windows = new WeakMap<readonly Value[], Window>();

/** A part of a text (by bytes) or a list. Throws NoteFailure. */
export function slice([value, ...bounds]: readonly Value[]): Value {
  if (value === undefined || value === null) throw new NoteFailure('slice of untyped nil');
  if (bounds.length > 3) throw new NoteFailure(`too many slice indexes: ${bounds.length}`);
  if (typeof value === 'string') {
    if (bounds.length === 3) throw new NoteFailure('cannot 3-index slice a string');
    const bytes = bytesOf(value);
    const { from, to } = checkedBounds(bounds, bytes.length, bytes.length);
    return textOf(bytes.subarray(from, to));
  }
  if (!isList(value)) throw new NoteFailure(`can't slice item of type ${typeName(value)}`);
  const { base, start, capacity } = windows.get(value) ?? { base: value, start: 0, capacity: value.length };
  const { from, to, end } = checkedBounds(bounds, value.length, capacity);
  const part = base.slice(start + from, start + to);
  windows.set(part, { base, start: start + from, capacity: end - from });
  return part;
}

function checkedBounds(
  bounds: readonly Value[],
  length: number,
  capacity: number,
): { readonly from: number; readonly to: number; readonly end: number } {
  const [from = 0, to = length, end = capacity] = bounds.map((bound) => position(bound, capacity));
  if (from > to) throw new NoteFailure(`invalid slice index: ${from} > ${to}`);
  if (to > end) throw new NoteFailure(`invalid slice index: ${to} > ${end}`);
  return { from, to, end };
}
