/** `namespace/name`, or just `name` for a cluster-scoped object. */
export type ObjectKey = string;

/** The key of an object; the namespace is left out for a cluster-scoped one. */
export function objectKey(namespace: string | undefined, name: string): ObjectKey {
  return namespace === undefined || namespace === '' ? name : `${namespace}/${name}`;
}

/** What objectKey put together. */
export function splitObjectKey(key: ObjectKey): { readonly namespace: string | undefined; readonly name: string } {
  const slash = key.indexOf('/');
  return slash < 0
    ? { namespace: undefined, name: key }
    : { namespace: key.slice(0, slash), name: key.slice(slash + 1) };
}
