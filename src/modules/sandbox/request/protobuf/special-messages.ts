// Messages that are not in the table, and types whose JSON form is not that of their fields: they have marshallers of
// their own in Go.
import { type JsonObject, type JsonValue } from '../../../common';
import { type FieldRow } from './message.types';
import { ProtobufError } from './wire-reader';

interface SpecialMessage {
  /** In errors; else the name in the table. */
  readonly name?: string;
  /** Else those of the table. */
  readonly rows?: readonly FieldRow[];
  readonly finish?: (members: JsonObject, isEmpty: boolean) => JsonValue;
}

/** The last second of the year 9999, the last that RFC 3339 can tell. */
const LAST_SECOND = 253_402_300_799;
const FIRST_SECOND = -62_167_219_200;

const TIME_ROWS: readonly FieldRow[] = [
  [1, 'seconds', 'int64', ''],
  [2, 'nanos', 'int32', ''],
];
const RAW_ROWS: readonly FieldRow[] = [[1, 'raw', 'bytes', 'pe']];

/** By the names that the table gives them. */
export const SPECIAL_MESSAGES: Readonly<Record<string, SpecialMessage | undefined>> = {
  time: {
    name: 'Timestamp',
    rows: TIME_ROWS,
    finish: ({ seconds }, isEmpty) => (isEmpty ? null : `${dateText(seconds)}Z`),
  },
  'micro-time': {
    name: 'Timestamp',
    rows: TIME_ROWS,
    finish: ({ seconds, nanos }, isEmpty) => {
      const micros = Math.trunc(Number(nanos) / 1_000);
      return isEmpty ? null : `${dateText(seconds)}.${String(micros).padStart(6, '0')}Z`;
    },
  },
  quantity: {
    name: 'Quantity',
    rows: [[1, 'string', 'string', '']],
    finish: ({ string }, isEmpty) => (isEmpty ? '0' : (string ?? '')),
  },
  'int-or-string': {
    name: 'IntOrString',
    rows: [
      [1, 'type', 'int64', ''],
      [2, 'intVal', 'int32', ''],
      [3, 'strVal', 'string', ''],
    ],
    finish: ({ type, intVal, strVal }) => (type === 1 ? strVal : intVal) ?? 0,
  },
  /** RawExtension, FieldsV1, and the JSON of a schema: the text of a JSON value. */
  raw: {
    name: 'RawExtension',
    rows: RAW_ROWS,
    finish: ({ raw }) => jsonOf(raw),
  },
  /** The envelope. */
  unknown: {
    name: 'Unknown',
    rows: [
      [1, 'typeMeta', 'type-meta', ''],
      [2, 'raw', 'bytes', ''],
      [3, 'contentEncoding', 'string', ''],
      [4, 'contentType', 'string', ''],
    ],
  },
  'type-meta': {
    name: 'TypeMeta',
    rows: [
      [1, 'apiVersion', 'string', ''],
      [2, 'kind', 'string', ''],
    ],
  },
  'apiextensions.v1.JSONSchemaPropsOrBool': {
    finish: ({ schema, allows }) => schema ?? allows ?? false,
  },
  'apiextensions.v1.JSONSchemaPropsOrArray': {
    finish: ({ schema, jSONSchemas }) => jSONSchemas ?? schema ?? null,
  },
  'apiextensions.v1.JSONSchemaPropsOrStringArray': {
    finish: ({ schema, property }) => property ?? schema ?? null,
  },
};

function dateText(seconds: JsonValue | undefined): string {
  const value = Number(seconds);
  if (!(value >= FIRST_SECOND && value <= LAST_SECOND)) throw new ProtobufError(`time out of range: ${value}`);
  return new Date(value * 1_000).toISOString().slice(0, 19);
}

function jsonOf(raw: JsonValue | undefined): JsonValue {
  if (typeof raw !== 'string' || raw === '') return null;
  try {
    return JSON.parse(Buffer.from(raw, 'base64').toString('utf8')) as JsonValue;
  } catch {
    throw new ProtobufError('a raw value is no JSON');
  }
}
