// Server-side apply on custom resources: every list type, status, several versions.
import { type CaseTable } from '../../harness/conformance-case';
import { type Session } from '../../harness/session';
import { definition, groupOf, install, widget, widgets } from '../custom-resource';

const STRINGS = { type: 'array', items: { type: 'string' } };
const PAIR = {
  type: 'object',
  required: ['name', 'port'],
  properties: {
    name: { type: 'string' },
    port: { type: 'integer' },
    zone: { type: 'string', default: 'any' },
    weight: { type: 'integer' },
  },
};

const SPEC = {
  type: 'object',
  properties: {
    atomic: { ...STRINGS, 'x-kubernetes-list-type': 'atomic' },
    plain: STRINGS,
    set: { ...STRINGS, 'x-kubernetes-list-type': 'set' },
    map: {
      type: 'array',
      items: PAIR,
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name', 'port'],
    },
    defaulted: {
      type: 'array',
      items: { ...PAIR, required: ['name'] },
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name', 'zone'],
    },
    struct: {
      type: 'object',
      'x-kubernetes-map-type': 'atomic',
      properties: { a: { type: 'string' }, b: { type: 'string' } },
    },
    granular: { type: 'object', additionalProperties: { type: 'string' } },
    free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
    count: { type: 'integer', default: 3 },
    nullable: { type: 'string', nullable: true },
  },
};

const KIND = {
  spec: SPEC,
  properties: { status: { type: 'object', properties: { phase: { type: 'string' }, count: { type: 'integer' } } } },
  version: { subresources: { status: {} } },
};

/** What each of two managers applies, in turn. */
const TURNS: Readonly<Record<string, readonly (readonly [string, object, string?])[]>> = {
  'a list without a type is one value': [
    ['one', { plain: ['a', 'b'] }],
    ['two', { plain: ['a', 'b'] }],
    ['two', { plain: ['a'] }],
    ['two', { plain: ['a'] }, '&force=true'],
  ],
  'an atomic list is one value': [
    ['one', { atomic: ['a'] }],
    ['two', { atomic: ['b'] }],
    ['one', {}],
  ],
  'a set has items of each': [
    ['one', { set: ['a', 'b'] }],
    ['two', { set: ['b', 'c'] }],
    ['one', { set: ['a'] }],
    ['two', { set: [] }],
    ['one', { set: ['a', 'a'] }],
  ],
  'a map with two keys': [
    [
      'one',
      {
        map: [
          { name: 'a', port: 1, weight: 1 },
          { name: 'a', port: 2, weight: 1 },
        ],
      },
    ],
    [
      'two',
      {
        map: [
          { name: 'a', port: 2, weight: 2 },
          { name: 'b', port: 1 },
        ],
      },
    ],
    ['two', { map: [{ name: 'b', port: 1, weight: 3 }] }],
    ['one', { map: [{ name: 'a', port: 2, weight: 1 }] }],
    ['one', { map: [{ name: 'a' }] }],
    [
      'one',
      {
        map: [
          { name: 'a', port: 1 },
          { name: 'a', port: 1 },
        ],
      },
    ],
  ],
  'a map whose key has a default': [
    ['one', { defaulted: [{ name: 'a', port: 1 }] }],
    ['two', { defaulted: [{ name: 'a', zone: 'any', port: 2 }] }],
    ['two', { defaulted: [{ name: 'a', zone: 'here', port: 2 }] }],
  ],
  'a map in another order': [
    [
      'one',
      {
        map: [
          { name: 'a', port: 1 },
          { name: 'b', port: 1 },
          { name: 'c', port: 1 },
        ],
      },
    ],
    [
      'one',
      {
        map: [
          { name: 'c', port: 1 },
          { name: 'a', port: 1 },
          { name: 'b', port: 1 },
        ],
      },
    ],
    [
      'two',
      {
        map: [
          { name: 'd', port: 1 },
          { name: 'a', port: 1 },
        ],
      },
    ],
  ],
  'an atomic struct is one value': [
    ['one', { struct: { a: '1', b: '2' } }],
    ['two', { struct: { a: '1' } }],
    ['one', { struct: { a: '1' } }],
  ],
  'keys of a map of strings': [
    ['one', { granular: { a: '1', b: '2' } }],
    ['two', { granular: { b: '3', c: '4' } }],
    ['two', { granular: { c: '4' } }],
    ['one', { granular: { a: '1' } }],
    ['one', {}],
  ],
  'fields without a schema': [
    ['one', { free: { list: [1, 2], deep: { a: 1 } } }],
    ['two', { free: { deep: { a: 1, b: 2 } } }],
    ['two', { free: { list: [3] } }],
    ['one', { free: { deep: {} } }],
  ],
  'a default is of nobody': [
    ['one', {}],
    ['two', { count: 4 }],
    ['one', { count: 3 }],
    ['two', {}],
  ],
  'a null': [
    ['one', { nullable: null, count: null }],
    ['two', { nullable: 'x' }],
    ['one', { granular: { a: null } }],
  ],
  'a value that does not fit': [
    ['one', { count: 'x' }],
    ['one', { set: 'x' }],
    ['one', { unknown: 1 }],
    ['one', { map: [5] }],
  ],
};

