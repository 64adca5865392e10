// Server-side apply of what does not fit the schema.
'use strict';
const { create, apply, thing, configMap, container, deployment, service } = require('../steps');

const sequences = {
  'refused apply: managedFields': [
    apply(configMap({ a: '1' }, { managedFields: [{ manager: 'x' }] })),
    apply(configMap({ a: '1' }, { managedFields: [] })),
    apply(configMap({ a: '1' }, { managedFields: null })),
  ],
  'refused apply: another kind': [
    create(configMap({ a: '1' })),
    apply({ kind: 'Secret', data: {} }),
    apply({ kind: '', data: {} }),
    apply({ apiVersion: 'v9', kind: 'ConfigMap', data: {} }),
  ],
  'refused apply: duplicates in keyed lists and sets': [
    apply(thing({ users: [{ name: 'a' }, { name: 'a' }] })),
    apply(thing({ tags: ['a', 'a'], numbers: [1, 1] })),
    apply(thing({ ports: [{ port: 1 }, { port: 1, protocol: 'TCP' }] })),
    apply(thing({ users: [{ name: 'b', groups: ['x', 'x'] }] })),
  ],
  'refused apply: duplicate containers': [
    apply(deployment([container('a'), container('a')])),
    apply(
      deployment([
        container('a', { env: [{ name: 'E' }, { name: 'E' }], ports: [{ containerPort: 1 }, { containerPort: 1 }] }),
      ]),
    ),
  ],
  'refused apply: items without keys': [
    apply(thing({ users: [{ role: 'x' }] })),
    apply(thing({ ports: [{ name: 'x', protocol: 'TCP' }] })),
    apply(thing({ users: [null] })),
    apply(thing({ users: ['x'] })),
    apply(thing({ tags: [null] })),
    apply(thing({ tags: [{ a: 1 }] })),
    apply(thing({ tags: [['a']] })),
  ],
  'refused apply: values of another type': [
    apply(thing({ title: 5 })),
    apply(thing({ replicas: 'x' })),
    apply(thing({ enabled: 'yes' })),
    apply(thing({ labels: 'x' })),
    apply(thing({ labels: ['x'] })),
    apply(thing({ tags: 'x' })),
    apply(thing({ tags: { a: 1 } })),
    apply(thing({ title: { a: 'b', c: [1, true, null, 'x'] } })),
    apply(thing({ replicas: [1] })),
    apply(thing({ enabled: { a: 1 } })),
    apply(thing('x')),
  ],
  'refused apply: several problems': [apply(thing({ title: 5, replicas: 'x' }))],
  'refused apply: fields that the schema does not have': [
    apply(thing({ nope: 1 })),
    apply(thing({ title: 'a' }, { nope: 1 })),
    apply(thing({ users: [{ name: 'u', nope: 1 }], reference: { nope: 1 } })),
  ],
  'refused apply: fields that a ConfigMap does not have': [
    apply(configMap({ a: '1' }, {}, { nope: { a: 1 } })),
    apply(configMap({ a: '1' }, { nope: 1 })),
  ],
  'refused apply: fields that a Deployment does not have': [
    apply(deployment([container('a', { nope: 1 })])),
    apply(deployment([container('a')], { nope: 1 })),
  ],
  'refused apply: values of another type in a ConfigMap': [
    apply(configMap({ a: 1 })),
    apply(configMap('x')),
    apply(configMap({ a: '1' }, { labels: { a: 1 } })),
    apply(configMap({ a: '1' }, 'x')),
  ].slice(0, 3),
  'refused apply: values of another type in a Deployment': [
    apply(deployment([container('a')], { replicas: 'x' })),
    apply(deployment('x')),
    apply(deployment([container('a', { ports: [{ containerPort: '80' }] })])),
    apply(deployment([container('a', { env: [{ value: 'x' }] })])),
    apply(deployment([{ image: 'x' }])),
    apply(deployment([null])),
    apply(deployment([container('a', { args: 'x' })])),
    apply(deployment([container('a', { resources: { limits: { cpu: {} } } })])),
  ],
  'refused apply: values of another type in a Service': [
    apply(service([{ port: '80' }])),
    apply(service([{ name: 'x' }])),
    apply(service([{ port: 80, targetPort: {} }])),
  ],
  'refused apply: without a manager': [apply(configMap({ a: '1' }), undefined, { userAgent: 'x' })],
};

module.exports = sequences;
