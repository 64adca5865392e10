// The definitions themselves: what is accepted, what is served, how they change and go.
import { type CaseTable } from '../../harness/conformance-case';
import { type CustomKind, definition, definitionPath, groupOf, install, widget, widgets } from '../custom-resource';

const DEFINITIONS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const open = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };
const version = (name: string, fields: object = {}): object => ({
  name,
  served: true,
  storage: true,
  schema: open,
  ...fields,
});
const spec = (schema: object): CustomKind => ({
  spec: { type: 'object', properties: schema },
});

/** Definitions that are refused, or not. */
const KINDS: Readonly<Record<string, CustomKind>> = {
  'no versions': { definition: { versions: [] } },
  'two storage versions': { definition: { versions: [version('v1'), version('v2')] } },
  'no storage version': { definition: { versions: [version('v1', { storage: false })] } },
  'a version twice': { definition: { versions: [version('v1'), version('v1', { storage: false })] } },
  'a version name that is no label': { definition: { versions: [version('V_1')] } },
  'no schema': { definition: { versions: [version('v1', { schema: undefined })] } },
  'an unknown scope': { definition: { scope: 'Everywhere' } },
  'no scope': { definition: { scope: undefined } },
  'a kind in lower case': { definition: { names: { plural: 'widgets', kind: 'wid_get' } } },
  'a plural in upper case': { definition: { names: { plural: 'Widgets', kind: 'Widget' } } },
  'another plural than its name': { definition: { names: { plural: 'gadgets', kind: 'Widget' } } },
  'a list kind that is the kind': { definition: { names: { plural: 'widgets', kind: 'Widget', listKind: 'Widget' } } },
  'no names': { definition: { names: undefined } },
  'a group without a dot': { definition: { group: 'short' } },
  'a conversion without a webhook': { definition: { conversion: { strategy: 'Webhook' } } },
  'an unknown conversion': { definition: { conversion: { strategy: 'Magic' } } },
  'preserveUnknownFields at the top': { definition: { preserveUnknownFields: true } },
  'a schema that is no object': { version: { schema: { openAPIV3Schema: { type: 'string' } } } },
  'a schema without a type': { version: { schema: { openAPIV3Schema: { properties: {} } } } },
  'a property without a type': spec({ a: { description: 'no type' } }),
  'an unknown type': spec({ a: { type: 'text' } }),
  'an array without items': spec({ a: { type: 'array' } }),
  'additionalProperties beside properties': spec({
    a: { type: 'object', properties: { b: { type: 'string' } }, additionalProperties: { type: 'string' } },
  }),
  'a reference': spec({ a: { $ref: '#/definitions/x' } }),
  'uniqueItems true': spec({ a: { type: 'array', items: { type: 'string' }, uniqueItems: true } }),
  'a default that does not fit': spec({ a: { type: 'integer', default: 'x' } }),
  'a default that would be pruned': spec({ a: { type: 'object', default: { b: 1 } } }),
  'a pattern that is none': spec({ a: { type: 'string', pattern: '[' } }),
  'a list map without keys': spec({ a: { type: 'array', items: { type: 'object' }, 'x-kubernetes-list-type': 'map' } }),
  'a list map with a key that is not there': spec({
    a: {
      type: 'array',
      items: { type: 'object', properties: { b: { type: 'string' } } },
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name'],
    },
  }),
  'a set of objects': spec({
    a: { type: 'array', items: { type: 'object', properties: {} }, 'x-kubernetes-list-type': 'set' },
  }),
  'an unknown list type': spec({ a: { type: 'array', items: { type: 'string' }, 'x-kubernetes-list-type': 'bag' } }),
  'int-or-string with a type': spec({ a: { type: 'string', 'x-kubernetes-int-or-string': true } }),
  'int-or-string': spec({ a: { 'x-kubernetes-int-or-string': true } }),
  'a type below anyOf': spec({ a: { type: 'string', anyOf: [{ type: 'string' }] } }),
  'an embedded resource that is no object': spec({ a: { type: 'string', 'x-kubernetes-embedded-resource': true } }),
  'a rule that is no expression': spec({ a: { type: 'string', 'x-kubernetes-validations': [{ rule: 'self +' }] } }),
  'a rule on a field that is not there': spec({
    a: { type: 'object', properties: {}, 'x-kubernetes-validations': [{ rule: 'self.b == 1' }] },
  }),
  'a rule that gives no boolean': spec({ a: { type: 'string', 'x-kubernetes-validations': [{ rule: 'self' }] } }),
  'an empty rule': spec({ a: { type: 'string', 'x-kubernetes-validations': [{ rule: '' }] } }),
  'a scale without paths': { version: { subresources: { scale: {} } } },
  'a scale with a path outside of spec': {
    version: { subresources: { scale: { specReplicasPath: '.a', statusReplicasPath: '.status.a' } } },
  },
  'a column without a path': { version: { additionalPrinterColumns: [{ name: 'A', type: 'string' }] } },
  'a column of an unknown type': {
    version: { additionalPrinterColumns: [{ name: 'A', type: 'text', jsonPath: '.spec.a' }] },
  },
  'a column whose path is none': {
    version: { additionalPrinterColumns: [{ name: 'A', type: 'string', jsonPath: 'spec[' }] },
  },
  'a selectable field that is not there': { version: { selectableFields: [{ jsonPath: '.spec.none' }] } },
  'metadata with other rules': {
    properties: { metadata: { type: 'object', properties: { labels: { type: 'object' } } } },
  },
  'metadata with a rule for the name': {
    properties: { metadata: { type: 'object', properties: { name: { type: 'string', maxLength: 3 } } } },
  },
  'a status that is no object': { properties: { status: { type: 'string' } } },
  'an unknown field': { definition: { wrong: 1 } },
};

