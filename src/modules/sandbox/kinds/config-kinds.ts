// ConfigMap, Secret, ServiceAccount.
import { isConfigKey, jsonEquals, type JsonObject, type MutableJsonObject } from '../../common';
import { type FieldCause, forbiddenCause, invalidCause, requiredCause, tooLongCause } from '../../schema';
import { fill, part, textAt } from './draft';
import { type KindStrategy } from './kind-strategy';
import { immutable } from './rules';

const MAX_BYTES = 1024 * 1024;
const KEPT = 'field is immutable when `immutable` is set';

/** Keys are file names, too. */
function keyProblems(map: JsonObject | undefined, field: string): readonly FieldCause[] {
  return Object.keys(map ?? {}).flatMap((key) =>
    configKeyProblems(key).map((text) => invalidCause(`${field}[${key}]`, key, text)),
  );
}

function configKeyProblems(key: string): readonly string[] {
  if (isConfigKey(key)) return [];
  const problems: string[] = [];
  if (key.length > 253) problems.push('must be no more than 253 bytes');
  if (!/^[-._a-zA-Z0-9]+$/.test(key)) {
    problems.push(
      "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')",
    );
  }
  if (key === '.' || key === '..') problems.push(`must not be '${key}'`);
  else if (key.startsWith('..')) problems.push("must not start with '..'");
  return problems;
}

function bytesOf(map: JsonObject | undefined, isBase64: boolean): number {
  let bytes = 0;
  for (const value of Object.values(map ?? {})) {
    if (typeof value === 'string') bytes += Buffer.byteLength(value, isBase64 ? 'base64' : 'utf8');
  }
  return bytes;
}

function configMapProblems(object: JsonObject): readonly FieldCause[] {
  const texts = part(object, 'data');
  const binary = part(object, 'binaryData');
  const problems = [...keyProblems(texts, 'data')];
  for (const key of Object.keys(texts ?? {})) {
    if (binary !== undefined && Object.hasOwn(binary, key)) {
      problems.push(invalidCause(`data[${key}]`, key, 'duplicate of key present in binaryData'));
    }
  }
  problems.push(...keyProblems(binary, 'binaryData'));
  if (bytesOf(texts, false) + bytesOf(binary, true) > MAX_BYTES) problems.push(tooLongCause('[]', MAX_BYTES));
  return problems;
}

/** Of an object that says `immutable: true`. */
function sealed(object: JsonObject, old: JsonObject, members: readonly string[]): readonly FieldCause[] {
  if (old['immutable'] !== true) return [];
  return [
    ...(object['immutable'] === true ? [] : [forbiddenCause('immutable', KEPT)]),
    ...members
      .filter((member) => !jsonEquals(object[member], old[member]))
      .map((member) => forbiddenCause(member, KEPT)),
  ];
}

export const configMaps: KindStrategy = {
  validate: configMapProblems,
  validateUpdate: (object, old) => [...sealed(object, old, ['data', 'binaryData']), ...configMapProblems(object)],
  hasGeneration: false,
};

/** What each type of Secret must hold. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  'kubernetes.io/dockercfg': ['.dockercfg'],
  'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
  'kubernetes.io/ssh-auth': ['ssh-privatekey'],
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
};
const ACCOUNT = 'kubernetes.io/service-account.name';

function secretProblems(object: JsonObject): readonly FieldCause[] {
  const content = part(object, 'data');
  const problems = [...keyProblems(content, 'data')];
  if (bytesOf(content, true) > MAX_BYTES) problems.push(tooLongCause('data', MAX_BYTES));
  return [...problems, ...secretTypeProblems(textAt(object, 'type'), content, object)];
}

function secretTypeProblems(type: string, content: JsonObject | undefined, object: JsonObject): readonly FieldCause[] {
  const has = (key: string): boolean => content !== undefined && Object.hasOwn(content, key);
  if (type === 'kubernetes.io/service-account-token') {
    const account = textAt(part(part(object, 'metadata'), 'annotations'), ACCOUNT);
    return account === '' ? [requiredCause(`metadata.annotations[${ACCOUNT}]`)] : [];
  }
  if (type === 'kubernetes.io/basic-auth') {
    return has('username') || has('password') ? [] : [requiredCause('data[username]'), requiredCause('data[password]')];
  }
  const needed = Object.hasOwn(NEEDED, type) ? (NEEDED[type] ?? []) : [];
  const missing = needed.filter((key) => !has(key)).map((key) => requiredCause(`data[${key}]`));
  return [...missing, ...dockerProblems(type, content)];
}

function dockerProblems(type: string, content: JsonObject | undefined): readonly FieldCause[] {
  const key = type === 'kubernetes.io/dockerconfigjson' ? '.dockerconfigjson' : '.dockercfg';
  if (!type.startsWith('kubernetes.io/dockerc') || content?.[key] === undefined) return [];
  try {
    JSON.parse(Buffer.from(textAt(content, key), 'base64').toString('utf8'));
    return [];
  } catch {
    // The content is a secret: not even the message of the parser may quote it.
    return [invalidCause(`data[${key}]`, '<secret contents redacted>', 'invalid character')];
  }
}

/** stringData is a way to write data without base64; it is never stored. */
function foldStringData(draft: MutableJsonObject): void {
  const texts = part(draft, 'stringData');
  delete draft['stringData'];
  if (texts === undefined) return;
  const content = part(draft, 'data') ?? {};
  draft['data'] = content;
  for (const [key, value] of Object.entries(texts)) {
    if (typeof value === 'string') content[key] = Buffer.from(value, 'utf8').toString('base64');
  }
}

export const secrets: KindStrategy = {
  default: (draft) => {
    fill(draft, { type: 'Opaque' });
    foldStringData(draft);
  },
  validate: secretProblems,
  validateUpdate: (object, old) => [
    ...immutable(object['type'], old['type'], 'type'),
    ...sealed(object, old, ['data']),
    ...secretProblems(object),
  ],
  hasGeneration: false,
  selectableFields: { type: (object) => textAt(object, 'type') },
};

export const serviceAccounts: KindStrategy = { hasGeneration: false, returnsDeleted: true };
