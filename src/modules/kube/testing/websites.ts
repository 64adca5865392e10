// Objects for specs: small custom resources with a version.
import { type KubeObject, type ResourceType } from '../kube-object';

export const WEBSITES: ResourceType = {
  group: 'demo.orkestra.io',
  version: 'v1',
  kind: 'Website',
  plural: 'websites',
  namespaced: true,
};

export const WEBSITES_PATH = '/apis/demo.orkestra.io/v1/websites';

export function website(name: string, resourceVersion: string | number, more: object = {}): KubeObject {
  return {
    apiVersion: 'demo.orkestra.io/v1',
    kind: 'Website',
    metadata: { name, namespace: 'default', uid: `uid-${name}`, resourceVersion: String(resourceVersion) },
    ...more,
  };
}

export function websiteList(resourceVersion: string | number, items: readonly object[], next?: string): object {
  return {
    apiVersion: 'demo.orkestra.io/v1',
    kind: 'WebsiteList',
    metadata: { resourceVersion: String(resourceVersion), ...(next === undefined ? {} : { continue: next }) },
    items,
  };
}