async function turns(k: Session, list: readonly (readonly [string, object, string?])[]): Promise<void> {
  await install(k, KIND);
  for (const [manager, spec, query] of list) await k.apply(manager, widgets(k, 'a'), widget(k, spec), query);
}

export const APPLY_CUSTOM: CaseTable = {
  ...Object.fromEntries(
    Object.entries(TURNS).map(([what, list]): [string, CaseTable[string]] => [
      `custom apply: ${what}`,
      (k) => turns(k, list),
    ]),
  ),

  'custom apply: status is of the subresource': async (k) => {
    await install(k, KIND);
    const path = widgets(k, 'a');
    const status = (fields: object): unknown => ({ ...widget(k, undefined), status: fields });
    await k.apply('one', path, widget(k, { count: 1 }, { status: { phase: 'x' } }));
    await k.apply('one', `${path}/status`, status({ phase: 'y', count: 1 }));
    await k.apply('two', `${path}/status`, status({ phase: 'z' }));
    await k.apply('two', `${path}/status`, widget(k, { count: 9 }, { status: { phase: 'y' } }));
    await k.apply('one', `${path}/status`, status({}));
    await k.apply('one', path, widget(k, { count: 2 }));
  },

  'custom apply: versions change, owners stay': async (k) => {
    const open = { openAPIV3Schema: { type: 'object', properties: { spec: SPEC } } };
    const versions = ['v1', 'v2'].map((name) => ({ name, served: true, storage: name === 'v1', schema: open }));
    await install(k, { definition: { versions } });
    const v2 = (spec: object): unknown => ({ ...widget(k, spec), apiVersion: `${groupOf(k)}/v2` });
    const path = k.in(`${groupOf(k)}/v2`, 'widgets', 'a');
    await k.apply('one', widgets(k, 'a'), widget(k, { set: ['a'], count: 1 }));
    await k.apply('one', path, v2({ set: ['b'] }));
    await k.apply('two', path, v2({ count: 5 }));
    await k.apply('two', widgets(k, 'a'), widget(k, { count: 6 }));
  },

  'custom strategic patch is not supported': async (k) => {
    await install(k, KIND);
    await k.setup('POST', widgets(k), widget(k, {}));
    await k.patch('strategic', widgets(k, 'a'), { spec: { count: 4 } });
  },

  'custom patches': async (k) => {
    await install(k, KIND);
    await k.setup('POST', widgets(k), widget(k, { set: ['a'] }));
    await k.patch('json', widgets(k, 'a'), [{ op: 'add', path: '/spec/set/-', value: 'b' }]);
    await k.patch('json', widgets(k, 'a'), [{ op: 'add', path: '/spec/set/-', value: 'b' }]);
    await k.patch('merge', widgets(k, 'a'), { spec: { set: null, count: null, other: 1 } });
    await k.patch('merge', widgets(k, 'a'), { spec: { count: 'x' } });
    await k.patch('merge', widgets(k, 'a', 'status'), { status: { phase: 'x' }, spec: { count: 8 } });
  },

  'custom apply of the definition itself': async (k) => {
    const path = `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/widgets.${groupOf(k)}`;
    await k.apply('one', path, definition(k, KIND), '', { only: (body) => body.metadata.managedFields });
    await k.untilServed(widgets(k));
    const again = { only: ({ spec, message }: any): unknown => message ?? spec.names };
    await k.apply(
      'two',
      path,
      definition(k, { ...KIND, definition: { names: { plural: 'widgets', kind: 'Gadget' } } }),
      '',
      again,
    );
  },
};
