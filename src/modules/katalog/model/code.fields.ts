// Code of one's own: docs/reference/katalog.md, hooks, constructor, remote.
import { secretRef } from '../../expression';
import {
  anything,
  apiVersion,
  bool,
  dataPath,
  dnsLabel,
  httpUrl,
  identifier,
  kindName,
  list,
  literal,
  mapOf,
  object,
  oneOf,
  optional,
  required,
} from '../../schema';
import { externalList } from './external.fields';
import { modulePath } from './file-path';

const managedResources = list(
  object('managed resource', {
    apiVersion: optional(apiVersion, 'Of the kind.', { default: 'v1' }),
    kind: required(kindName, 'What the code writes: it gets the rights for it, and its changes wake the CR.'),
    plural: optional(dnsLabel, 'Name in URLs.', { default: 'asked from the cluster' }),
  }),
);

const args = mapOf(anything, (key) => (/^[A-Za-z_]\w*$/.test(key) ? undefined : `"${key}" is not a name`));

const code = {
  location: required(modulePath, 'The module: a package, or a path relative to the file.'),
  function: required(identifier, 'What the module exports.'),
  alias: optional(identifier, 'Name of the import in generated code.'),
  version: optional(literal, 'Version of the package.'),
  fetch: optional(bool, 'The package is fetched when the registry is generated.', { default: 'false' }),
  managedResources: optional(managedResources, 'Kinds that the code writes.'),
  args: optional(args, 'Values for the code; texts are templates.'),
};

/** Beside the templates. */
export const hooksField = object('hooks', {
  ...code,
  runHooksFirst: optional(bool, 'The hook runs before the templates.', { default: 'false' }),
  external: optional(externalList, 'Calls before the hook; args may use their results.'),
});

/** In place of the templates. */
export const constructorField = object('constructor', code);

/** In another process. */
export const remoteField = object('remote', {
  endpoint: required(httpUrl, 'Where the other process listens.'),
  protocol: optional(oneOf(['http', 'grpc']), 'How it is spoken to.', { default: 'http' }),
  auth: optional(object('remote auth', { secretRef: required(secretRef, 'Bearer token.') }), 'How it lets us in.'),
  args: optional(args, 'Values for the other process; texts are templates.'),
  managedResources: optional(managedResources, 'Kinds that it may answer with.'),
  payload: optional(
    object('remote payload', {
      object: optional(
        object('payload object', { exclude: optional(list(dataPath), 'Paths that are not sent.') }),
        'The CR.',
      ),
      children: optional(bool, 'The children are sent, too.', { default: 'false' }),
    }),
    'What is sent.',
  ),
});
