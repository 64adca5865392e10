// From what was sent to a draft that a verb may work on: the right kind and version, known fields, defaults.
import {
  apiVersionOf,
  cloneJson,
  type JsonObject,
  jsonText,
  type MutableJsonObject,
  parseApiVersion,
  scalarText,
} from '../../common';
import {
  builtinSchema,
  compileStructuralSchema,
  embeddedTypeProblem,
  goDocument,
  type GoDocument,
  invalidCause,
  metadataTypeProblem,
  type NumberTexts,
  prune,
  strictFieldProblems,
  typeProblem,
  type TypeSchema,
  unknownFields,
} from '../../schema';
import { type ServedResource } from '../registry';
import { badRequest, invalid } from '../status';
import { type Target, type WriteOptions } from './core.types';
import { draftMeta, metaOf, textOf } from './object-meta';

/** What is known of how the object was sent. */
export interface SentForm {
  /** Its JSON text: equal fields are seen in it only. */
  readonly text?: string | undefined;
  /** How numbers were written that JavaScript reads as others. */
  readonly numbers?: NumberTexts | undefined;
  /** Problems that another decoder found (equal keys of YAML). */
  readonly problems?: readonly string[];
  /** The body belongs to nobody else and is worked on as it is. */
  readonly isOwn?: boolean;
}

/**
 * A draft of what a client sent.
 * @throws ApiStatusError 400, 422 for another kind
 */
export function decodeObject(
  target: Target,
  body: JsonObject,
  options: WriteOptions,
  sent: SentForm = {},
): MutableJsonObject {
  const document = asGoReads(target, sent.text);
  const draft = document?.object ?? (sent.isOwn === true ? body : cloneJson(body));
  if (target.definition.isCustom) return decodeCustom(target, draft, options, sent);
  alignKind(target, draft);
  checkFields(target, draft, options, { ...sent, numbers: document?.numbers }, (why) => refuseBody(draft, why));
  return settle(target, draft);
}

/** It is decoded as what it says it is, and only then compared with what is wanted. */
function decodeCustom(
  target: Target,
  draft: MutableJsonObject,
  options: WriteOptions,
  sent: SentForm,
): MutableJsonObject {
  assertHasKind(target.definition.kind, draft);
  checkFields(
    { ...target, version: { ...target.version, schema: toldSchema(target, draft) } },
    draft,
    options,
    sent,
    (why) => refuseBody(draft, why),
  );
  alignKind(target, draft);
  return settle(target, draft);
}

/** Of another kind only metadata is known, of a version that is not there not even what stands beside it. */
const OTHER_KIND = compileStructuralSchema({ type: 'object', 'x-kubernetes-preserve-unknown-fields': true });
const NO_VERSION = compileStructuralSchema({ type: 'object' });

function toldSchema({ definition }: Target, draft: JsonObject): TypeSchema {
  const { group, version } = parseApiVersion(scalarText(draft['apiVersion']));
  if (group !== definition.group || draft['kind'] !== definition.kind) return OTHER_KIND;
  return definition.versions.find(({ name }) => name === version)?.schema ?? NO_VERSION;
}

/** In the words of what it says it is. */
function refuseBody(draft: JsonObject, why: string): never {
  const { version } = parseApiVersion(scalarText(draft['apiVersion']));
  const kind = scalarText(draft['kind']);
  throw badRequest(`${kind} in version ${JSON.stringify(version)} cannot be handled as a ${kind}: ${why}`);
}

/** Of custom resources the last of two equal fields counts, as with JSON.parse. */
function asGoReads({ definition, version }: Target, text: string | undefined): GoDocument | undefined {
  return definition.isCustom || text === undefined ? undefined : goDocument(text, version.schema);
}

/** Refuses values of a wrong type and tells of unknown and repeated fields, as fieldValidation says. */
export function checkFields(
  target: Target,
  draft: JsonObject,
  options: WriteOptions,
  sent: SentForm,
  refuse: (why: string) => never,
): void {
  const wrongType = typeProblemOf(target, draft, sent.numbers);
  if (wrongType !== undefined) refuse(wrongType);
  const mode = options.fieldValidation ?? 'Warn';
  if (mode === 'Ignore' || (mode === 'Warn' && options.warn === undefined)) return;
  const problems = [...(sent.problems ?? []), ...fieldProblems(target, draft, sent.text)];
  if (problems.length === 0) return;
  if (mode === 'Strict') refuse(`strict decoding error: ${problems.join(', ')}`);
  for (const problem of problems) options.warn?.(problem.replace(YAML_HEAD, ''));
}

/** The YAML decoder of the real server puts this in front of what it found. */
export const YAML_HEAD = 'yaml: unmarshal errors:\n  ';

