// The writes of a sequence, and the configurations that they carry (the recorder adds name and namespace).
'use strict';

const create = (body, manager = 'creator', more = {}) => ({ verb: 'create', manager, body, ...more });
/** PUT of what `change` makes of the stored object. */
const edit = (change, manager = 'editor', more = {}) => ({ verb: 'update', manager, change, ...more });
const json = (body, manager = 'patcher', more = {}) => ({ verb: 'json', manager, body, ...more });
const merge = (body, manager = 'patcher', more = {}) => ({ verb: 'merge', manager, body, ...more });
const strategic = (body, manager = 'patcher', more = {}) => ({ verb: 'strategic', manager, body, ...more });
const apply = (body, manager = 'applier', more = {}) => ({ verb: 'apply', manager, body, ...more });
const force = { force: true };
const status = { subresource: 'status' };
const v2 = { apiVersion: 'merge.example.com/v2' };

// ---- configurations, without metadata.name ------------------------------------------------------------------------
const thing = (spec, more = {}) => ({ kind: 'Thing', ...(spec === undefined ? {} : { spec }), ...more });
const configMap = (data, metadata = {}, more = {}) => ({
  kind: 'ConfigMap',
  metadata,
  ...(data === undefined ? {} : { data }),
  ...more,
});
const container = (name, more = {}) => ({ name, image: `${name}:1`, ...more });
const deployment = (containers, spec = {}, pod = {}, metadata = {}) => ({
  kind: 'Deployment',
  metadata,
  spec: {
    selector: { matchLabels: { app: 'a' } },
    ...spec,
    template: { metadata: { labels: { app: 'a' } }, spec: { containers, ...pod } },
  },
});
const containers = (list, more = {}) => ({
  kind: 'Deployment',
  spec: { template: { spec: { containers: list, ...more } } },
});
const service = (ports, spec = {}, metadata = {}) => ({
  kind: 'Service',
  metadata,
  spec: { selector: { app: 'a' }, ports, ...spec },
});

const web = deployment(
  [
    container('web', {
      ports: [{ containerPort: 80 }, { containerPort: 443, name: 'tls' }],
      env: [
        { name: 'A', value: '1' },
        { name: 'B', value: '2' },
        { name: 'C', value: '3' },
      ],
      args: ['x', 'y'],
      volumeMounts: [
        { name: 'data', mountPath: '/data' },
        { name: 'data', mountPath: '/more', subPath: 'more' },
      ],
      resources: { limits: { cpu: '1', memory: '64Mi' }, requests: { cpu: '500m' } },
    }),
    container('side'),
  ],
  { replicas: 2 },
  {
    volumes: [
      { name: 'data', emptyDir: {} },
      { name: 'conf', configMap: { name: 'conf' } },
    ],
    tolerations: [{ key: 'k', operator: 'Exists' }],
  },
);

const full = thing({
  replicas: 1,
  title: 't',
  ratio: 0.5,
  enabled: true,
  port: 'http',
  tags: ['b', 'a'],
  numbers: [2, 1],
  order: ['x', 'y'],
  steps: [{ name: 's', run: 'r' }],
  ports: [{ port: 80 }, { port: 80, protocol: 'UDP', name: 'dns' }],
  users: [{ name: 'u', role: 'r', groups: ['g'] }, { name: 'v' }],
  labels: { a: '1', 'b.c/d': '2' },
  limits: { cpu: '1' },
  reference: { name: 'n', key: 'k' },
  nested: { one: { a: '1' }, two: {} },
  free: { deep: { list: [{ a: 1 }], map: { x: 1 } }, scalar: 1 },
  half: { known: 'k', unknown: { y: true } },
});

const start = create(
  thing({
    title: 'a',
    replicas: 1,
    tags: ['x', 'y'],
    labels: { 'a/b': '1', 'c~d': '2' },
    order: ['1', '2', '3'],
    free: { list: [1, [2]], map: { k: null }, 0: 'zero' },
  }),
);
const pod = (spec) => ({ spec: { template: { spec } } });
// As the server takes bodies that ask for no fieldValidation.
const checked = { isChecked: true };

module.exports = {
  create,
  edit,
  json,
  merge,
  strategic,
  apply,
  force,
  status,
  v2,
  thing,
  configMap,
  container,
  deployment,
  containers,
  service,
  web,
  full,
  start,
  pod,
  checked,
};