export const DEFINITION_CASES: CaseTable = {
  ...Object.fromEntries(
    Object.entries(KINDS).map(([what, kind]): [string, CaseTable[string]] => [
      `definition: ${what}`,
      (k) => k.post(`${DEFINITIONS}?dryRun=All`, definition(k, kind)),
    ]),
  ),

  'a definition is established and served': async (k) => {
    await k.post(DEFINITIONS, definition(k));
    const conditions = (body: any): any[] => body.status?.conditions ?? [];
    await k.eventually(
      definitionPath(k),
      ({ body }) => conditions(body).some(({ type, status }) => type === 'Established' && status === 'True'),
      { only: ({ status, spec: { names } }) => ({ status, names }) },
    );
    await k.untilServed(widgets(k));
    await k.get(widgets(k));
    await k.eventually(`/apis/${groupOf(k)}/v1`, ({ status }) => status === 200);
    await k.eventually(`/apis/${groupOf(k)}`, ({ status }) => status === 200);
  },

  'a definition whose name is another than plural and group': (k) =>
    k.post(DEFINITIONS, { ...definition(k), metadata: { name: 'things.example.com' } }),

  'a definition in a protected group': (k) =>
    k.post(DEFINITIONS, {
      ...definition(k, { definition: { group: 'x.k8s.io' } }),
      metadata: { name: 'widgets.x.k8s.io' },
    }),

  'a second definition of the same kind is not accepted': async (k) => {
    await install(k);
    const second = definition(k, { definition: { names: { plural: 'gadgets', kind: 'Widget', singular: 'gadget' } } });
    await k.setup('POST', DEFINITIONS, { ...second, metadata: { name: `gadgets.${groupOf(k)}` } });
    await k.eventually(
      `${DEFINITIONS}/gadgets.${groupOf(k)}`,
      ({ body }) => body.status?.conditions?.some(({ type }: any) => type === 'NamesAccepted'),
      { only: ({ status }) => status.conditions.filter(({ type }: any) => type === 'NamesAccepted') },
    );
  },

  'scope, group and storage of a definition do not change freely': async (k) => {
    await install(k);
    await k.patch('merge', definitionPath(k), { spec: { scope: 'Cluster' } });
    await k.patch('merge', definitionPath(k), { spec: { group: 'other.example.com' } });
    await k.patch('merge', definitionPath(k), { spec: { versions: [version('v2')] } });
    await k.patch('merge', definitionPath(k), { status: { storedVersions: [] } }, { only: ({ status }) => status });
  },

  'a definition goes with its objects': async (k) => {
    await install(k);
    await k.setup('POST', widgets(k), widget(k, {}));
    await k.delete(definitionPath(k), undefined, {
      only: ({ metadata, status }) => ({ metadata, status: typeof status }),
    });
    await k.eventually(definitionPath(k), ({ status }) => status === 404);
    await k.eventually(widgets(k), ({ status }) => status === 404);
  },

  'a definition waits for an object with a finalizer': async (k) => {
    await install(k);
    await k.setup('POST', widgets(k), widget(k, {}, {}, { finalizers: ['example.com/a'] }));
    await k.setup('DELETE', definitionPath(k));
    await k.eventually(widgets(k, 'a'), ({ body }) => body.metadata?.deletionTimestamp !== undefined);
    await k.post(widgets(k), widget(k, {}, {}, { name: 'b' }));
    await k.patch('merge', widgets(k, 'a'), { metadata: { finalizers: null } });
    await k.eventually(definitionPath(k), ({ status }) => status === 404);
  },

  'a definition that is made again has no old objects': async (k) => {
    await install(k);
    await k.setup('POST', widgets(k), widget(k, {}));
    await k.setup('DELETE', definitionPath(k));
    await k.eventually(definitionPath(k), ({ status }) => status === 404);
    await k.eventually(widgets(k), ({ status }) => status === 404);
    await install(k);
    await k.get(widgets(k));
  },

  'an unserved version is not there': async (k) => {
    await install(k, { definition: { versions: [version('v1'), version('v2', { served: false, storage: false })] } });
    await k.get(k.in(`${groupOf(k)}/v2`, 'widgets'));
  },

  'a deprecated version warns': async (k) => {
    const old = version('v1', { storage: false, deprecated: true });
    const older = version('v0', { storage: false, deprecated: true, deprecationWarning: 'use v2' });
    await install(k, { definition: { versions: [version('v2'), old, older] } });
    await k.get(widgets(k));
    await k.get(k.in(`${groupOf(k)}/v0`, 'widgets'));
    await k.get(k.in(`${groupOf(k)}/v2`, 'widgets'));
  },

  'an object is read in every version': async (k) => {
    await install(k, { definition: { versions: [version('v1', { storage: false }), version('v2')] } });
    await k.post(widgets(k), widget(k, { a: 1 }));
    await k.get(k.in(`${groupOf(k)}/v2`, 'widgets', 'a'));
    await k.get(k.in(`${groupOf(k)}/v2`, 'widgets'));
    await k.post(k.in(`${groupOf(k)}/v2`, 'widgets'), widget(k, {}, {}, { name: 'b' }));
  },

  'a cluster-wide kind': async (k) => {
    const kind = definition(k, { definition: { scope: 'Cluster' } });
    await k.setup('POST', DEFINITIONS, kind);
    const path = k.all(`${groupOf(k)}/v1`, 'widgets');
    await k.untilServed(path);
    await k.post(path, widget(k, { a: 1 }));
    await k.get(`${path}/a`);
    await k.post(widgets(k), widget(k, {}));
    await k.post(path, widget(k, {}, {}, { name: 'b', namespace: 'default' }));
  },
};
