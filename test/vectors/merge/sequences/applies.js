// Server-side apply that is accepted, or meets other owners.
'use strict';
const {
  create,
  edit,
  apply,
  force,
  v2,
  thing,
  configMap,
  container,
  deployment,
  containers,
  service,
  web,
  full,
} = require('../steps');

const sequences = {
  'apply: creates': [apply(full)],
  'apply: creates a ConfigMap with labels': [apply(configMap({ a: '1' }, { labels: { l: '1' } }))],
  'apply: creates a Deployment': [apply(web)],
  'apply: creates a Service': [
    apply(
      service([
        { port: 80, name: 'a', protocol: 'TCP' },
        { port: 81, name: 'b', protocol: 'UDP' },
      ]),
    ),
  ],
  'apply: twice is once': [apply(full), apply(full)],
  'apply: a Deployment twice is once': [apply(web), apply(web)],
  'apply: fields that are not named any more go': [
    apply(configMap({ a: '1', b: '2' }, { labels: { l: '1', m: '2' } })),
    apply(configMap({ a: '1' }, { labels: { m: '2' } })),
  ],
  'apply: the last entry of a map goes': [
    apply(thing({ title: 'a', labels: { a: '1' }, nested: { one: { a: '1' } } })),
    apply(thing({ title: 'a' })),
  ],
  'apply: everything goes': [
    apply(thing({ title: 'a', labels: { a: '1' }, tags: ['x'], users: [{ name: 'u' }] })),
    apply(thing()),
  ],
  'apply: items of lists go': [
    apply(full),
    apply(
      thing({
        tags: ['a'],
        numbers: [3],
        ports: [{ port: 80 }],
        users: [{ name: 'u', groups: ['h'] }],
        order: ['y'],
        level: 'info',
      }),
    ),
  ],
  'apply: an empty list and an empty map': [
    apply(thing({ tags: ['a'], labels: { a: '1' }, order: ['x'] })),
    apply(thing({ tags: [], labels: {}, order: [] })),
  ],
  'apply: null': [
    apply(thing({ title: 'a', note: 'n', labels: { a: '1' }, tags: ['x'] })),
    apply(thing({ title: 'a', note: null })),
  ],
  'apply: containers, ports and env of a Deployment go': [
    apply(web),
    apply(
      deployment(
        [
          container('web', {
            ports: [{ containerPort: 443, name: 'tls' }],
            env: [
              { name: 'C', value: '3' },
              { name: 'A', value: '9' },
            ],
          }),
        ],
        {},
        { volumes: [{ name: 'conf', configMap: { name: 'conf' } }] },
      ),
    ),
  ],
  'apply: a container is put in front': [
    apply(deployment([container('a'), container('b')])),
    apply(deployment([container('c'), container('b'), container('a')])),
  ],
  'apply: two appliers with containers of their own': [
    apply(deployment([container('a'), container('b')])),
    apply(deployment([container('x'), container('b')]), 'second'),
    apply(deployment([container('b'), container('a')])),
    apply(deployment([container('x')]), 'second'),
  ],
  'apply: ports of a Service': [
    apply(
      service([
        { port: 80, name: 'a', protocol: 'TCP' },
        { port: 81, name: 'b', protocol: 'TCP' },
      ]),
    ),
    apply(service([{ port: 81, name: 'c', protocol: 'TCP' }])),
  ],
  'apply: one conflict with an update': [
    create(deployment([container('web')], { replicas: 1 }), 'kubectl'),
    apply({ kind: 'Deployment', spec: { replicas: 2 } }),
  ],
  'apply: one conflict with another applier': [
    apply(configMap({ a: '1' }), 'first'),
    apply(configMap({ a: '2' }), 'second'),
  ],
  'apply: several conflicts with one manager': [
    create(
      thing({ title: 'a', replicas: 1, tags: ['x'], users: [{ name: 'u', role: 'r' }], labels: { 'a.b/c': '1' } }),
    ),
    apply(thing({ title: 'b', replicas: 2, tags: ['y'], users: [{ name: 'u', role: 's' }], labels: { 'a.b/c': '2' } })),
  ],
  'apply: conflicts in every kind of list and map': [
    create(full),
    apply(
      thing({
        ports: [
          { port: 80, name: 'x' },
          { port: 80, protocol: 'UDP', name: 'y' },
        ],
        order: ['z'],
        limits: { cpu: '9' },
        reference: { name: 'o', key: 'k' },
        nested: { one: { a: '2' } },
        free: { deep: { map: { x: 5 } }, scalar: 2 },
      }),
    ),
  ],
  'apply: conflicts with two managers': [
    create(configMap({ a: '1', b: '1' }), 'one'),
    edit((o) => ({ ...o, data: { a: '1', b: '2' } }), 'two'),
    apply(configMap({ a: '5', b: '5' })),
  ],
  'apply: a conflict in a container': [
    create(web),
    apply(
      containers([
        {
          name: 'web',
          image: 'web:9',
          env: [{ name: 'A', value: '9' }],
          ports: [{ containerPort: 80, protocol: 'TCP', name: 'h' }],
        },
      ]),
    ),
  ],
  'apply: forced, the others lose': [
    create(configMap({ a: '1', b: '1' }), 'one'),
    apply(configMap({ a: '5' }), 'applier', force),
    apply(configMap({ a: '6' })),
  ],
  'apply: forced, an owner without fields vanishes': [
    apply(configMap({ a: '1' }), 'one'),
    apply(configMap({ a: '2' }), 'two', force),
  ],
  'apply: equal values are owned by both': [
    apply(configMap({ a: '1', b: '2' }), 'one'),
    apply(configMap({ a: '1' }), 'two'),
    apply(configMap({ b: '2' }), 'one'),
    apply(configMap({ c: '1' }), 'two'),
  ],
  'apply: equal values of an updater': [
    create(configMap({ a: '1', b: '2' })),
    apply(configMap({ a: '1' })),
    apply(configMap({})),
  ],
  'apply: what an updater changed is not mine any more': [
    apply(configMap({ a: '1', b: '2' })),
    edit((o) => ({ ...o, data: { a: '9', b: '2' } })),
    apply(configMap({ b: '2' })),
    apply(configMap({ a: '1' })),
  ],
  'apply: what an updater removed': [
    apply(configMap({ a: '1', b: '2' })),
    edit((o) => ({ ...o, data: { b: '2' } })),
    apply(configMap({ a: '1', b: '2' })),
  ],
  'apply: the same name as updater and applier': [
    create(configMap({ a: '1' }), 'me'),
    apply(configMap({ a: '2' }), 'me'),
    apply(configMap({ a: '2' }), 'me', force),
    apply(configMap({ b: '2' }), 'me'),
  ],
  'apply: a default in a key': [
    apply(thing({ ports: [{ port: 80, name: 'a' }] })),
    apply(thing({ ports: [{ port: 80, protocol: 'TCP', name: 'b' }] })),
    apply(thing({ ports: [{ port: 80, protocol: 'UDP', name: 'b' }] }), 'second'),
  ],
  'apply: a default is owned by nobody': [
    apply(thing({ title: 'a' })),
    apply(thing({ title: 'a', level: 'debug' }), 'second'),
    apply(thing({ title: 'a' }), 'second'),
  ],
  'apply: another version of the same manager': [
    apply(thing({ title: 'a', tags: ['x'] })),
    apply(thing({ title: 'b' }), 'applier', v2),
    apply(thing({ tags: ['z'] })),
  ],
  'apply: versions of two managers': [
    apply(thing({ title: 'a', tags: ['x'] })),
    apply(thing({ title: 'b' }), 'second', v2),
    apply(thing({ tags: ['y'] }), 'second', v2),
    apply(thing({ title: 'a' })),
  ],
  'apply: merges into the order of a list': [
    apply(thing({ users: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] })),
    apply(thing({ users: [{ name: 'd' }, { name: 'c' }, { name: 'e' }, { name: 'a' }] }), 'second'),
    apply(thing({ tags: ['1', '2', '3'] })),
    apply(thing({ tags: ['3', '0', '1'] }), 'third'),
  ],
  'apply: granular and unknown maps of two managers': [
    apply(thing({ free: { a: { x: 1 }, list: [1, 2] }, half: { known: 'k', other: 1 }, labels: { a: '1' } })),
    apply(thing({ free: { a: { y: 2 } }, half: { more: 2 }, labels: { b: '1' } }), 'second'),
    apply(thing({ free: { list: [2] } })),
  ],
  'apply: resources of a container are a granular map': [
    apply(deployment([container('web', { resources: { limits: { cpu: '1', memory: '1Gi' } } })])),
    apply(containers([{ name: 'web', resources: { limits: { cpu: '2' }, requests: { cpu: '1' } } }]), 'second'),
    apply(containers([{ name: 'web', resources: { requests: { cpu: '1' } } }]), 'second'),
  ],
  'apply: labels and annotations': [
    create(configMap({ a: '1' }, { labels: { a: '1' } })),
    apply(configMap(undefined, { labels: { b: '2' }, annotations: { c: '3' } })),
    apply(configMap(undefined, { labels: { a: '2' } })),
    apply(configMap(undefined, {})),
  ],
  'apply: finalizers are a set, owners a list by uid': [
    create(configMap({ a: '1' }, { finalizers: ['example.com/a'] })),
    apply(
      configMap(undefined, {
        finalizers: ['example.com/b'],
        ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'o', uid: 'u1' }],
      }),
    ),
    apply(configMap(undefined, { finalizers: ['example.com/c'] })),
    apply(
      configMap(undefined, { ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'o', uid: 'u2' }] }),
      'second',
    ),
  ],
  'apply: items with odd characters': [
    apply(thing({ users: [{ name: 'a<b>&"\u2028\u00e9', role: 'r' }], tags: ['<', '"q"', '\u{1f600}', '\ufb01'] })),
    apply(thing({ users: [{ name: 'a<b>&"\u2028\u00e9', role: 's' }], tags: [] }), 'second'),
  ],
  'apply: prototype keys are names like others': [
    apply(
      thing({
        labels: { constructor: '1', toString: '2' },
        free: JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":1}}'),
      }),
    ),
    apply(thing({ labels: { toString: '2' } })),
  ],
  'apply: kubectl takes over what its client-side apply wrote': [
    create(
      configMap(
        { a: '1', b: '2' },
        {
          annotations: {
            'kubectl.kubernetes.io/last-applied-configuration':
              '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"NAME","namespace":"NAMESPACE","annotations":{}},"data":{"a":"1","b":"2"}}\n',
          },
        },
      ),
      'kubectl-client-side-apply',
    ),
    apply(configMap({ a: '9' }), 'kubectl'),
    edit((o) => ({ ...o, data: { ...o.data, b: '7' } })),
    apply(configMap({ a: '9', b: '8' }), 'kubectl'),
  ],
  'apply: another manager does not take over': [
    create(
      configMap(
        { a: '1' },
        {
          annotations: {
            'kubectl.kubernetes.io/last-applied-configuration':
              '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"NAME","namespace":"NAMESPACE"},"data":{"a":"1"}}\n',
          },
        },
      ),
      'kubectl-client-side-apply',
    ),
    apply(configMap({ a: '9' }), 'other'),
  ],
  'apply: no-op by another manager, then a change': [
    create(configMap({ a: '1' })),
    apply(configMap({ a: '1' }), 'second'),
    apply(configMap({ a: '1' }), 'second'),
    edit((o) => ({ ...o, data: { a: '2' } })),
  ],
};

module.exports = sequences;