/** Of custom resources only metadata is decoded into a type, their own and that of objects inside. */
function typeProblemOf({ definition, version }: Target, draft: JsonObject, numbers?: NumberTexts): string | undefined {
  if (!definition.isCustom) return typeProblem(draft, version.schema, numbers);
  return metadataTypeProblem(draft['metadata']) ?? embeddedTypeProblem(draft, version.schema);
}

function fieldProblems(
  { definition, version }: Target,
  draft: JsonObject,
  text: string | undefined,
): readonly string[] {
  const { schema } = version;
  if (!definition.isCustom && text !== undefined) return strictFieldProblems(text, schema);
  const unknown = unknownFields(draft, schema).map((path) => `unknown field ${JSON.stringify(path)}`);
  return text === undefined ? unknown : [...strictFieldProblems(text, undefined), ...unknown];
}

/** Without unknown fields and with defaults: of what was sent, and of what a patch made. */
export function settle(
  { definition, version }: Target,
  draft: MutableJsonObject,
  origin: 'sent' | 'merged' = 'sent',
): MutableJsonObject {
  const known: MutableJsonObject = prune(draft, version.schema).value;
  const sent = metaOf(known)['managedFields'];
  definition.strategy.default?.(known, origin);
  // An empty list asks to forget who owns what; defaulting drops empty lists.
  if (Array.isArray(sent) && sent.length === 0) draftMeta(known)['managedFields'] = [];
  return known;
}

export function alignKind({ definition, version }: Target, draft: MutableJsonObject): void {
  const apiVersion = apiVersionOf({ group: definition.group, version: version.name });
  const sent = { kind: scalarText(draft['kind']), apiVersion: scalarText(draft['apiVersion']) };
  if (definition.isCustom) assertCustomKind(definition, sent, apiVersion, draft);
  else if (sent.kind !== '' || sent.apiVersion !== '') assertBuiltInKind(definition.kind, sent, apiVersion, draft);
  nameKind({ definition, version }, draft);
}

/** Whatever the draft says of itself. */
export function nameKind({ definition, version }: ServedResource, draft: MutableJsonObject): void {
  draft['kind'] = definition.kind;
  draft['apiVersion'] = apiVersionOf({ group: definition.group, version: version.name });
}

interface SentKind {
  readonly kind: string;
  readonly apiVersion: string;
}

function assertHasKind(kind: string, draft: JsonObject): void {
  if (scalarText(draft['kind']) !== '') return;
  const text = jsonText(draft);
  throw badRequest(
    `the object provided is unrecognized (must be of type ${kind}): Object 'Kind' is missing in '${text}' (${excerpt(text)})`,
  );
}

function assertCustomKind(definition: Target['definition'], sent: SentKind, expected: string, draft: JsonObject): void {
  const { kind, group } = definition;
  assertHasKind(kind, draft);
  if (sent.apiVersion !== expected) {
    throw badRequest(
      `the API version in the data (${sent.apiVersion}) does not match the expected API version (${expected})`,
    );
  }
  if (sent.kind === kind) return;
  const cause = invalidCause('kind', sent.kind, `must be ${kind}`);
  throw invalid({ group, name: sent.kind }, textOf(draft, 'name'), [cause]);
}

/** The scheme of the real server is named in its answers. */
const SCHEME = 'pkg/runtime/scheme.go:111';

function assertBuiltInKind(kind: string, sent: SentKind, expected: string, draft: JsonObject): void {
  const apiVersion = sent.apiVersion === '' ? expected : sent.apiVersion;
  const sentKind = sent.kind === '' ? kind : sent.kind;
  if (sentKind === kind && apiVersion === expected) return;
  const version = apiVersion.slice(apiVersion.indexOf('/') + 1);
  const other = parseApiVersion(apiVersion);
  const schema = builtinSchema(other.group, other.version, sentKind);
  // It is decoded as what it says it is first.
  const wrongType = schema === undefined ? undefined : typeProblem(draft, schema);
  const unregistered = `no kind ${JSON.stringify(sentKind)} is registered for version ${JSON.stringify(apiVersion)} in scheme ${JSON.stringify(SCHEME)}`;
  const unlike = `converting (${version}.${sentKind}) to (core.${kind}): unknown conversion`;
  const why = wrongType ?? (schema === undefined ? unregistered : unlike);
  throw badRequest(`${sentKind} in version ${JSON.stringify(version)} cannot be handled as a ${kind}: ${why}`);
}

/** Of a body that cannot be read, errors quote as much. */
export const EXCERPT_LENGTH = 30;

/** The beginning of a text, as errors about it quote it. */
export function excerpt(text: string): string {
  if (text === '') return '<empty>';
  return text.length <= EXCERPT_LENGTH ? text : `${text.slice(0, EXCERPT_LENGTH)} ...`;
}
