// From what was sent to a draft that a verb may work on: the right kind and version, known fields, defaults.
import { apiVersionOf, type JsonObject, type MutableJsonObject, scalarText } from '../../common';
import { badRequest, invalid, invalidValue } from '../status';
import { type Target, type WriteOptions } from './core.types';
import { cloneJson } from './json-clone';
import { textOf } from './object-meta';

/**
 * A draft of what a client sent. `isOwn`: the body belongs to nobody else and is worked on as it is.
 * @throws ApiStatusError 400, 422 for another kind
 */
export function decodeObject(
  target: Target,
  body: JsonObject,
  options: WriteOptions,
  isOwn = false,
): MutableJsonObject {
  const draft = isOwn ? body : cloneJson(body);
  alignKind(target, draft);
  settle(target, draft, options);
  return draft;
}

/** Drops unknown fields and fills in defaults, of what was sent and of what a patch made. */
export function settle(target: Target, draft: MutableJsonObject, _options: WriteOptions): void {
  target.definition.strategy.default?.(draft);
}

function alignKind({ definition, version }: Target, draft: MutableJsonObject): void {
  const apiVersion = apiVersionOf({ group: definition.group, version: version.name });
  const sent = { kind: scalarText(draft['kind']), apiVersion: scalarText(draft['apiVersion']) };
  if (definition.isCustom) assertCustomKind(definition, sent, apiVersion, draft);
  else if (sent.kind !== '' || sent.apiVersion !== '') assertBuiltInKind(definition.kind, sent, apiVersion);
  draft['kind'] = definition.kind;
  draft['apiVersion'] = apiVersion;
}

interface SentKind {
  readonly kind: string;
  readonly apiVersion: string;
}

function assertCustomKind(definition: Target['definition'], sent: SentKind, expected: string, draft: JsonObject): void {
  const { kind, group } = definition;
  if (sent.kind === '') {
    const text = JSON.stringify(draft);
    throw badRequest(
      `the object provided is unrecognized (must be of type ${kind}): Object 'Kind' is missing in '${text}' (${excerpt(text)})`,
    );
  }
  if (sent.apiVersion !== expected) {
    throw badRequest(
      `the API version in the data (${sent.apiVersion}) does not match the expected API version (${expected})`,
    );
  }
  if (sent.kind === kind) return;
  const cause = invalidValue('kind', sent.kind, `must be ${kind}`);
  throw invalid({ group, name: sent.kind }, textOf(draft, 'name'), [cause]);
}

/** The scheme of the real server is named in its answers. */
const SCHEME = 'pkg/runtime/scheme.go:111';

function assertBuiltInKind(kind: string, sent: SentKind, expected: string): void {
  const apiVersion = sent.apiVersion === '' ? expected : sent.apiVersion;
  const sentKind = sent.kind === '' ? kind : sent.kind;
  if (sentKind === kind && apiVersion === expected) return;
  const version = apiVersion.slice(apiVersion.indexOf('/') + 1);
  const why =
    apiVersion === expected
      ? `converting (${version}.${sentKind}) to (core.${kind}): unknown conversion`
      : `no kind ${JSON.stringify(sentKind)} is registered for version ${JSON.stringify(apiVersion)} in scheme ${JSON.stringify(SCHEME)}`;
  throw badRequest(`${sentKind} in version ${JSON.stringify(version)} cannot be handled as a ${kind}: ${why}`);
}

const EXCERPT_LENGTH = 30;

/** The beginning of a text, as errors about it quote it. */
export function excerpt(text: string): string {
  if (text === '') return '<empty>';
  return text.length <= EXCERPT_LENGTH ? text : `${text.slice(0, EXCERPT_LENGTH)} ...`;
}
