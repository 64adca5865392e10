// Addresses of the API server. A name that is empty or a dot would be the address of something else (of all objects,
// for instance), so that none is ever made.
import { OrkestraError } from '../../common';
import { type ListQuery, type WatchQuery } from '../kube-api';
import { type ObjectRef, type ResourceType } from '../kube-object';

/** `/apis/apps/v1/namespaces/default/deployments/web/status` */
export function resourcePath(
  resource: ResourceType,
  namespace: string | undefined,
  name?: string,
  subresource?: string,
): string {
  const root = resource.group === '' ? `/api/${resource.version}` : `/apis/${resource.group}/${resource.version}`;
  const scope =
    resource.namespaced && namespace !== undefined && namespace !== ''
      ? `/namespaces/${encodeURIComponent(namespace)}`
      : '';
  if (name !== undefined) assertAddress(resource, namespace, name);
  const object = name === undefined ? '' : `/${encodeURIComponent(name)}`;
  return `${root}${scope}/${resource.plural}${object}${subresource === undefined ? '' : `/${subresource}`}`;
}

function assertAddress(resource: ResourceType, namespace: string | undefined, name: string): void {
  const what = describeRef(resource, namespace, name);
  if (['', '.', '..'].includes(name)) {
    throw new OrkestraError({ code: 'NAME_INVALID', kind: 'UserError', message: `${what}: "${name}" is not a name` });
  }
  if (resource.namespaced && (namespace === undefined || namespace === '')) {
    throw new OrkestraError({ code: 'NAMESPACE_MISSING', kind: 'Bug', message: `${what}: the namespace is missing` });
  }
}

export function refPath(ref: ObjectRef, subresource?: string): string {
  return resourcePath(ref.resource, ref.namespace, ref.name, subresource);
}

/** `deployments.apps default/web`: for messages. */
export function describeRef(resource: ResourceType, namespace: string | undefined, name?: string): string {
  const type = resource.group === '' ? resource.plural : `${resource.plural}.${resource.group}`;
  const place = [namespace, name].filter((part) => part !== undefined && part !== '').join('/');
  return place === '' ? type : `${type} ${place}`;
}

export function queryText(parameters: Readonly<Record<string, string | number | boolean | undefined>>): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== '' && value !== false) query.set(key, String(value));
  }
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

export function listPath(query: ListQuery): string {
  const { labelSelector, fieldSelector, limit, resourceVersion, resourceVersionMatch } = query;
  const parameters = {
    labelSelector,
    fieldSelector,
    limit,
    continue: query.continue,
    resourceVersion,
    resourceVersionMatch,
  };
  return resourcePath(query.resource, query.namespace) + queryText(parameters);
}

export function watchPath(query: WatchQuery): string {
  const {
    labelSelector,
    fieldSelector,
    resourceVersion,
    resourceVersionMatch,
    allowBookmarks,
    sendInitialEvents,
    timeoutSeconds,
  } = query;
  const parameters = {
    watch: true,
    labelSelector,
    fieldSelector,
    resourceVersion,
    resourceVersionMatch,
    allowWatchBookmarks: allowBookmarks,
    sendInitialEvents,
    timeoutSeconds,
  };
  return resourcePath(query.resource, query.namespace) + queryText(parameters);
}
