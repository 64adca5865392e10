// Ownership of plain writes, and of subresources.
'use strict';
const {
  create,
  edit,
  merge,
  apply,
  force,
  status,
  v2,
  thing,
  configMap,
  container,
  deployment,
  service,
  web,
  full,
} = require('../steps');

const sequences = {
  'create: a custom resource with every kind of field': [create(full)],
  'create: a custom resource without spec': [create(thing())],
  'create: empty lists and maps of a custom resource': [
    create(thing({ tags: [], ports: [], labels: {}, limits: {}, nested: { one: {} }, free: {} })),
  ],
  'create: null where null may stand': [create(thing({ note: null, free: { a: null } }))],
  'create: labels, annotations, finalizers and owners': [
    create(
      configMap(
        { a: '1' },
        {
          labels: { l: '1' },
          annotations: { n: '2' },
          finalizers: ['example.com/f'],
          ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'o', uid: 'u1' }],
        },
      ),
    ),
  ],
  'create: a ConfigMap with binary data': [
    create(configMap({ a: '1' }, {}, { binaryData: { b: 'AA==' }, immutable: false })),
  ],
  'create: a Deployment': [create(web)],
  'create: a Deployment with the least there can be': [create(deployment([container('web')]))],
  'create: a Service': [
    create(
      service(
        [{ port: 80 }, { port: 80, protocol: 'UDP', name: 'u', targetPort: 'x' }].map((p, i) => ({
          name: `p${i}`,
          ...p,
        })),
      ),
    ),
  ],
  'create: managedFields that a client sends are kept and joined': [
    create(
      configMap(
        { a: '1', b: '2' },
        {
          managedFields: [
            {
              manager: 'other',
              operation: 'Apply',
              apiVersion: 'v1',
              time: '2020-01-01T00:00:00Z',
              fieldsType: 'FieldsV1',
              fieldsV1: { 'f:data': { 'f:a': {} } },
            },
          ],
        },
      ),
    ),
  ],
  'create: managedFields that nobody can read are dropped': [
    create(
      configMap(
        { a: '1' },
        { managedFields: [{ manager: 'other', operation: 'Apply', fieldsType: 'FieldsV1', fieldsV1: {} }] },
      ),
    ),
  ],
  'create: the manager is the user agent up to the slash': [
    create(configMap({ a: '1' }), undefined, { userAgent: 'curl/8.0 (x)' }),
  ],
  'create: a user agent without a name': [create(configMap({ a: '1' }), undefined, { userAgent: '/1' })],
  'create: a long user agent with odd characters': [
    create(configMap({ a: '1' }), undefined, { userAgent: `${'m'.repeat(140)}/1` }),
  ],

  'update: a changed, an added and a removed field': [
    create(configMap({ a: '1', b: '2' })),
    edit((o) => ({ ...o, data: { a: '9', c: '3' } })),
  ],
  'update: nothing changed keeps version and time': [create(configMap({ a: '1' })), edit((o) => o)],
  'update: nothing changed by the same manager': [create(configMap({ a: '1' }), 'm'), edit((o) => o, 'm')],
  'update: the same manager joins its entry': [
    create(configMap({ a: '1' }), 'm'),
    edit((o) => ({ ...o, data: { a: '1', b: '2' } }), 'm'),
    edit((o) => ({ ...o, data: { b: '2' } }), 'm'),
  ],
  'update: the whole data goes': [create(configMap({ a: '1' })), edit(({ data: _, ...o }) => o)],
  'update: an atomic list and a set': [
    create(full),
    edit((o) => ({ ...o, spec: { ...o.spec, order: ['y'], tags: ['a', 'c'], numbers: [1, 2] } })),
  ],
  'update: items of a keyed list': [
    create(full),
    edit((o) => ({
      ...o,
      spec: {
        ...o.spec,
        ports: [
          { port: 80, protocol: 'UDP', name: 'x' },
          { port: 81, protocol: 'TCP' },
        ],
        users: [{ name: 'v', role: 'new' }],
      },
    })),
  ],
  'update: atomic maps and structs': [
    create(full),
    edit((o) => ({ ...o, spec: { ...o.spec, limits: { cpu: '2' }, reference: { name: 'n', key: 'other' } } })),
  ],
  'update: unknown fields, maps one by one and lists as a whole': [
    create(full),
    edit((o) => ({
      ...o,
      spec: { ...o.spec, free: { deep: { list: [{ a: 2 }], map: { x: 1, z: 2 } } }, half: { known: 'k', unknown: 1 } },
    })),
  ],
  'update: a field changes its type': [
    create(thing({ free: { a: { b: 1 } }, port: 1 })),
    edit((o) => ({ ...o, spec: { free: { a: [1] }, port: 'x', level: 'info' } })),
    edit((o) => ({ ...o, spec: { free: { a: 's' }, port: 2, level: 'info' } }), 'third'),
  ],
  'update: managedFields of the body replace those that are stored': [
    create(configMap({ a: '1' })),
    edit((o) => ({
      ...o,
      metadata: {
        ...o.metadata,
        managedFields: [
          {
            manager: 'x',
            operation: 'Update',
            apiVersion: 'v1',
            fieldsType: 'FieldsV1',
            fieldsV1: { 'f:data': { 'f:a': {} } },
          },
        ],
      },
      data: { a: '1', b: '2' },
    })),
  ],
  'update: without managedFields those that are stored stay': [
    create(configMap({ a: '1' })),
    edit(({ metadata: { managedFields: _, ...m }, ...o }) => ({ ...o, metadata: m, data: { a: '1', b: '2' } })),
  ],
  'update: an empty list starts anew': [
    create(configMap({ a: '1' })),
    edit((o) => ({ ...o, metadata: { ...o.metadata, managedFields: [] }, data: { a: '2' } })),
    edit((o) => ({ ...o, data: { a: '3' } })),
  ],
  'update: one empty entry starts anew, an apply adopts': [
    create(configMap({ a: '1', b: '2' })),
    edit((o) => ({ ...o, metadata: { ...o.metadata, managedFields: [{}] } })),
    apply(configMap({ a: '1' })),
    apply(configMap({ b: '3' })),
  ],
  'update: status of the body is ignored on the main resource': [
    create(full),
    edit((o) => ({ ...o, spec: { ...o.spec, replicas: 2 }, status: { phase: 'x' } })),
  ],
  'update: another version of the object': [
    create(thing({ title: 'a', tags: ['x'] })),
    edit((o) => ({ ...o, ...v2, spec: { ...o.spec, title: 'b' } }), 'editor', v2),
    edit((o) => ({ ...o, ...v2, spec: { ...o.spec, tags: ['y'] } }), 'creator', v2),
  ],
  'update: a Deployment scaled and given another image': [
    create(web),
    edit((o) => {
      o.spec.replicas = 3;
      o.spec.template.spec.containers[0].image = 'web:2';
      return o;
    }),
  ],
  'update: a Deployment loses a container': [
    create(web),
    edit((o) => {
      o.spec.template.spec.containers.pop();
      return o;
    }),
  ],
  'update: containers in another order': [
    create(web),
    edit((o) => {
      o.spec.template.spec.containers.reverse();
      return o;
    }),
  ],
  'update: the ports of a Service': [
    create(
      service([
        { port: 80, name: 'a' },
        { port: 81, name: 'b' },
      ]),
    ),
    edit((o) => {
      o.spec.ports[0].targetPort = 8080;
      o.spec.ports.pop();
      return o;
    }),
  ],
  'update: eleven managers are too many': [
    create(configMap({ a: '0' }), 'm00'),
    ...Array.from({ length: 12 }, (_, i) =>
      edit((o) => ({ ...o, data: { ...o.data, [`k${i}`]: `${i}` } }), `m${String(i + 1).padStart(2, '0')}`),
    ),
  ],
  'update: too many managers of two versions': [
    create(thing({ labels: { a: '0' } }), 'm00'),
    ...Array.from({ length: 12 }, (_, i) =>
      edit(
        (o) => ({ ...o, ...(i % 2 ? v2 : {}), spec: { ...o.spec, labels: { ...o.spec.labels, [`k${i}`]: `${i}` } } }),
        `m${String(i + 1).padStart(2, '0')}`,
        i % 2 ? v2 : {},
      ),
    ),
  ],

  'status: an entry of its own': [
    create(thing({ title: 'a' })),
    edit(
      (o) => ({ ...o, status: { phase: 'x', conditions: [{ type: 'Ready', status: 'True' }] } }),
      'controller',
      status,
    ),
  ],
  'status: spec and labels of the body are ignored': [
    create(thing({ title: 'a' })),
    edit(
      (o) => ({ ...o, metadata: { ...o.metadata, labels: { a: 'b' } }, spec: { title: 'z' }, status: { phase: 'x' } }),
      'controller',
      status,
    ),
  ],
  'status: applied, conflicts with the subresource in the message': [
    create(thing({ title: 'a' })),
    merge({ status: { phase: 'x' } }, 'controller', status),
    apply(thing(undefined, { status: { phase: 'y' } }), 'applier', status),
    apply(thing(undefined, { status: { phase: 'y' } }), 'applier', { ...status, ...force }),
  ],
  'status: applied with a spec': [
    create(thing({ title: 'a' })),
    apply(thing({ title: 'b' }, { status: { phase: 'y' } }), 'applier', status),
  ],
  'status: an apply of the main resource with a status': [
    apply(thing({ title: 'a' }, { status: { phase: 'x' } })),
    apply(thing({ title: 'b' }, { status: { phase: 'x' } })),
  ],
  'status: managedFields can not be set through it': [
    create(thing({ title: 'a' })),
    edit(
      (o) => ({ ...o, metadata: { ...o.metadata, managedFields: [{}] }, status: { phase: 'x' } }),
      'controller',
      status,
    ),
  ],
  'status: of a Deployment': [
    create(web),
    merge({ status: { replicas: 2, observedGeneration: 1 } }, 'controller', status),
    merge({ status: { replicas: 1 } }, 'controller', status),
  ],
};

module.exports = sequences;
