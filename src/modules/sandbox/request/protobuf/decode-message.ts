// A message to the JSON that the same Go struct would be written as. What is not on the wire is the zero value of its type:
// written or left out as the tags of the field say.
import { isDeepStrictEqual } from 'node:util';
import { isJsonObject, type JsonObject, type JsonValue, type MutableJsonObject, scalarText } from '../../../common';
import { type Field, type MessageType, type Scalar } from './message.types';
import { ProtobufError, WIRE, WireReader } from './wire-reader';

/** One occurrence of a field. */
type WireValue = number | bigint | Buffer;

/** Messages in messages: far more than any kind has, far less than the stack can hold. */
const MAX_DEPTH = 1_000;
const NOTHING = Buffer.alloc(0);
const ZERO: Readonly<Record<Scalar, JsonValue>> = {
  string: '',
  bytes: '',
  bool: false,
  int32: 0,
  int64: 0,
  double: 0,
};
const WIRE_TYPES: Readonly<Record<Scalar, number>> = {
  string: WIRE.bytes,
  bytes: WIRE.bytes,
  bool: WIRE.varint,
  int32: WIRE.varint,
  int64: WIRE.varint,
  double: WIRE.fixed64,
};

/** @throws ProtobufError */
export function decodeMessage(message: MessageType, bytes: Buffer, depth = 0): JsonValue {
  if (depth > MAX_DEPTH) throw new ProtobufError('exceeded max depth');
  const found = occurrences(message, bytes);
  const object: MutableJsonObject = {};
  for (const field of message.fields) addMember(object, field, found.get(field) ?? [], depth);
  return message.finish === undefined ? object : message.finish(object, bytes.length === 0);
}

/** Everything that stands in the message by field. Unknown fields are passed over. */
export function occurrences(message: MessageType, bytes: Buffer): ReadonlyMap<Field, readonly WireValue[]> {
  const reader = new WireReader(bytes);
  const found = new Map<Field, WireValue[]>();
  while (!reader.isAtEnd) {
    const { field: number, wireType } = reader.tag(message.name);
    const field = message.byNumber.get(number);
    if (field === undefined) {
      reader.skip(wireType);
      continue;
    }
    let values = found.get(field);
    if (values === undefined) found.set(field, (values = []));
    values.push(...readField(reader, field, wireType));
  }
  return found;
}

function readField(reader: WireReader, { shape, type, goName }: Field, wireType: number): readonly WireValue[] {
  const expected = shape === 'map' || typeof type !== 'string' ? WIRE.bytes : WIRE_TYPES[type];
  if (wireType === WIRE.bytes && expected === WIRE.varint && shape === 'list') return packed(reader.chunk());
  if (wireType !== expected) throw new ProtobufError(`proto: wrong wireType = ${wireType} for field ${goName}`);
  if (wireType === WIRE.bytes) return [reader.chunk()];
  return [wireType === WIRE.varint ? reader.integer() : reader.double()];
}

function packed(chunk: Buffer): readonly (number | bigint)[] {
  const reader = new WireReader(chunk);
  const values: (number | bigint)[] = [];
  while (!reader.isAtEnd) values.push(reader.integer());
  return values;
}

function addMember(object: MutableJsonObject, field: Field, values: readonly WireValue[], depth: number): void {
  const { name, isLeftOutWhenEmpty } = field;
  if (field.isInline) {
    Object.assign(object, valueOf(field, values, depth));
  } else if (field.isPointer || field.shape !== 'one' || field.type === 'bytes') {
    // May be nil in Go; of a pointer only nil is empty.
    const isEmpty = values.length === 0 || (!field.isPointer && isEmptyBytes(field, values));
    if (!isEmpty || (!isLeftOutWhenEmpty && values.length > 0)) object[name] = valueOf(field, values, depth);
    else if (!isLeftOutWhenEmpty) object[name] = null;
  } else {
    const value = valueOf(field, values, depth);
    if (!isLeftOut(field, value, depth)) object[name] = value;
  }
}

function isEmptyBytes({ shape }: Field, values: readonly WireValue[]): boolean {
  return shape === 'one' && (values.at(-1) as Buffer).length === 0;
}

function isLeftOut({ type, isLeftOutWhenEmpty, isLeftOutWhenZero }: Field, value: JsonValue, depth: number): boolean {
  if (typeof type === 'string') return (isLeftOutWhenEmpty || isLeftOutWhenZero) && value === ZERO[type];
  if (!isLeftOutWhenZero) return false;
  return isDeepStrictEqual(value, decodeMessage(type, NOTHING, depth + 1));
}

function valueOf({ shape, type }: Field, values: readonly WireValue[], depth: number): JsonValue {
  if (shape === 'list') return values.map((value) => single(type, [value], depth));
  // An own member, whatever the key is called.
  if (shape === 'map') return Object.fromEntries(values.map((entry) => mapEntry(type, entry, depth)));
  return single(type, values, depth);
}

/** Of a scalar the last occurrence counts; messages are joined. */
function single(type: Field['type'], values: readonly WireValue[], depth: number): JsonValue {
  if (typeof type !== 'string') return decodeMessage(type, joined(values), depth + 1);
  const value = values.at(-1);
  if (value === undefined) return ZERO[type];
  if (typeof value === 'object') return value.toString(type === 'bytes' ? 'base64' : 'utf8');
  if (type === 'bool') return value !== 0;
  if (type !== 'int32') return value;
  return typeof value === 'bigint' ? Number(BigInt.asIntN(32, value)) : value | 0;
}

function joined(values: readonly WireValue[]): Buffer {
  const chunks = values as readonly Buffer[];
  return chunks.length === 1 ? (chunks[0] ?? NOTHING) : Buffer.concat(chunks);
}

function mapEntry(type: Field['type'], entry: WireValue, depth: number): readonly [string, JsonValue] {
  const message: MessageType = entryOf(type);
  const members = decodeMessage(message, entry as Buffer, depth + 1);
  const { key, value } = isJsonObject(members) ? members : ({} as JsonObject);
  return [scalarText(key), value ?? null];
}

const entries = new Map<Field['type'], MessageType>();

function entryOf(type: Field['type']): MessageType {
  let message = entries.get(type);
  if (message === undefined) {
    const plain = {
      shape: 'one',
      isPointer: false,
      isLeftOutWhenEmpty: false,
      isLeftOutWhenZero: false,
      isInline: false,
    } as const;
    const key: Field = { ...plain, name: 'key', goName: 'Key', type: 'string' };
    const value: Field = { ...plain, name: 'value', goName: 'Value', type };
    message = {
      name: 'Entry',
      fields: [key, value],
      byNumber: new Map([
        [1, key],
        [2, value],
      ]),
    };
    entries.set(type, message);
  }
  return message;
}
