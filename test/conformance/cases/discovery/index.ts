// Topic 1: what the server says of itself.
import { type CaseTable, topic } from '../../harness/conformance-case';
import { pod } from '../objects';

/** Groups that the sandbox serves: what the product and its users work with. */
const GROUPS = [
  'apps/v1',
  'batch/v1',
  'autoscaling/v1',
  'autoscaling/v2',
  'policy/v1',
  'networking.k8s.io/v1',
  'rbac.authorization.k8s.io/v1',
  'coordination.k8s.io/v1',
  'discovery.k8s.io/v1',
  'events.k8s.io/v1',
  'apiextensions.k8s.io/v1',
  'admissionregistration.k8s.io/v1',
  'scheduling.k8s.io/v1',
  'storage.k8s.io/v1',
];
const NAMES = [...new Set(GROUPS.map((each) => each.split('/')[0]))];
const V2 = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';
const KINDS = ['Deployment', 'StatefulSet', 'ReplicaSet', 'DaemonSet'];

const own = (groups: readonly any[], name: (group: any) => string): readonly any[] =>
  groups.filter((group) => NAMES.includes(name(group)));
const sortedResources = (body: any): unknown => ({
  ...body,
  resources: body.resources?.map(({ storageVersionHash: _hash, ...rest }: any) => rest),
});

/** Kinds whose published schema is looked at, with their document. */
const SCHEMAS: readonly (readonly [string, string])[] = [
  ['api/v1', 'io.k8s.api.core.v1.ConfigMap'],
  ['api/v1', 'io.k8s.api.core.v1.ServicePort'],
  ['api/v1', 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta'],
  ['apis/apps/v1', 'io.k8s.api.apps.v1.DeploymentSpec'],
  ['apis/batch/v1', 'io.k8s.api.batch.v1.CronJobSpec'],
  ['apis/networking.k8s.io/v1', 'io.k8s.api.networking.v1.IngressRule'],
  ['apis/autoscaling/v2', 'io.k8s.api.autoscaling.v2.MetricSpec'],
];

export const DISCOVERY = topic('discovery', [
  Object.fromEntries(
    GROUPS.map((version): [string, CaseTable[string]] => [
      `resources of ${version}`,
      (k) => k.get(`/apis/${version}`, { only: sortedResources }),
    ]),
  ),
  Object.fromEntries(
    SCHEMAS.map(([path, name]): [string, CaseTable[string]] => [
      `OpenAPI v3 of ${name}`,
      (k) => k.get(`/openapi/v3/${path}`, { only: (body) => body.components?.schemas[name] }),
    ]),
  ),
  Object.fromEntries(
    [
      '/version',
      '/healthz',
      '/livez',
      '/readyz',
      '/healthz/ping',
      '/livez/ping',
      '/readyz/ping',
      '/apis/',
      '/api/',
    ].map((path): [string, CaseTable[string]] => [
      `get ${path}`,
      (k) =>
        k.get(path, {
          only: (body) => (typeof body === 'string' ? body : { kind: body.kind, major: body.major, minor: body.minor }),
        }),
    ]),
  ),
  {
    'the core group': async (k) => {
      await k.get('/api', { only: ({ serverAddressByClientCIDRs: _addresses, ...rest }) => rest });
      await k.get('/api/v1', { only: sortedResources });
    },

    'the list of groups': (k) =>
      k.get('/apis', { only: ({ groups, ...rest }) => ({ ...rest, groups: own(groups, ({ name }) => name) }) }),

    'one group': async (k) => {
      await k.get('/apis/apps');
      await k.get('/apis/autoscaling', { only: ({ versions, preferredVersion }) => ({ versions, preferredVersion }) });
      await k.get('/apis/none.example.com');
    },

    'aggregated discovery of the core': (k) =>
      k.get('/api', { headers: { accept: V2 }, only: ({ items, kind, apiVersion }) => ({ kind, apiVersion, items }) }),

    'aggregated discovery of the groups': (k) =>
      k.get('/apis', {
        headers: { accept: V2 },
        only: ({ items, kind, apiVersion }) => ({
          kind,
          apiVersion,
          names: own(items, ({ metadata }) => metadata.name).map(({ metadata }: any) => metadata.name),
          apps: items.find(({ metadata }: any) => metadata.name === 'apps'),
        }),
      }),

    'aggregated discovery falls back to the old form': async (k) => {
      await k.get('/api', { headers: { accept: `${V2},application/json` }, only: ({ kind }) => kind });
      await k.get('/api', { headers: { accept: 'application/json' }, only: ({ kind }) => kind });
    },

    'the index of OpenAPI v3': (k) =>
      k.get('/openapi/v3', {
        only: ({ paths }) =>
          ['api/v1', ...GROUPS.map((group) => `apis/${group}`)].map((path) => typeof paths[path]?.serverRelativeURL),
      }),

    'OpenAPI v3 of a group: its paths': (k) =>
      k.get('/openapi/v3/apis/apps/v1', {
        only: ({ paths, openapi }) => ({ openapi, paths: Object.keys(paths).sort() }),
      }),

    'OpenAPI v3 of a group: its kinds': (k) =>
      k.get('/openapi/v3/apis/apps/v1', {
        only: ({ components }) => KINDS.map((kind) => components.schemas[`io.k8s.api.apps.v1.${kind}`]),
      }),

    'OpenAPI v3 of what is not there': (k) => k.get('/openapi/v3/apis/none.example.com/v1'),

    'OpenAPI v2': (k) =>
      k.get('/openapi/v2', {
        only: ({ swagger, definitions }) => ({ swagger, configMap: definitions['io.k8s.api.core.v1.ConfigMap'] }),
      }),

    'paths of the root': (k) =>
      k.get('/', {
        only: ({ paths }) =>
          ['/api', '/apis', '/healthz', '/openapi/v3', '/version'].filter((path) => paths.includes(path)),
      }),

    'who am I': (k) =>
      k.post(
        '/apis/authentication.k8s.io/v1/selfsubjectreviews',
        {
          apiVersion: 'authentication.k8s.io/v1',
          kind: 'SelfSubjectReview',
        },
        { only: ({ kind, status }) => ({ kind, has: Object.keys(status?.userInfo ?? {}).includes('username') }) },
      ),

    'may I': (k) =>
      k.post(
        '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
        {
          apiVersion: 'authorization.k8s.io/v1',
          kind: 'SelfSubjectAccessReview',
          spec: { resourceAttributes: { verb: 'create', resource: 'pods', namespace: k.ns } },
        },
        { only: ({ kind, status }) => ({ kind, allowed: status?.allowed }) },
      ),

    'resources are known by name only in their group': async (k) => {
      await k.post('/apis/apps/v1/namespaces/default/pods', pod('a'));
      await k.get('/api/v1/namespaces/default/deployments');
    },
  },
]);
