// The body of a delete: DeleteOptions, read loosely as the real server does.
import { isJsonObject, type JsonObject, type JsonValue } from '../../common';
import { badRequest, unsupportedMediaType } from '../status';
import { type DeleteRequest } from '../verbs';
import { mediaTypeOf, OBJECT_TYPES, parseJsonBody, parseYamlText, PROTOBUF, typeName } from './decode-body';
import { decodeEnvelope, ProtobufError } from './protobuf';

const EXPECTED = { group: '', version: 'v1', kind: 'DeleteOptions' };

/** Throws a 400 or 415. */
export function decodeDeleteBody(body: Buffer, contentType: string): DeleteRequest {
  const type = mediaTypeOf(contentType);
  const value = type === PROTOBUF ? protobufOptions(body) : parseBody(body, type);
  if (!isJsonObject(value)) {
    throw badRequest(
      `couldn't get version/kind; json parse error: json: cannot unmarshal ${typeName(value)} into Go value`,
    );
  }
  const kind = value['kind'];
  if (kind !== undefined && kind !== '' && kind !== 'DeleteOptions') {
    throw badRequest(
      `no kind ${JSON.stringify(kind)} is registered for version "${versionOf(value['apiVersion'])}" in scheme "pkg/runtime/scheme.go:111"`,
    );
  }
  const preconditions = isJsonObject(value['preconditions']) ? value['preconditions'] : {};
  return {
    uid: text(preconditions['uid'], 'preconditions.uid'),
    resourceVersion: text(preconditions['resourceVersion'], 'preconditions.resourceVersion'),
    propagationPolicy: text(value['propagationPolicy'], 'propagationPolicy'),
    orphanDependents: flag(value['orphanDependents']),
    gracePeriodSeconds: seconds(value['gracePeriodSeconds']),
    dryRun: Array.isArray(value['dryRun']) ? (value['dryRun'] as readonly JsonValue[]).map(String) : [],
  };
}

function versionOf(apiVersion: JsonValue | undefined): string {
  return typeof apiVersion === 'string' && apiVersion !== '' ? apiVersion : 'meta.k8s.io/v1';
}

function parseBody(body: Buffer, type: string): unknown {
  const text = body.toString('utf8');
  switch (type) {
    case 'application/json':
      return parseJsonBody(text, (why) => badRequest(`couldn't get version/kind; json parse error: ${why}`));
    case 'application/yaml':
    case 'application/x-yaml':
      return parseYamlText(text, (why) => badRequest(why)).value ?? {};
    default:
      throw unsupportedMediaType(OBJECT_TYPES);
  }
}

function protobufOptions(body: Buffer): JsonObject {
  try {
    return decodeEnvelope(body, EXPECTED);
  } catch (error) {
    throw error instanceof ProtobufError ? badRequest(error.message) : error;
  }
}

function mismatch(value: JsonValue, field: string, type: string): Error {
  return badRequest(
    `json: cannot unmarshal ${typeName(value)} into Go struct field DeleteOptions.${field} of type ${type}`,
  );
}

function text(value: JsonValue | undefined, field: string): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  throw mismatch(value, field, field === 'preconditions.uid' ? 'types.UID' : 'string');
}

function flag(value: JsonValue | undefined): boolean | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'boolean') return value;
  throw mismatch(value, 'orphanDependents', 'bool');
}

function seconds(value: JsonValue | undefined): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  throw mismatch(value, 'gracePeriodSeconds', 'int64');
}
