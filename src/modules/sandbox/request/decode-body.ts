// Bodies of writes: JSON, YAML or protobuf to one JSON object, with the errors of the real server's decoders.
import { parseDocument } from 'yaml';
import {
  hasLongNumber,
  int64Of,
  isJsonArray,
  isJsonObject,
  type JsonObject,
  jsonText,
  type JsonValue,
  parseJson,
} from '../../common';
import { badRequest, unsupportedMediaType } from '../status';
import { excerpt, EXCERPT_LENGTH, type SentForm, YAML_HEAD } from '../verbs';
import { depthProblem, jsonProblem } from './json-problem';
import { decodeEnvelope, type ExpectedKind, hasMessage, ProtobufError, ProtobufObjectError } from './protobuf';

export const PROTOBUF = 'application/vnd.kubernetes.protobuf';
/** Custom resources have no messages. */
const TEXT_TYPES = ['application/json', 'application/yaml'];
/** What a body may be written in. */
export const OBJECT_TYPES = [...TEXT_TYPES, PROTOBUF];
const KIND_STRUCT =
  'struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }';

export interface DecodedBody {
  readonly object: JsonObject;
  readonly sent: SentForm;
}

/** The media type without parameters, lower case; JSON when there is none. */
export function mediaTypeOf(contentType: string): string {
  const type = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  return type === '' ? 'application/json' : type;
}

/** Body of a create or update of the kind. Throws a 400 or 415. */
export function decodeObjectBody(body: Buffer, contentType: string, expected: ExpectedKind): DecodedBody {
  const { kind } = expected;
  const refuse = (why: string, quoted: string): Error =>
    badRequest(`the object provided is unrecognized (must be of type ${kind}): ${why} (${quoted})`);
  const asObject = (value: unknown): JsonObject => {
    if (isJsonObject(value)) {
      const why = kindProblem(value);
      if (why !== undefined) throw refuse(why, quote(body));
      return value;
    }
    if (value === null || value === undefined) return {};
    const why = `couldn't get version/kind; json parse error: json: cannot unmarshal ${typeName(value)} into Go value of type ${KIND_STRUCT}`;
    throw refuse(why, quote(body));
  };
  switch (mediaTypeOf(contentType)) {
    case 'application/json': {
      const text = body.toString('utf8');
      const value = parseJsonBody(text, (why) =>
        refuse(`couldn't get version/kind; json parse error: ${why}`, quote(body)),
      );
      return { object: asObject(value), sent: { text, isOwn: true } };
    }
    case 'application/yaml':
    case 'application/x-yaml': {
      const parsed = parseYamlText(body.toString('utf8'), (why) => refuse(why, quote(body)));
      const object = asObject(parsed.value);
      const problems = parsed.repeated.length === 0 ? [] : [YAML_HEAD + parsed.repeated.join('\n  ')];
      return { object, sent: { text: jsonText(object), problems, isOwn: true } };
    }
    case PROTOBUF:
      if (!hasMessage(expected)) throw unsupportedMediaType(TEXT_TYPES);
      return { object: protobufObject(body, expected, (why) => refuse(why, quote(body))), sent: { isOwn: true } };
    default:
      throw unsupportedMediaType(OBJECT_TYPES);
  }
}

/** What keeps the server from telling kind and version. */
function kindProblem(object: JsonObject): string | undefined {
  for (const member of ['apiVersion', 'kind']) {
    const value = object[member];
    if (value === undefined || value === null || typeof value === 'string') continue;
    return `couldn't get version/kind; json parse error: json: cannot unmarshal ${typeName(value)} into Go struct field .${member} of type string`;
  }
  const { apiVersion } = object;
  const isTooLong = typeof apiVersion === 'string' && apiVersion.split('/').length > 2;
  return isTooLong ? `unexpected GroupVersion string: ${apiVersion}` : undefined;
}

function protobufObject(body: Buffer, expected: ExpectedKind, refuse: (why: string) => Error): JsonObject {
  try {
    return decodeEnvelope(body, expected);
  } catch (error) {
    if (!(error instanceof ProtobufError)) throw error;
    if (!(error instanceof ProtobufObjectError)) throw refuse(error.message);
    const { kind, version } = error;
    throw badRequest(
      `${kind} in version ${JSON.stringify(version)} cannot be handled as a ${expected.kind}: ${error.message}`,
    );
  }
}

/** Any JSON text; `refuse` makes the error of what is wrong with it. */
export function parseJsonBody(text: string, refuse: (why: string) => Error): unknown {
  const tooDeep = depthProblem(text);
  if (tooDeep !== undefined) throw refuse(tooDeep);
  try {
    return parseJson(text);
  } catch {
    throw refuse(jsonProblem(text));
  }
}

export interface ParsedYaml {
  readonly value: unknown;
  /** `line 8: key "a" already set in map` */
  readonly repeated: readonly string[];
}

/** YAML 1.1 as the server reads it. */
export function parseYamlText(text: string, refuse: (why: string) => Error): ParsedYaml {
  const intAsBigInt = hasLongNumber(text);
  const document = parseDocument(text, { version: '1.1', merge: true, logLevel: 'silent', intAsBigInt });
  const repeated: string[] = [];
  for (const error of document.errors) {
    const line = error.linePos?.[0].line ?? 1;
    if (error.code !== 'DUPLICATE_KEY') throw refuse(yamlProblem(text, error.message, line, error.pos[0]));
    const key = /^[^:\s]+/.exec(text.slice(error.pos[0]))?.[0] ?? '';
    repeated.push(`line ${line}: key ${JSON.stringify(key.replace(/^["']|["']$/g, ''))} already set in map`);
  }
  try {
    const value = document.toJS({ maxAliasCount: 100 }) as unknown;
    return { value: intAsBigInt ? int64s(value as JsonValue) : value, repeated };
  } catch {
    throw refuse('yaml: document contains excessive aliasing');
  }
}

/** Whole numbers as a tree has them. */
function int64s(value: JsonValue): JsonValue {
  if (typeof value === 'bigint') return int64Of(value) ?? Number(value);
  if (isJsonArray(value)) return value.map(int64s);
  if (!isJsonObject(value)) return value;
  const members = Object.entries(value).map(([name, member]) => [name, int64s(member ?? null)] as const);
  return Object.fromEntries(members);
}

/** The server's parser counts lines from 0 and does not name the first; an end that comes too early is on the last. */
function yamlProblem(text: string, message: string, line: number, position: number): string {
  const isAtEnd = position >= text.trimEnd().length;
  const shown = isAtEnd ? text.trimEnd().split('\n').length : line - 1;
  const isInFlow = /Flow (sequence|map)/.test(message) && !isAtEnd;
  const what = isInFlow ? "did not find expected ',' or ']'" : 'did not find expected node content';
  return `yaml: ${shown > 0 ? `line ${shown}: ` : ''}${what}`;
}

/** How Go names the type of a JSON value. */
export function typeName(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (isJsonObject(value)) return 'object';
  return typeof value === 'boolean' ? 'bool' : typeof value === 'bigint' ? 'number' : typeof value;
}

/** Text as it is while it looks like an object, else hex: as many bytes of it. */
function quote(body: Buffer): string {
  const text = body.toString('utf8');
  if (text === '' || text.startsWith('{')) return excerpt(text);
  return body.toString('hex', 0, EXCERPT_LENGTH) + (body.length > EXCERPT_LENGTH ? ' ...' : '');
}
