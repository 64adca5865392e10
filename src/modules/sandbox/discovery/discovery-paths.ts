// Serves /api, /apis and what is below them as far as no resource is meant, /version, the health paths and /.
import { createHash } from 'node:crypto';
import { type JsonObject } from '../../common';
import { RECORDED_PATHS, RECORDED_VERSION } from '../kinds';
import { type ResourceRegistry } from '../registry';
import { type ApiRequest, bodyAnswer, type BodyAnswer, headerOf, negotiate, type PathHandler } from '../request';
import { methodNotAllowed, unknownResource } from '../status';
import { discoveredGroups, type DiscoveredGroup, type DiscoveredResource } from './discovered-groups';
import { aggregated, apiGroup, resourceList } from './documents';

const HEALTH = /^\/(healthz|livez|readyz)(\/.*)?$/;
const AGGREGATED = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';
const READS = new Set(['GET', 'HEAD']);

/** `address`: host and port that clients without a route of their own are told. */
export function discoveryPaths(registry: ResourceRegistry, address = '127.0.0.1'): PathHandler {
  const groups = remembered(registry);
  return (request, path, query) => {
    const health = HEALTH.exec(path);
    if (health !== null) return healthAnswer(health[1] ?? '', path, query);
    const trimmed = path.length > 1 ? path.replace(/\/$/, '') : path;
    if (trimmed === '/api' || trimmed === '/apis') {
      const list = groups().filter(({ group }) => (group === '') === (trimmed === '/api'));
      if (wantsAggregated(headerOf(request, 'accept'))) return aggregatedAnswer(request, list);
      const legacy = trimmed === '/api' ? coreVersions(address) : groupList(list);
      return json(request, query, legacy);
    }
    const document = documentAt(trimmed, groups());
    if (document === undefined) return undefined;
    if (!READS.has(request.method)) throw methodNotAllowed();
    return json(request, query, document);
  };
}

function remembered(registry: ResourceRegistry): () => readonly DiscoveredGroup[] {
  let generation = -1;
  let groups: readonly DiscoveredGroup[] = [];
  return () => {
    if (generation !== registry.generation) {
      groups = discoveredGroups(registry);
      ({ generation } = registry);
    }
    return groups;
  };
}

function documentAt(path: string, groups: readonly DiscoveredGroup[]): JsonObject | undefined {
  if (path === '/version') return RECORDED_VERSION;
  if (path === '/') return { paths: rootPaths(groups) };
  const [, root, ...rest] = path.split('/');
  if (root !== 'api' && root !== 'apis') return undefined;
  const [name, version, extra] = root === 'api' ? ['', ...rest] : rest;
  const group = groups.find((candidate) => candidate.group === name);
  if (group === undefined || extra !== undefined) return undefined;
  if (version === undefined) return { kind: 'APIGroup', apiVersion: 'v1', ...apiGroup(group) };
  const served = group.versions.find((candidate) => candidate.version === version);
  if (served !== undefined) return resourceList(group.group, version, served.resources);
  // The router of a built-in group answers for its whole path.
  if (
    group.versions.some(({ resources }) => resources.some((resource: DiscoveredResource) => resource.isCustom !== true))
  ) {
    throw unknownResource();
  }
  return undefined;
}

function rootPaths(groups: readonly DiscoveredGroup[]): readonly string[] {
  const paths = groups.flatMap(({ group, versions }) => {
    const root = group === '' ? '/api' : `/apis/${group}`;
    return [root, ...versions.map(({ version }) => `${root}/${version}`)];
  });
  return ['/apis', '/apis/', ...paths, ...RECORDED_PATHS].sort();
}

function coreVersions(address: string): JsonObject {
  const serverAddressByClientCIDRs = [{ clientCIDR: '0.0.0.0/0', serverAddress: address }];
  return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs };
}

function groupList(groups: readonly DiscoveredGroup[]): JsonObject {
  return { kind: 'APIGroupList', apiVersion: 'v1', groups: groups.map(apiGroup) };
}

function json(request: ApiRequest, query: URLSearchParams, document: JsonObject): BodyAnswer {
  const accepted = negotiate(headerOf(request, 'accept'), { isWatch: false, isBuiltIn: false });
  return bodyAnswer(200, document, accepted, request, query);
}

/** The first form that a client names and that is there decides. */
function wantsAggregated(accept: string): boolean {
  for (const clause of accept.split(',')) {
    const parts = clause.split(';').map((part) => part.trim());
    if (!['application/json', '*/*'].includes(parts[0] ?? '')) continue;
    if (!parts.some((part) => part.startsWith('as='))) return false;
    if (parts.includes('as=APIGroupDiscoveryList') && parts.includes('v=v2')) return true;
  }
  return false;
}

function aggregatedAnswer(request: ApiRequest, groups: readonly DiscoveredGroup[]): BodyAnswer {
  const body = JSON.stringify(aggregated(groups));
  const etag = `"${createHash('sha512').update(body).digest('hex').toUpperCase()}"`;
  const headers = { etag, vary: 'Accept', 'cache-control': 'public' };
  const isKnown = headerOf(request, 'if-none-match') === etag;
  return { code: isKnown ? 304 : 200, contentType: AGGREGATED, body: isKnown ? '' : body, headers };
}

function healthAnswer(kind: string, path: string, query: URLSearchParams): BodyAnswer | undefined {
  const text = (body: string): BodyAnswer => ({ code: 200, contentType: 'text/plain; charset=utf-8', body });
  const prefix = `/${kind}/`;
  const checks = RECORDED_PATHS.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
  if (path !== `/${kind}` && path !== prefix) {
    return checks.includes(path.slice(prefix.length)) ? text('ok') : undefined;
  }
  if (query.get('verbose') === null) return text('ok');
  return text(`${checks.map((name) => `[+]${name} ok\n`).join('')}${kind} check passed\n`);
}
