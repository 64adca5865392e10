// Who asks: the bearer of the one token, or nobody. Nobody may read health and version, as on a real server.
import { timingSafeEqual } from 'node:crypto';
import { sha256Hex } from '../../common';
import { type ApiRequest, headerOf, resourceRequest, split } from '../request';
import { type ApiStatusError, failure, forbidden } from '../status';

/** Name of the only user. */
export const ADMINISTRATOR = 'admin';
const ANONYMOUS = 'system:anonymous';
const OPEN_PATHS = /^\/(healthz|livez|readyz)(\/|$)|^\/version\/?$/;

/** The name of the user, or why there is none: 401 for a wrong token, 403 for none. */
export function authenticate(request: ApiRequest, token: string): string | ApiStatusError {
  const header = headerOf(request, 'authorization');
  if (header === '') return anonymous(request);
  const sent = /^bearer\s+(.+)$/i.exec(header)?.[1];
  // Hashes have one length, which a comparison in constant time needs.
  const isRight = sent !== undefined && timingSafeEqual(Buffer.from(sha256Hex(sent)), Buffer.from(sha256Hex(token)));
  if (isRight) return ADMINISTRATOR;
  return failure({ code: 401, reason: 'Unauthorized', message: 'Unauthorized' });
}

function anonymous(request: ApiRequest): string | ApiStatusError {
  const { path, query } = split(request.target);
  if (OPEN_PATHS.test(path)) return ANONYMOUS;
  const info = resourceRequest(request.method, path, query);
  if (info === undefined) {
    const why = `User "${ANONYMOUS}" cannot ${request.method.toLowerCase()} path ${JSON.stringify(path)}`;
    return failure({ code: 403, reason: 'Forbidden', message: `forbidden: ${why}`, details: {} });
  }
  const { verb, resource, subresource, group, namespace, name } = info;
  const what = subresource === '' ? resource : `${resource}/${subresource}`;
  const where = namespace === '' ? 'at the cluster scope' : `in the namespace ${JSON.stringify(namespace)}`;
  const why = `User "${ANONYMOUS}" cannot ${verb} resource ${JSON.stringify(what)} in API group ${JSON.stringify(group)} ${where}`;
  return forbidden({ group, name: resource }, name, why);
}
