import { type ResourceType } from '../kube-object';
import { describeRef, listPath, queryText, refPath, resourcePath, watchPath } from './resource-path';

const DEPLOYMENTS: ResourceType = {
  group: 'apps',
  version: 'v1',
  kind: 'Deployment',
  plural: 'deployments',
  namespaced: true,
};
const PODS: ResourceType = { group: '', version: 'v1', kind: 'Pod', plural: 'pods', namespaced: true };
const NODES: ResourceType = { group: '', version: 'v1', kind: 'Node', plural: 'nodes', namespaced: false };

describe('paths', () => {
  it.each([
    [resourcePath(DEPLOYMENTS, 'default', 'web'), '/apis/apps/v1/namespaces/default/deployments/web'],
    [resourcePath(DEPLOYMENTS, 'default', 'web', 'status'), '/apis/apps/v1/namespaces/default/deployments/web/status'],
    [resourcePath(DEPLOYMENTS, undefined), '/apis/apps/v1/deployments'],
    [resourcePath(PODS, 'kube-system'), '/api/v1/namespaces/kube-system/pods'],
    [refPath({ resource: NODES, name: 'a' }), '/api/v1/nodes/a'],
    [refPath({ resource: NODES, namespace: 'ignored', name: 'a' }), '/api/v1/nodes/a'],
  ])('%s', (path, expected) => expect(path).toBe(expected));

  it('escape what would change the address', () => {
    expect(refPath({ resource: PODS, namespace: 'a/b', name: 'x?y=z#1' })).toBe(
      '/api/v1/namespaces/a%2Fb/pods/x%3Fy%3Dz%231',
    );
  });

  it.each(['', '.', '..'])('are never made for the name "%s": it would be the address of something else', (name) => {
    expect(() => refPath({ resource: PODS, namespace: 'default', name })).toThrow('is not a name');
  });

  it.each([undefined, ''])('are never made for one namespaced object without its namespace (%s)', (namespace) => {
    const ref = { resource: PODS, name: 'a', ...(namespace === undefined ? {} : { namespace }) };
    expect(() => refPath(ref)).toThrow('pods a: the namespace is missing');
  });

  it('of lists and watches carry their queries', () => {
    const scope = { resource: PODS, labelSelector: 'app in (a, b)', fieldSelector: 'spec.nodeName=n' };
    expect(listPath({ ...scope, limit: 500, continue: 'c+=' })).toBe(
      '/api/v1/pods?labelSelector=app+in+%28a%2C+b%29&fieldSelector=spec.nodeName%3Dn&limit=500&continue=c%2B%3D',
    );
    expect(watchPath({ resource: PODS, resourceVersion: '7', allowBookmarks: true, timeoutSeconds: 300 })).toBe(
      '/api/v1/pods?watch=true&resourceVersion=7&allowWatchBookmarks=true&timeoutSeconds=300',
    );
  });

  it('have no empty query', () => {
    expect(queryText({ a: undefined, b: '', c: false })).toBe('');
  });
});

it.each([
  [describeRef(DEPLOYMENTS, 'default', 'web'), 'deployments.apps default/web'],
  [describeRef(NODES, undefined, 'a'), 'nodes a'],
  [describeRef(PODS, undefined), 'pods'],
])('an object is told as "%s"', (text, expected) => expect(text).toBe(expected));
