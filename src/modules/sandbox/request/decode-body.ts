// Bodies of writes: JSON or YAML text to one JSON object, with the errors of the real server's decoders.
import { parse as parseYaml, YAMLParseError } from 'yaml';
import { isJsonObject, type JsonObject } from '../../common';
import { badRequest, unsupportedMediaType } from '../status';
import { excerpt } from '../verbs';
import { jsonProblem } from './json-problem';

const OBJECT_TYPES = ['application/json', 'application/yaml', 'application/vnd.kubernetes.protobuf'];
const KIND_STRUCT =
  'struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }';

/** The media type without parameters, lower case; JSON when there is none. */
export function mediaTypeOf(contentType: string | undefined): string {
  const type = (contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  return type === '' ? 'application/json' : type;
}

/** Body of a create or update of the kind. Throws a 400 or 415. */
export function decodeObjectBody(body: Buffer, contentType: string | undefined, kind: string): JsonObject {
  const type = mediaTypeOf(contentType);
  const refuse = (why: string, quoted: string): Error =>
    badRequest(`the object provided is unrecognized (must be of type ${kind}): ${why} (${quoted})`);
  switch (type) {
    case 'application/json': {
      const text = body.toString('utf8');
      const value = parseJson(text, (why) =>
        refuse(`couldn't get version/kind; json parse error: ${why}`, quote(body)),
      );
      if (isJsonObject(value)) return value;
      if (value === null) return {};
      throw refuse(
        `couldn't get version/kind; json parse error: json: cannot unmarshal ${typeName(value)} into Go value of type ${KIND_STRUCT}`,
        body.toString('hex'),
      );
    }
    case 'application/yaml':
    case 'application/x-yaml': {
      const value = parseYamlText(body.toString('utf8'), (why) => refuse(why, body.toString('hex')));
      if (isJsonObject(value)) return value;
      if (value === null || value === undefined) return {};
      throw refuse(
        `couldn't get version/kind; json parse error: json: cannot unmarshal ${typeName(value)} into Go value of type ${KIND_STRUCT}`,
        body.toString('hex'),
      );
    }
    case 'application/vnd.kubernetes.protobuf':
      throw refuse(
        'provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]',
        body.toString('hex'),
      );
    default:
      throw unsupportedMediaType(OBJECT_TYPES);
  }
}

/** Any JSON text; `refuse` makes the error of what is wrong with it. */
export function parseJson(text: string, refuse: (why: string) => Error): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw refuse(jsonProblem(text));
  }
}

/** YAML 1.1 as the server reads it. */
export function parseYamlText(text: string, refuse: (why: string) => Error): unknown {
  try {
    return parseYaml(text, {
      version: '1.1',
      maxAliasCount: 100,
      merge: true,
      uniqueKeys: false,
      logLevel: 'silent',
    }) as unknown;
  } catch (error) {
    const line = error instanceof YAMLParseError ? (error.linePos?.[0].line ?? 1) : 1;
    throw refuse(`yaml: line ${line}: did not find expected node content`);
  }
}

/** How Go names the type of a JSON value. */
export function typeName(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (isJsonObject(value)) return 'object';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

/** Text as it is while it looks like text, else hex. */
function quote(body: Buffer): string {
  const text = body.toString('utf8');
  return text === '' || text.startsWith('{') ? excerpt(text) : body.toString('hex').slice(0, 60);
}
