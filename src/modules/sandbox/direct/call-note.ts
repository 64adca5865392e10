// What a direct call would have been over HTTP: for errors and the request log.
import { type ResourceType } from '../../kube';

export interface CallNote {
  readonly verb: string;
  /** `deployments.apps default/web`. */
  readonly what: string;
  readonly method: string;
  readonly target: string;
}

const METHODS: Readonly<Record<string, string>> = {
  create: 'POST',
  update: 'PUT',
  patch: 'PATCH',
  apply: 'PATCH',
  delete: 'DELETE',
};

export function noteOf(
  verb: string,
  resource: ResourceType,
  namespace: string | undefined,
  name?: string,
  subresource?: string,
): CallNote {
  const { group, version, plural } = resource;
  const scope = resource.namespaced ? (namespace ?? '') : '';
  return {
    verb,
    get what(): string {
      const place = [scope, name].filter((part) => part !== undefined && part !== '').join('/');
      return `${group === '' ? plural : `${plural}.${group}`}${place === '' ? '' : ` ${place}`}`;
    },
    method: METHODS[verb] ?? 'GET',
    get target(): string {
      const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
      const parts = [scope === '' ? '' : `/namespaces/${scope}`, `/${plural}`];
      if (name !== undefined) parts.push(`/${encodeURIComponent(name)}`);
      if (subresource !== undefined) parts.push(`/${subresource}`);
      return `${root}${parts.join('')}${verb === 'watch' ? '?watch=true' : ''}`;
    },
  };
}
