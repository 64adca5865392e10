// What is asked of the real server: sequences of writes to one object each. See record.js.
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

const sequences = {
  // ---- ownership of plain writes -----------------------------------------------------------------------------------
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

  // ---- subresources --------------------------------------------------------------------------------------------------
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

  // ---- apply ----------------------------------------------------------------------------------------------------------
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

  // ---- apply, refused ----------------------------------------------------------------------------------------------
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

// ---- JSON patch -----------------------------------------------------------------------------------------------------
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
const jsonPatches = {
  'add, replace, remove': [
    [
      { op: 'add', path: '/spec/labels/x', value: '3' },
      { op: 'replace', path: '/spec/title', value: 'b' },
      { op: 'remove', path: '/spec/replicas' },
    ],
  ],
  'escaped keys': [
    [
      { op: 'replace', path: '/spec/labels/a~1b', value: '9' },
      { op: 'remove', path: '/spec/labels/c~0d' },
    ],
  ],
  'items of lists': [
    [
      { op: 'add', path: '/spec/order/0', value: '0' },
      { op: 'add', path: '/spec/order/-', value: '9' },
      { op: 'remove', path: '/spec/order/1' },
      { op: 'replace', path: '/spec/order/0', value: 'r' },
    ],
  ],
  'move and copy': [
    [
      { op: 'move', from: '/spec/free/list', path: '/spec/free/moved' },
      { op: 'copy', from: '/spec/free/moved', path: '/spec/free/copied' },
      { op: 'move', from: '/spec/order/0', path: '/spec/order/2' },
    ],
  ],
  'test that holds': [
    [
      { op: 'test', path: '/spec/title', value: 'a' },
      { op: 'test', path: '/spec/free/list', value: [1, [2]] },
      { op: 'test', path: '/spec/free/map/k', value: null },
      { op: 'test', path: '/spec/free/nothing', value: null },
      { op: 'replace', path: '/spec/title', value: 'z' },
    ],
  ],
  'null and nothing': [
    [{ op: 'add', path: '/spec/note', value: null }],
    [{ op: 'replace', path: '/spec/free/map/k', value: { a: 1 } }],
  ],
  'a whole map': [
    [{ op: 'replace', path: '/spec/labels', value: { only: '1' } }],
    [{ op: 'add', path: '/spec/labels', value: {} }],
  ],
  'an empty patch': [[]],
  'a negative index': [
    [{ op: 'replace', path: '/spec/order/-1', value: 'last' }],
    [{ op: 'add', path: '/spec/order/-1', value: 'before' }],
    [{ op: 'remove', path: '/spec/order/-1' }],
    [{ op: 'remove', path: '/spec/order/-9' }],
    [{ op: 'add', path: '/spec/order/-9', value: 'x' }],
    [{ op: 'replace', path: '/spec/order/-9', value: 'x' }],
    [{ op: 'test', path: '/spec/order/-9', value: 'x' }],
  ],
  'a test that fails': [
    [{ op: 'test', path: '/spec/title', value: 'b' }],
    [{ op: 'test', path: '/spec/nope', value: 'b' }],
    [{ op: 'test', path: '/nope/nope', value: 'b' }],
    [{ op: 'test', path: '/spec/order/7', value: 'b' }],
    [{ op: 'test', path: '/spec/free/map/k', value: 1 }],
    [{ op: 'test', path: '/spec/title' }],
    [{ op: 'test', path: '/spec/order/x', value: 1 }],
    [{ op: 'test', path: '', value: 1 }],
    [{ op: 'test', path: '/spec/replicas', value: '1' }],
    [{ op: 'test', path: '/spec/order', value: ['3', '2', '1'] }],
  ],
  'nothing to remove': [
    [{ op: 'remove', path: '/spec/nope' }],
    [{ op: 'remove', path: '/nope/nope' }],
    [{ op: 'remove', path: '/spec/order/7' }],
    [{ op: 'remove', path: '/spec/order/x' }],
    [{ op: 'remove', path: '/spec/title/x' }],
    [{ op: 'remove', path: '' }],
    [{ op: 'remove', path: '/spec/free/map/k/x' }],
    [{ op: 'remove', path: '/spec/order/-' }],
  ],
  'nothing to replace': [
    [{ op: 'replace', path: '/spec/nope', value: 1 }],
    [{ op: 'replace', path: '/nope/nope', value: 1 }],
    [{ op: 'replace', path: '/spec/order/7', value: 'x' }],
    [{ op: 'replace', path: '/spec/order/x', value: 'x' }],
    [{ op: 'replace', path: '', value: 1 }],
    [{ op: 'replace', path: '/spec/order/3', value: 'x' }],
  ],
  'nowhere to add': [
    [{ op: 'add', path: '/nope/nope', value: 1 }],
    [{ op: 'add', path: '/spec/order/9', value: 'x' }],
    [{ op: 'add', path: '/spec/order/x', value: 'x' }],
    [{ op: 'add', path: '/spec/title/x', value: 'x' }],
    [{ op: 'add', path: '', value: {} }],
    [{ op: 'add', path: '/spec/order/01', value: 'x' }],
    [{ op: 'add', path: 'spec/nope', value: 'x' }],
  ],
  'nothing to move or copy': [
    [{ op: 'move', from: '/spec/nope', path: '/spec/title' }],
    [{ op: 'move', from: '/nope/nope', path: '/spec/title' }],
    [{ op: 'copy', from: '/spec/nope', path: '/spec/note' }],
    [{ op: 'copy', from: '/nope/nope', path: '/spec/title' }],
    [{ op: 'move', from: '/spec/title', path: '/nope/nope' }],
    [{ op: 'copy', from: '/spec/title', path: '/nope/nope' }],
    [{ op: 'move', path: '/spec/title' }],
    [{ op: 'copy', path: '/spec/title' }],
    [{ op: 'copy', from: '/spec/order/9', path: '/spec/title' }],
    [{ op: 'move', from: '/spec/order/9', path: '/spec/title' }],
    [{ op: 'copy', from: '/spec/title', path: '/spec/order/9' }],
  ],
  'no operation of that name': [
    [{ op: 'nope', path: '/spec/title' }],
    [{ path: '/spec/title' }],
    [{ op: 'add' }],
    [{ op: 'remove' }],
    [{ op: 'replace' }],
    [{ op: 'test' }],
    [{ op: 'add', path: '/spec/title' }],
    [{ op: 'replace', path: '/spec/title' }],
    [{ op: 'move', from: '/spec/title' }],
    [{ op: 'copy', from: '/spec/title' }],
  ],
  'no list of operations': [
    { op: 'add' },
    'x',
    5,
    null,
    [1],
    ['x'],
    [null],
    [[]],
    [{ op: 5 }],
    [{ op: 'add', path: 5 }],
    [{ op: 'add', path: '/spec/title', value: 'x', from: 7 }],
  ],
};
for (const [name, patches] of Object.entries(jsonPatches))
  sequences[`json patch: ${name}`] = [start, ...patches.map((patch) => json(patch))];
sequences['json patch: more operations than allowed'] = [
  start,
  json(
    Array.from({ length: 10_001 }, () => ({ op: 'test', path: '/spec/title', value: 'a' })),
    'patcher',
    { isLong: true },
  ),
];
sequences['json patch: managedFields and prototype keys'] = [
  start,
  json([{ op: 'add', path: '/spec/free/__proto__', value: { polluted: 1 } }]),
  json([{ op: 'add', path: '/spec/free/constructor', value: { a: 1 } }]),
  json([{ op: 'replace', path: '/metadata/managedFields', value: [{}] }]),
  json([{ op: 'test', path: '/spec/free/toString', value: null }]),
  json([{ op: 'remove', path: '/spec/free/hasOwnProperty' }]),
];
sequences['json patch: a Deployment'] = [
  create(web),
  json([
    { op: 'replace', path: '/spec/template/spec/containers/0/image', value: 'web:2' },
    { op: 'add', path: '/spec/template/spec/containers/0/env/-', value: { name: 'D', value: '4' } },
  ]),
  json([{ op: 'remove', path: '/spec/template/spec/containers/1' }]),
];

// ---- merge patch -----------------------------------------------------------------------------------------------------
sequences['merge patch: fields, null and lists'] = [
  start,
  merge({ spec: { title: 'b', replicas: null, tags: ['z'], labels: { 'a/b': null, n: '1' } } }),
  merge({ spec: { free: { map: null, list: [null, { a: null }], deep: { a: { b: null, c: 1 } } } } }),
];
sequences['merge patch: nothing'] = [start, merge({}), merge({ spec: {} }), merge({ spec: { nope: null } })];
sequences['merge patch: a scalar for a map and back'] = [
  start,
  merge({ spec: { free: { map: 1 } } }),
  merge({ spec: { free: { map: { a: { b: null } } } } }),
];
sequences['merge patch: status'] = [
  start,
  merge({ spec: { title: 'x' }, status: { phase: 'p' } }, 'controller', status),
  merge({ status: { phase: null } }, 'controller', status),
];
sequences['merge patch: no map'] = [start, merge([]), merge('x'), merge(5), merge(null), merge([1]), merge(true)];
sequences['merge patch: prototype keys'] = [
  start,
  merge(JSON.parse('{"spec":{"free":{"__proto__":{"polluted":1},"constructor":null}}}')),
];
sequences['merge patch: managedFields'] = [
  start,
  merge({ metadata: { managedFields: [{}] } }),
  merge({ spec: { title: 'n' } }),
];
sequences['merge patch: a ConfigMap'] = [
  create(configMap({ a: '1', b: '2' })),
  merge({ data: { a: null, c: '3' } }),
  merge({ data: null }),
  merge({ metadata: { labels: { x: 'y' } } }),
];
sequences['merge patch: a Deployment'] = [
  create(web),
  merge({ spec: { replicas: 5, template: { spec: { tolerations: null } } } }),
];
sequences['merge patch: a Thing in another version'] = [
  start,
  merge({ spec: { title: 'two' } }, 'patcher', v2),
  merge({ spec: { tags: ['q'] } }, 'patcher'),
];

// ---- strategic merge patch ---------------------------------------------------------------------------------------------
const pod = (spec) => ({ spec: { template: { spec } } });
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
for (const [name, patches] of Object.entries(strategicPatches))
  sequences[`strategic patch: ${name}`] = [create(web), ...patches.map((patch) => strategic(patch))];
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

// As the server takes bodies that ask for no fieldValidation.
const checked = { isChecked: true };
sequences['json patch: no list of operations, checked'] = [
  start,
  ...[
    { op: 'add' },
    'x',
    5,
    null,
    true,
    [1],
    ['x'],
    [null],
    [[]],
    [{ op: 5 }],
    [{ op: 'add', path: 5 }],
    [{ op: 'add', path: '/spec/title', value: 'x', from: {} }],
    [{ op: 'test', path: '/spec/title', value: 'no' }],
  ].map((body) => json(body, 'patcher', checked)),
];
sequences['merge patch: no map, checked'] = [
  start,
  ...[[], 'x', 5, null, [1], true].map((body) => merge(body, 'patcher', checked)),
];
sequences['strategic patch: no map, checked'] = [
  create(web),
  ...[[], 'x', 5, null, true].map((body) => strategic(body, 'patcher', checked)),
];
// Scale: entries of the main resource stand for those of its replicas.
const scale = (replicas) => ({ spec: { replicas } });
const toScale = { subresource: 'scale' };
sequences['scale: a Deployment by merge patch'] = [
  apply(deployment([container('web')], { replicas: 1 })),
  merge(scale(3), 'scaler', toScale),
  merge(scale(3), 'other', toScale),
  apply(deployment([container('web')], { replicas: 1 })),
  apply(deployment([container('web')])),
  merge(scale(4), 'scaler', toScale),
];
sequences['scale: a Deployment by update'] = [
  create(deployment([container('web')], { replicas: 1 })),
  edit((o) => ({ ...o, spec: { ...o.spec, replicas: 2 } }), 'creator'),
  merge(scale(3), 'creator', toScale),
  edit((o) => ({ ...o, spec: { ...o.spec, replicas: 4 } }), 'creator'),
];
sequences['scale: applied'] = [
  apply(deployment([container('web')], { replicas: 1 })),
  apply({ apiVersion: 'autoscaling/v1', kind: 'Scale', spec: { replicas: 2 } }, 'scaler', toScale),
  apply({ apiVersion: 'autoscaling/v1', kind: 'Scale', spec: { replicas: 2 } }, 'scaler', { ...toScale, ...force }),
  apply({ apiVersion: 'autoscaling/v1', kind: 'Scale', spec: { replicas: 3 } }, 'scaler', toScale),
  apply({ apiVersion: 'autoscaling/v1', kind: 'Scale', spec: { replicas: 9 } }, 'other', toScale),
];
sequences['scale: a custom resource'] = [
  create(thing({ replicas: 1, title: 'a' })),
  merge(scale(2), 'scaler', toScale),
  edit((o) => ({ ...o, ...v2, spec: { ...o.spec, replicas: 5 } }), 'editor', v2),
  merge(scale(6), 'editor', toScale),
];

module.exports = { sequences };
