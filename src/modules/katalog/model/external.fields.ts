// Calls to other systems: docs/reference/katalog.md, external call.
import { parseExtendedDuration, type SourceNode } from '../../common';
import { conditionList, secretRef } from '../../expression';
import {
  bool,
  decimal,
  durationBetween,
  either,
  envName,
  format,
  headerName,
  identifier,
  integer,
  list,
  mapOf,
  object,
  oneOf,
  optional,
  required,
  text,
} from '../../schema';
import { include, orIncluded } from './include';

const DAY_MS = 86_400_000;
const isScalar = (node: SourceNode): boolean => node.kind === 'scalar';
const isList = (node: SourceNode): boolean => node.kind === 'list';

/** A pause of any unit, or a template that gives one. */
export const pauseTemplate = format({
  words: 'a duration (units ms s m h d w mo y), or a template',
  test: (written) => parseExtendedDuration(written) !== undefined,
  template: true,
});

const pause = durationBetween(1, DAY_MS);

/** A plain duration is its `initial`. */
export const retryBackoffField = either(
  isScalar,
  pause,
  object('retryBackoff', {
    initial: optional(pause, 'Pause before the first repetition.', { default: '5ms' }),
    max: optional(pause, 'No pause is longer.', { default: '16m40s' }),
    multiplier: optional(decimal(1, 100), 'Each pause is so many times the one before.', { default: '2' }),
    maxAttempts: optional(integer(0), 'Attempts until the object waits for the next resync; 0 = no limit.', {
      default: '0',
    }),
  }),
);

const auth = object('external auth', {
  secretRef: optional(secretRef, 'The credential stands in a Secret; excludes env.'),
  env: optional(envName, 'The credential stands in this variable of the environment; excludes secretRef.'),
  header: optional(headerName, 'Header that carries it, as "Bearer <value>".', { default: 'Authorization' }),
});

const status = integer(100, 599);

/** One call. */
export const externalCall = object('external call', {
  name: required(identifier, 'The result stands at .external.<name>.'),
  protocol: optional(
    oneOf(['http', 'redis', 'prometheus', 'postgres', 'mongo', 'grpc', 'kafka', 'nats', 'mqtt']),
    'How the system is spoken to.',
    { default: 'http' },
  ),
  url: required(text, 'Where the system is.'),
  query: optional(text, 'What is asked: PromQL, SQL, a redis command, group/topic, bucket.key, a topic.'),
  method: optional(oneOf(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD']), 'HTTP only.', { default: 'GET' }),
  body: optional(text, 'HTTP only.'),
  headers: optional(
    mapOf(text, (key) => (/^[-!#$%&'*+.^_`|~\w]+$/.test(key) ? undefined : `"${key}" is not the name of a header`)),
    'HTTP only.',
  ),
  auth: optional(auth, 'Credential of the call.'),
  timeout: optional(durationBetween(1, 600_000), 'The call fails after this time.', { default: '10s' }),
  expectedStatus: optional(either(isList, list(status), status), 'HTTP codes that are no failure.', {
    default: 'any 2xx',
  }),
  continueOnError: optional(bool, 'A failure does not end the pass; it stands in the result.', { default: 'false' }),
  cacheFor: optional(durationBetween(0, DAY_MS), 'A result is used again for so long.'),
  poolSize: optional(integer(1, 100), 'Connections of a protocol that keeps them.', { default: '2' }),
  when: optional(conditionList, 'All must pass, else it is not called.'),
  or: optional(conditionList, 'At least one must pass.'),
  fires: optional(
    object('fires', {
      reconcile: optional(bool, 'false: at admission only.', { default: 'true' }),
    }),
    'When it is called.',
  ),
  retryBackoff: optional(retryBackoffField, 'Pauses between attempts of the call.'),
  sleep: optional(pauseTemplate, 'A pause before the call.'),
  include: include('calls'),
});

/** Calls in order; each may use the results of those before it. */
export const externalList = list(orIncluded(externalCall, 'calls'));
