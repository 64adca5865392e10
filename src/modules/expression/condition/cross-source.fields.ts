// Where values of other operators are read, and the Secret that opens the way: conditions and `cross` share it.
import {
  configKeyName,
  dnsLabel,
  durationBetween,
  envReference,
  httpUrl,
  namespaceTemplate,
  object,
  objectName,
  oneOf,
  optional,
  required,
  urlTemplate,
} from '../../schema';

/** One key of a Secret. */
export const secretRef = object('secretRef', {
  name: required(objectName, 'Name of the Secret.'),
  key: required(configKeyName, 'Key in its data.'),
  namespace: optional(dnsLabel, 'Where the Secret is.', { default: 'the namespace of Orkestra' }),
});

const auth = object('cross auth', {
  token: optional(envReference, 'Bearer token out of the environment; excludes secretRef.'),
  secretRef: optional(secretRef, 'Bearer token out of a Secret; excludes token.'),
});

/** Another runtime, when the CRD is not one of this one. */
export const crossSource = object('cross source', {
  endpoint: optional(urlTemplate, 'The whole URL; excludes host.'),
  host: optional(httpUrl, 'Base URL of the other runtime; protocol picks the path.'),
  protocol: optional(oneOf(['info', 'metrics', 'health', 'events']), 'What is read on the host.', { default: 'info' }),
  namespace: optional(namespaceTemplate, 'For info and events.', { default: 'that of the CR' }),
  auth: optional(auth, 'How the runtime lets us in.'),
  cacheFor: optional(durationBetween(0, 86_400_000), 'An answer counts for so long.', { default: '30s' }),
});
