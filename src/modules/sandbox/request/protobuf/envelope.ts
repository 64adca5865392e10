// How Kubernetes sends protobuf: four bytes, then a message that says what kind it holds
// (https://kubernetes.io/docs/reference/using-api/api-concepts/#protobuf-encoding).
import { apiVersionOf, isJsonObject, type JsonObject, parseApiVersion, scalarText } from '../../../common';
import { decodeMessage, occurrences } from './decode-message';
import { type MessageType } from './message.types';
import { messageOfKind, messageType } from './message-table';
import { ProtobufError } from './wire-reader';

const PREFIX = Buffer.from('k8s\0', 'latin1');
const EMPTY = Buffer.alloc(0);

/** What a body is taken for as far as it does not say it itself. */
export interface ExpectedKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** The envelope was read, the object in it could not be. */
export class ProtobufObjectError extends ProtobufError {
  constructor(
    readonly version: string,
    readonly kind: string,
    message: string,
  ) {
    super(message);
  }
}

/** Whether objects of the kind can be sent as protobuf: those of built-in kinds. */
export function hasMessage({ group, version, kind }: ExpectedKind): boolean {
  return messageOfKind(group, version, kind) !== undefined;
}

/**
 * The object with its apiVersion and kind. Of a kind without a message (custom ones, lists) only these.
 * @throws ProtobufObjectError for the object, ProtobufError for what is around it
 */
export function decodeEnvelope(body: Buffer, expected: ExpectedKind): JsonObject {
  if (body.length === 0) throw new ProtobufError('empty data');
  if (!body.subarray(0, PREFIX.length).equals(PREFIX)) {
    throw new ProtobufError(
      `provided data does not appear to be a protobuf message, expected prefix [${[...PREFIX].join(' ')}]`,
    );
  }
  if (body.length === PREFIX.length) throw new ProtobufError('empty body');
  const { apiVersion, kind, raw } = open(body.subarray(PREFIX.length), expected);
  const { group, version } = parseApiVersion(apiVersion);
  const message = messageOfKind(group, version, kind);
  if (message === undefined) return { apiVersion, kind };
  try {
    return { apiVersion, kind, ...(decodeMessage(message, raw) as JsonObject) };
  } catch (error) {
    if (!(error instanceof ProtobufError)) throw error;
    throw new ProtobufObjectError(version, kind, error.message);
  }
}

interface Opened {
  readonly apiVersion: string;
  readonly kind: string;
  readonly raw: Buffer;
}

function open(bytes: Buffer, expected: ExpectedKind): Opened {
  const unknown = messageType('unknown');
  const found = occurrences(unknown, bytes);
  const chunks = (name: string): readonly Buffer[] => (found.get(fieldOf(unknown, name)) ?? []) as readonly Buffer[];
  const typeMeta = decodeMessage(messageType('type-meta'), Buffer.concat(chunks('typeMeta')));
  const members = isJsonObject(typeMeta) ? typeMeta : {};
  const kind = scalarText(members['kind']);
  const apiVersion = scalarText(members['apiVersion']);
  return {
    apiVersion: apiVersion === '' ? apiVersionOf(expected) : apiVersion,
    kind: kind === '' ? expected.kind : kind,
    raw: chunks('raw').at(-1) ?? EMPTY,
  };
}

function fieldOf({ fields }: MessageType, name: string): MessageType['fields'][number] {
  const field = fields.find((candidate) => candidate.name === name);
  if (field === undefined) throw new Error(`the envelope has no ${name}`);
  return field;
}
