// Strategic merge patch of built-in kinds.
'use strict';
const { create, strategic, apply, force, status, configMap, service, web, start, pod, checked } = require('../steps');

const sequences = {};
const env = (list, more = {}) => pod({ containers: [{ name: 'web', env: list, ...more }] });
const strategicPatches = {
  'a field and a map': [{ spec: { replicas: 4, template: { metadata: { labels: { extra: '1' } } } } }],
  'null takes a field and an entry': [
    { spec: { template: { metadata: { labels: { extra: null } } } } },
    { spec: { replicas: null } },
  ],
  'a container by its name': [pod({ containers: [{ name: 'web', image: 'web:2' }] })],
  'a container is added': [pod({ containers: [{ name: 'new', image: 'new:1' }] })],
  'several containers': [
    pod({
      containers: [
        { name: 'new', image: 'new:1' },
        { name: 'side', image: 'side:2' },
        { name: 'web', command: ['c'] },
      ],
    }),
  ],
  'env by name': [
    env([
      { name: 'B', value: '9' },
      { name: 'D', value: '4' },
    ]),
  ],
  'env item with $patch delete': [env([{ name: 'B', $patch: 'delete' }])],
  'env replaced': [env([{ $patch: 'replace' }, { name: 'Z', value: '1' }])],
  'env merged by directive': [env([{ name: 'A', value: '5', $patch: 'merge' }])],
  'env with an order': [
    env([{ name: 'C', value: '0' }], { '$setElementOrder/env': [{ name: 'C' }, { name: 'B' }, { name: 'A' }] }),
  ],
  'containers with an order': [
    pod({
      '$setElementOrder/containers': [{ name: 'side' }, { name: 'new' }, { name: 'web' }],
      containers: [{ name: 'new', image: 'n:1' }],
    }),
  ],
  'an order without a patch': [pod({ '$setElementOrder/containers': [{ name: 'side' }, { name: 'web' }] })],
  'an order that misses items': [
    pod({ '$setElementOrder/containers': [{ name: 'side' }] }),
    pod({ '$setElementOrder/containers': [{ name: 'side' }], containers: [{ name: 'web', image: 'w:3' }] }),
  ],
  'a container is deleted': [pod({ containers: [{ name: 'side', $patch: 'delete' }] })],
  'ports by number': [
    pod({ containers: [{ name: 'web', ports: [{ containerPort: 80, name: 'http' }, { containerPort: 90 }] }] }),
  ],
  'volume mounts by path': [
    pod({ containers: [{ name: 'web', volumeMounts: [{ mountPath: '/data', readOnly: true, name: 'data' }] }] }),
  ],
  'atomic lists are replaced': [
    pod({ containers: [{ name: 'web', args: ['z'] }], tolerations: [{ key: 'other', operator: 'Exists' }] }),
  ],
  resources: [
    pod({ containers: [{ name: 'web', resources: { limits: { cpu: null, memory: '1Gi' }, requests: null } }] }),
  ],
  'retainKeys of a strategy': [{ spec: { strategy: { $retainKeys: ['type'], type: 'Recreate' } } }],
  'a strategy without retainKeys': [{ spec: { strategy: { type: 'Recreate', rollingUpdate: null } } }],
  'retainKeys of a volume': [
    pod({ volumes: [{ name: 'data', $retainKeys: ['name', 'hostPath'], hostPath: { path: '/x', type: '' } }] }),
  ],
  'a map replaced': [{ spec: { template: { metadata: { labels: { $patch: 'replace', app: 'a', only: '1' } } } } }],
  'a map deleted': [pod({ containers: [{ name: 'web', resources: { $patch: 'delete' } }] })],
  'an empty patch': [{}],
  'a list becomes null': [pod({ volumes: null, containers: [{ name: 'web', volumeMounts: null }] })],
  'refused: no merge key': [pod({ containers: [{ image: 'x' }] })],
  'refused: an unknown directive': [
    pod({ containers: [{ name: 'web', $patch: 'nope' }] }),
    { spec: { $patch: 'nope' } },
    { spec: { strategy: { $patch: 5 } } },
  ],
  'refused: retainKeys that are not in it': [
    { spec: { strategy: { $retainKeys: ['type'], rollingUpdate: { maxSurge: 1 } } } },
  ],
  'refused: retainKeys of another type': [
    { spec: { strategy: { $retainKeys: 'type', type: 'Recreate' } } },
    { spec: { strategy: { $retainKeys: [5], type: 'Recreate' } } },
  ],
  'refused: an order of another type': [
    pod({ '$setElementOrder/containers': 'x' }),
    pod({ '$setElementOrder/containers': [5] }),
    pod({ '$setElementOrder/containers': [{ nope: 1 }] }),
  ],
  'refused: a list of another type': [
    pod({ containers: 'x' }),
    pod({ containers: ['x'] }),
    pod({ containers: { name: 'web' } }),
  ],
  'refused: deletes of a list of maps': [pod({ '$deleteFromPrimitiveList/containers': ['x'] })],
  'refused: no map': [[], 'x', 5, null],
  'refused: a map where a scalar stands': [{ spec: { replicas: { a: 1 } } }],
  'a delete of an item that is not there': [env([{ name: 'NOPE', $patch: 'delete' }])],
  'prototype keys': [JSON.parse('{"spec":{"template":{"metadata":{"annotations":{"constructor":"1"}}}}}')],
};
for (const [name, patches] of Object.entries(strategicPatches)) {
  sequences[`strategic patch: ${name}`] = [create(web), ...patches.map((patch) => strategic(patch))];
}
const marked = create(
  configMap(
    { a: '1' },
    {
      finalizers: ['example.com/a', 'example.com/b', 'example.com/c'],
      ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'o', uid: 'u1' }],
    },
  ),
);
sequences['strategic patch: primitive lists'] = [
  marked,
  strategic({ metadata: { finalizers: ['example.com/d', 'example.com/a'] } }),
  strategic({ metadata: { '$deleteFromPrimitiveList/finalizers': ['example.com/a', 'example.com/zz'] } }),
  strategic({
    metadata: {
      '$setElementOrder/finalizers': ['example.com/d', 'example.com/c', 'example.com/b'],
      finalizers: ['example.com/e'],
    },
  }),
  strategic({ metadata: { '$deleteFromPrimitiveList/finalizers': 'x' } }),
  strategic({ metadata: { finalizers: null } }),
];
sequences['strategic patch: owners by uid'] = [
  marked,
  strategic({
    metadata: {
      ownerReferences: [
        { uid: 'u1', controller: true },
        { apiVersion: 'v1', kind: 'ConfigMap', name: 'p', uid: 'u2' },
      ],
    },
  }),
  strategic({ metadata: { ownerReferences: [{ $patch: 'delete', uid: 'u1' }] } }),
  strategic({ metadata: { $patch: 'merge', labels: { x: 'y' } } }),
];
sequences['strategic patch: data of a ConfigMap'] = [
  create(configMap({ a: '1', b: '2' })),
  strategic({ data: { a: null, c: '3' } }),
  strategic({ data: { $patch: 'replace', z: '1' } }),
  strategic({ data: { $patch: 'delete' } }),
  strategic({ data: { n: '1' } }),
];
sequences['strategic patch: ports of a Service'] = [
  create(
    service([
      { port: 80, name: 'a' },
      { port: 81, name: 'b' },
    ]),
  ),
  strategic({
    spec: {
      ports: [
        { port: 80, targetPort: 8080 },
        { port: 82, name: 'c' },
      ],
    },
  }),
  strategic({ spec: { ports: [{ port: 81, $patch: 'delete' }] } }),
  strategic({ spec: { '$setElementOrder/ports': [{ port: 82 }, { port: 80 }], ports: [{ port: 82, name: 'cc' }] } }),
];
sequences['strategic patch: values that do not fit the type'] = [
  create(web),
  ...[
    { spec: { replicas: 'x' } },
    { spec: { replicas: 1.5 } },
    { spec: { paused: 'x' } },
    { spec: 'x' },
    { spec: { template: { metadata: { labels: 'x' } } } },
    { spec: { template: { metadata: { labels: { a: 1 } } } } },
    { spec: { template: { metadata: { labels: { a: true } } } } },
    { spec: { template: { metadata: { labels: { a: {} } } } } },
    pod({ containers: [{ name: 'web', image: 5 }] }),
    pod({ containers: [{ name: 'web', image: 5.5 }] }),
    pod({ containers: [{ name: 'web', args: 'x' }] }),
    pod({ containers: [{ name: 'web', args: [1] }] }),
    pod({ containers: [{ name: 'web', ports: [{ containerPort: 80, protocol: 5 }] }] }),
    pod({ dnsPolicy: 7 }),
    pod({ hostNetwork: [] }),
  ].map((patch) => strategic(patch)),
];
sequences['apply: data of a ControllerRevision is atomic'] = [
  apply({ kind: 'ControllerRevision', revision: 1, data: { a: { b: 1 } } }),
  apply({ kind: 'ControllerRevision', revision: 2, data: { a: { b: 1 } } }, 'second'),
  apply({ kind: 'ControllerRevision', revision: 2, data: { a: { b: 1 } } }, 'second', force),
];
sequences['strategic patch: not for custom resources'] = [start, strategic({ spec: { title: 'x' } })];
sequences['strategic patch: status of a Deployment'] = [
  create(web),
  strategic(
    {
      status: {
        conditions: [
          {
            type: 'Available',
            status: 'True',
            reason: 'r',
            message: 'm',
            lastUpdateTime: '2026-01-01T00:00:00Z',
            lastTransitionTime: '2026-01-01T00:00:00Z',
          },
        ],
      },
    },
    'controller',
    status,
  ),
  strategic(
    {
      status: {
        conditions: [
          {
            type: 'Progressing',
            status: 'True',
            lastUpdateTime: '2026-01-01T00:00:00Z',
            lastTransitionTime: '2026-01-01T00:00:00Z',
          },
          { type: 'Available', status: 'False' },
        ],
      },
    },
    'controller',
    status,
  ),
];

sequences['strategic patch: no map, checked'] = [
  create(web),
  ...[[], 'x', 5, null, true].map((body) => strategic(body, 'patcher', checked)),
];
// Scale: entries of the main resource stand for those of its replicas.

module.exports = sequences;
