// What a path and a method ask for, read as the real server's RequestInfo does: /api/v1/namespaces/{ns}/{resource}/{name}/{sub}.

export interface ResourceRequest {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  /** '' when there is none in the path. */
  readonly namespace: string;
  readonly name: string;
  readonly subresource: string;
  /** get, list, watch, create, update, patch, delete, deletecollection; '' for other methods. */
  readonly verb: string;
  /** More parts than name and subresource. */
  readonly rest: readonly string[];
}

const VERBS: Readonly<Record<string, string>> = {
  GET: 'get',
  HEAD: 'get',
  POST: 'create',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
};
/** Below a namespace these are parts of the namespace, not resources in it. */
const NAMESPACE_PARTS = new Set(['status', 'finalize']);

/** Undefined when the path is no resource's. Throws a URIError for a path that is not encoded rightly. */
export function resourceRequest(method: string, path: string, query: URLSearchParams): ResourceRequest | undefined {
  const parts = path
    .split('/')
    .filter((part) => part !== '')
    .map(decodeURIComponent);
  const isCore = parts[0] === 'api';
  if (!isCore && parts[0] !== 'apis') return undefined;
  const [group, version, ...behind] = isCore ? ['', ...parts.slice(1)] : parts.slice(1);
  if (group === undefined || version === undefined || behind.length === 0) return undefined;
  const isWatchPath = behind[0] === 'watch' && behind.length > 1;
  const { namespace, rest } = splitNamespace(isWatchPath ? behind.slice(1) : behind);
  const [resource = '', name = '', subresource = '', ...more] = rest;
  const verb = isWatchPath ? 'watch' : verbOf(method, name, query);
  return { group, version, resource, namespace, name, subresource, verb, rest: more };
}

function splitNamespace(parts: readonly string[]): { readonly namespace: string; readonly rest: readonly string[] } {
  const [first, namespace, third] = parts;
  if (first !== 'namespaces' || namespace === undefined) return { namespace: '', rest: parts };
  if (third !== undefined && !NAMESPACE_PARTS.has(third)) return { namespace, rest: parts.slice(2) };
  return { namespace: '', rest: parts };
}

function verbOf(method: string, name: string, query: URLSearchParams): string {
  const verb = VERBS[method] ?? '';
  if (name !== '') return verb;
  if (verb === 'delete') return 'deletecollection';
  if (verb !== 'get') return verb;
  return isTrue(query.get('watch')) ? 'watch' : 'list';
}

/** How the server reads a boolean of a query: anything but false and 0 counts. */
export function isTrue(value: string | null): boolean {
  return value !== null && value.toLowerCase() !== 'false' && value !== '0';
}
