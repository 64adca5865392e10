// PATCH: the content type says which form, and each form has a decoder and errors of its own.
import { isJsonObject, type JsonObject, type JsonValue } from '../../common';
import { applyObject, CUSTOM_PATCH_TYPES, patchObject, type PatchOperation } from '../patch';
import { badRequest, failure, unsupportedMediaType } from '../status';
import { type ObjectTarget, type SandboxCore, type Written } from '../verbs';
import { type ApiRequest } from './api.types';
import { mediaTypeOf, parseJsonBody, parseYamlText, typeName } from './decode-body';
import { headerOf } from './header';
import { writeOptions } from './query-options';
import { assertNamed } from './routes';

const APPLY = 'application/apply-patch+yaml';
const TYPES: Readonly<Record<string, PatchOperation['type']>> = {
  'application/json-patch+json': 'json',
  'application/merge-patch+json': 'merge',
  'application/strategic-merge-patch+json': 'strategic',
};

/** @throws ApiStatusError */
export async function patchRequest(
  core: SandboxCore,
  target: ObjectTarget,
  request: ApiRequest,
  query: URLSearchParams,
  warn: (text: string) => void,
): Promise<Written> {
  const mediaType = mediaTypeOf(headerOf(request, 'content-type'));
  const type = TYPES[mediaType];
  if (mediaType !== APPLY && (type === undefined || (type === 'strategic' && target.definition.isCustom))) {
    throw wrongType(target);
  }
  assertNamed(target);
  const isApply = type === undefined;
  const options = { ...writeOptions(query, 'PatchOptions', headerOf(request, 'user-agent'), { isApply }), warn };
  const text = (await request.body()).toString('utf8');
  if (isApply) return applyObject(core, target, configurationOf(text), options);
  const prefix = type === 'strategic' ? '' : 'error decoding patch: ';
  const body = parseJsonBody(text, (why) => badRequest(prefix + why)) as JsonValue;
  return patchObject(core, target, { type, body, text }, options);
}

/** The router of built-in groups refuses before anything is read. */
function wrongType({ definition }: ObjectTarget): Error {
  if (definition.isCustom) return unsupportedMediaType(CUSTOM_PATCH_TYPES);
  return failure({
    code: 415,
    reason: 'UnsupportedMediaType',
    message: '415: Unsupported Media Type',
    details: {},
  });
}

function configurationOf(text: string): JsonObject {
  const value = parseYamlText(text, (why) =>
    badRequest(`error decoding YAML: error converting YAML to JSON: ${why}`),
  ).value;
  if (value === null || value === undefined) return {};
  if (isJsonObject(value)) return value;
  throw badRequest(
    `error decoding YAML: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${typeName(value)} into Go value of type map[string]interface {}`,
  );
}
