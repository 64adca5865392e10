/** Group, version, kind. The core group is the empty text. */
export interface Gvk {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** `apps/v1`, or `v1` for the core group. */
export function apiVersionOf(gvk: { readonly group: string; readonly version: string }): string {
  return gvk.group === '' ? gvk.version : `${gvk.group}/${gvk.version}`;
}

/** `apps Deployment`: a kind in all of its versions, as a key of a map. */
export function groupKind({ group, kind }: Pick<Gvk, 'group' | 'kind'>): string {
  return `${group} ${kind}`;
}

/** `apps/v1` to group and version; the core group is ''. */
export function parseApiVersion(apiVersion: string): { readonly group: string; readonly version: string } {
  const slash = apiVersion.indexOf('/');
  return slash < 0
    ? { group: '', version: apiVersion }
    : { group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1) };
}

/** `<group>/<version>, Kind=<Kind>`: the form of metric labels and of the HTTP API. */
export function gvkString(gvk: Gvk): string {
  return `${gvk.group}/${gvk.version}, Kind=${gvk.kind}`;
}
