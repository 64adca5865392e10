// POST serviceaccounts/{name}/token. The token has the form and the claims of a real one; in the sandbox it opens nothing:
// there is one user.
import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { type JsonObject, type MutableJsonObject, rfc3339, scalarText } from '../../common';
import { ensurePart, fill, items, numberAt, part, textAt } from '../kinds';
import { invalidCause } from '../../schema';
import { badRequest, conflict, invalid, notFound } from '../status';
import { metaOf, type ObjectTarget, resourceOf, type SandboxCore, textOf } from '../verbs';

const KIND = { group: 'authentication.k8s.io', name: 'TokenRequest' };
const AUDIENCE = 'https://kubernetes.default.svc';
const HOUR_SECONDS = 3_600;
const LEAST_SECONDS = 600;
const MOST_SECONDS = 2 ** 32;
const KEY = randomBytes(32);
/** What a token may be bound to, by kind. */
const BOUND: Readonly<Record<string, string>> = { Pod: '/pods', Secret: '/secrets', Node: '/nodes' };

export function fillTokenRequest(draft: MutableJsonObject): void {
  fill(ensurePart(draft, 'spec'), { expirationSeconds: HOUR_SECONDS });
}

/** @throws ApiStatusError 400, 404, 409, 422 */
export function requestToken(
  core: SandboxCore,
  { definition, namespace, name }: ObjectTarget,
  request: JsonObject,
): JsonObject {
  const sent = textOf(request, 'name');
  if (sent !== '' && sent !== name) {
    const detail = 'must match the service account name if specified';
    throw invalid(KIND, name, [invalidCause('metadata.name', sent, detail)]);
  }
  const account = core.store.get(definition.id, namespace, name);
  if (account === undefined) throw notFound(resourceOf(definition), name);
  const uid = textOf(account, 'uid');
  const askedUid = textOf(request, 'uid');
  if (askedUid !== '' && askedUid !== uid) {
    const why = `the UID in the token request (${askedUid}) does not match the UID of the service account (${uid})`;
    throw conflict(KIND, name, why);
  }
  const spec = filledSpec(part(request, 'spec') ?? {});
  const problem = durationProblem(spec.expirationSeconds);
  if (problem !== undefined) {
    throw invalid(KIND, '', [invalidCause('spec.expirationSeconds', spec.expirationSeconds, problem)]);
  }
  assertBound(core, namespace, name, spec.boundObjectRef);
  const nowMs = core.clock.now();
  const metadata = { ...metaOf(request), name, namespace, uid, creationTimestamp: rfc3339(nowMs) };
  const expiresMs = nowMs + spec.expirationSeconds * 1_000;
  const token = tokenOf({ namespace, name, uid }, spec.audiences, nowMs, expiresMs);
  return { ...request, metadata, spec, status: { token, expirationTimestamp: rfc3339(expiresMs) } };
}

interface TokenSpec extends JsonObject {
  readonly audiences: readonly string[];
  readonly expirationSeconds: number;
  readonly boundObjectRef: JsonObject | null;
}

function filledSpec(sent: JsonObject): TokenSpec {
  const asked = items(sent, 'audiences').map(scalarText);
  return {
    audiences: asked.length === 0 ? [AUDIENCE] : asked,
    expirationSeconds: numberAt(sent, 'expirationSeconds') ?? HOUR_SECONDS,
    boundObjectRef: part(sent, 'boundObjectRef') ?? null,
  };
}

function durationProblem(seconds: number): string | undefined {
  if (seconds < LEAST_SECONDS) return 'may not specify a duration less than 10 minutes';
  return seconds > MOST_SECONDS ? 'may not specify a duration larger than 2^32 seconds' : undefined;
}

/** What the token is bound to has to be there, and be the very one. */
function assertBound(core: SandboxCore, namespace: string, account: string, reference: JsonObject | null): void {
  if (reference === null) return;
  const [kind, apiVersion] = [scalarText(reference['kind']), scalarText(reference['apiVersion'])];
  const [version = '', group = ''] = apiVersion.split('/').reverse();
  const id = group === '' && Object.hasOwn(BOUND, kind) ? BOUND[kind] : undefined;
  if (id === undefined) {
    throw badRequest(`cannot bind token to object of type ${group}/${version}, Kind=${kind}`);
  }
  const name = scalarText(reference['name']);
  const bound = core.store.get(id, kind === 'Node' ? '' : namespace, name);
  if (bound === undefined) throw notFound({ group: '', name: id.slice(1) }, name);
  if (kind === 'Pod' && textAt(part(bound, 'spec'), 'serviceAccountName') !== account) {
    const shown = JSON.stringify(account);
    throw badRequest(
      `cannot bind token for serviceaccount ${shown} to pod running with different serviceaccount name.`,
    );
  }
  const uid = scalarText(reference['uid']);
  if (uid === '' || uid === textOf(bound, 'uid')) return;
  const why = `the UID in the bound object reference (${uid}) does not match the UID in record. The object might have been deleted and then recreated`;
  throw conflict({ group: '', name: kind }, name, why);
}

interface Account {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
}

function tokenOf(account: Account, audiences: readonly string[], nowMs: number, expiresMs: number): string {
  const { namespace, name, uid } = account;
  const [now, expires] = [Math.floor(nowMs / 1_000), Math.floor(expiresMs / 1_000)];
  const claims = {
    aud: audiences,
    exp: expires,
    iat: now,
    iss: AUDIENCE,
    jti: randomUUID(),
    'kubernetes.io': { namespace, serviceaccount: { name, uid } },
    nbf: now,
    sub: `system:serviceaccount:${namespace}:${name}`,
  };
  const encoded = [{ alg: 'HS256', typ: 'JWT' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${encoded}.${createHmac('sha256', KEY).update(encoded).digest('base64url')}`;
}
