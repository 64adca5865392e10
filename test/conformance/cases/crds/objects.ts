// Custom objects: validation, defaults, pruning, subresources, columns.
import { type CaseTable } from '../../harness/conformance-case';
import { type CustomKind, definition, definitionPath, groupOf, install, widget } from '../custom-resource';

const STRING = { type: 'string' };
const rule = (text: string, fields: object = {}): object => ({ rule: text, message: 'rule broken', ...fields });
const object = (properties: object, fields: object = {}): object => ({ type: 'object', properties, ...fields });

/** Schemas of `spec` and the specs that are tried on each. */
const VALIDATIONS: Readonly<Record<string, readonly [object, readonly unknown[]]>> = {
  types: [
    object({
      s: STRING,
      i: { type: 'integer' },
      n: { type: 'number' },
      b: { type: 'boolean' },
      a: { type: 'array', items: STRING },
    }),
    [{ s: 1, i: 'x', n: 'y', b: 'z', a: {} }, { i: 1.5 }, { i: 1.0, n: 2 }, { a: [1] }, { s: null }, 'text', []],
  ],
  'required fields': [
    object({ a: STRING, b: object({ c: STRING }, { required: ['c'] }) }, { required: ['a', 'b'] }),
    [{}, { a: 'x', b: {} }],
  ],
  'numbers with bounds': [
    object({
      a: { type: 'integer', minimum: 1, maximum: 5 },
      b: { type: 'integer', minimum: 1, exclusiveMinimum: true },
      c: { type: 'integer', multipleOf: 3 },
    }),
    [{ a: 0 }, { a: 6 }, { b: 1 }, { c: 4 }, { a: 1, b: 2, c: 3 }],
  ],
  'integers by format': [
    object({ a: { type: 'integer', format: 'int32' }, b: { type: 'integer', format: 'int64' } }),
    [{ a: 3000000000 }, { b: 3000000000 }],
  ],
  'strings with bounds': [
    object({
      a: { type: 'string', minLength: 2, maxLength: 3 },
      b: { type: 'string', pattern: '^[a-z]+$' },
      c: { type: 'string', enum: ['x', 'y'] },
    }),
    [{ a: 'x' }, { a: 'wxyz' }, { b: 'A1' }, { c: 'z' }, { a: 'äöü' }, { a: 'x', b: '1', c: 'z' }],
  ],
  'lists with bounds': [
    object({ a: { type: 'array', minItems: 1, maxItems: 2, items: STRING } }),
    [{ a: [] }, { a: ['1', '2', '3'] }],
  ],
  'maps with bounds': [
    object({ a: { type: 'object', minProperties: 1, maxProperties: 2, additionalProperties: { type: 'integer' } } }),
    [{ a: {} }, { a: { x: 1, y: 2, z: 3 } }, { a: { x: 'y' } }],
  ],
  'formats of strings': [
    object({
      d: { type: 'string', format: 'date-time' },
      e: { type: 'string', format: 'email' },
      i: { type: 'string', format: 'ipv4' },
      u: { type: 'string', format: 'uuid' },
      r: { type: 'string', format: 'uri' },
      y: { type: 'string', format: 'byte' },
      t: { type: 'string', format: 'duration' },
      x: { type: 'string', format: 'unknown' },
    }),
    [{ d: 'x' }, { e: 'x' }, { i: 'x' }, { u: 'x' }, { r: ':' }, { y: '?' }, { t: 'x' }, { x: 'anything' }],
  ],
  'int or string': [
    object({ a: { 'x-kubernetes-int-or-string': true } }),
    [{ a: 1 }, { a: 'x' }, { a: true }, { a: 1.5 }],
  ],
  'anyOf, allOf, oneOf, not': [
    object(
      { a: STRING, b: STRING, c: { type: 'integer', not: { enum: [3] } } },
      { oneOf: [{ required: ['a'] }, { required: ['b'] }] },
    ),
    [{}, { a: 'x', b: 'y' }, { a: 'x', c: 3 }, { a: 'x' }],
  ],
  'a set of strings': [
    object({ a: { type: 'array', items: STRING, 'x-kubernetes-list-type': 'set' } }),
    [{ a: ['x', 'x'] }, { a: ['x', 'y'] }],
  ],
  'a map of items': [
    object({
      a: {
        type: 'array',
        items: object({ name: STRING }, { required: ['name'] }),
        'x-kubernetes-list-type': 'map',
        'x-kubernetes-list-map-keys': ['name'],
      },
    }),
    [{ a: [{ name: 'x' }, { name: 'x' }] }, { a: [{}] }],
  ],
  nullable: [
    object({
      a: { type: 'string', nullable: true },
      b: { type: 'string', default: 'x' },
      c: { type: 'string', nullable: true, default: 'x' },
    }),
    [{ a: null, b: null, c: null }, {}],
  ],
  'defaults at every depth': [
    object({
      a: { type: 'integer', default: 3 },
      b: object({ c: { type: 'string', default: 'x' } }),
      d: object({ e: { type: 'string', default: 'y' } }, { default: {} }),
      f: { type: 'array', items: object({ g: { type: 'boolean', default: true } }) },
      h: { type: 'object', additionalProperties: object({ i: { type: 'string', default: 'z' } }) },
    }),
    [{}, { b: {}, f: [{}, { g: false }], h: { k: {} } }, { a: 0 }],
  ],
  pruning: [
    object({
      a: STRING,
      keep: {
        type: 'object',
        'x-kubernetes-preserve-unknown-fields': true,
        properties: { deep: object({ x: STRING }) },
      },
    }),
    [
      { a: 'x', more: 1, keep: { y: 2, deep: { x: 'x', z: 1 } } },
      { __proto__x: 1, constructor: 1 },
    ],
  ],
  'an embedded resource': [
    object({
      a: { type: 'object', 'x-kubernetes-embedded-resource': true, 'x-kubernetes-preserve-unknown-fields': true },
    }),
    [
      { a: {} },
      { a: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' }, data: { a: 'b' } } },
      { a: { apiVersion: 'v1', kind: 'X', metadata: { name: 5 } } },
    ],
  ],
  'rules on fields': [
    object(
      { min: { type: 'integer' }, max: { type: 'integer' } },
      { 'x-kubernetes-validations': [rule('self.min <= self.max')] },
    ),
    [
      { min: 2, max: 1 },
      { min: 1, max: 2 },
    ],
  ],
  'rules with a path and a reason': [
    object(
      { a: STRING },
      { 'x-kubernetes-validations': [rule("self.a != 'x'", { fieldPath: '.a', reason: 'FieldValueForbidden' })] },
    ),
    [{ a: 'x' }, { a: 'y' }],
  ],
  'rules with a message of their own making': [
    object({
      a: {
        type: 'integer',
        'x-kubernetes-validations': [{ rule: 'self > 3', messageExpression: "self < 0 ? 'negative' : 'too small'" }],
      },
    }),
    [{ a: 1 }, { a: 4 }],
  ],
  'rules on optional fields': [
    object({ a: STRING, b: STRING }, { 'x-kubernetes-validations': [rule('has(self.a) == has(self.b)')] }),
    [{ a: 'x' }, {}, { a: 'x', b: 'y' }],
  ],
  'rules on items and values': [
    object({
      a: {
        type: 'array',
        maxItems: 5,
        items: { type: 'string', maxLength: 9, 'x-kubernetes-validations': [rule("self.startsWith('a')")] },
      },
      b: {
        type: 'object',
        maxProperties: 5,
        additionalProperties: { type: 'integer', 'x-kubernetes-validations': [rule('self > 0')] },
      },
    }),
    [{ a: ['ab', 'b'] }, { b: { x: 0 } }, { a: ['ab'], b: { x: 1 } }],
  ],
  'rules with macros and functions': [
    object(
      {
        a: { type: 'array', maxItems: 5, items: { type: 'string', maxLength: 9 } },
        s: { type: 'string', maxLength: 9 },
      },
      {
        'x-kubernetes-validations': [
          rule("!has(self.a) || self.a.all(x, x.matches('^[a-z]+$'))"),
          rule('!has(self.s) || self.s.lowerAscii() == self.s'),
          rule('!has(self.a) || self.a.isSorted()'),
        ],
      },
    ),
    [{ a: ['a', 'B'] }, { s: 'Ab' }, { a: ['b', 'a'] }, { a: ['a', 'b'], s: 'ab' }],
  ],
};

/** What an answer is compared by where the wording of rules is no part of the contract. */
const verdict = ({ code, spec, details }: any): unknown => ({
  code,
  spec,
  causes: details?.causes?.map(({ field, reason }: any) => `${field} ${reason}`),
});

const STATUS = { properties: { status: object({ phase: STRING }) }, version: { subresources: { status: {} } } };

const COLUMNS: CustomKind = {
  spec: object({
    size: { type: 'integer' },
    name: STRING,
    since: STRING,
    list: { type: 'array', items: STRING },
  }) as CustomKind['spec'],
  version: {
    additionalPrinterColumns: [
      { name: 'Size', type: 'integer', jsonPath: '.spec.size', description: 'How large' },
      { name: 'Name', type: 'string', jsonPath: '.spec.name', priority: 1 },
      { name: 'Since', type: 'date', jsonPath: '.spec.since' },
      { name: 'First', type: 'string', jsonPath: '.spec.list[0]' },
      { name: 'All', type: 'string', jsonPath: '.spec.list' },
    ],
  },
};
const asTable = { headers: { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' } };

export const OBJECT_CASES: CaseTable = {
  ...Object.fromEntries(
    Object.entries(VALIDATIONS).map(([what, [spec, tries]]): [string, CaseTable[string]] => [
      `objects: ${what}`,
      async (k) => {
        const path = await install(k, { spec: spec as Record<string, unknown> });
        const only = what.startsWith('rules') ? { only: verdict } : {};
        for (const each of tries) await k.post(`${path}?dryRun=All`, widget(k, each), only);
      },
    ]),
  ),

  'objects: rules with the old value': async (k) => {
    const spec = object({ a: { type: 'string', 'x-kubernetes-validations': [rule('self == oldSelf')] }, b: STRING });
    const path = await install(k, { spec: spec as Record<string, unknown> });
    await k.post(path, widget(k, { a: '1' }), { only: verdict });
    await k.patch('merge', `${path}/a`, { spec: { a: '2' } }, { only: verdict });
    await k.patch('merge', `${path}/a`, { spec: { b: '2' } }, { only: verdict });
    await k.patch('merge', `${path}/a`, { spec: { a: null } }, { only: verdict });
  },

  'objects: rules with an old value that may be absent': async (k) => {
    const validations = [rule('!oldSelf.hasValue() || self >= oldSelf.value()', { optionalOldSelf: true })];
    const spec = object({ a: { type: 'integer', 'x-kubernetes-validations': validations } });
    const path = await install(k, { spec: spec as Record<string, unknown> });
    await k.post(path, widget(k, { a: 5 }), { only: verdict });
    await k.patch('merge', `${path}/a`, { spec: { a: 4 } }, { only: verdict });
    await k.patch('merge', `${path}/a`, { spec: { a: 6 } }, { only: verdict });
  },

  'objects: unknown fields by mode': async (k) => {
    const path = await install(k, { spec: object({ a: STRING }) as Record<string, unknown> });
    for (const mode of ['Strict', 'Warn', 'Ignore']) {
      await k.post(`${path}?dryRun=All&fieldValidation=${mode}`, widget(k, { a: 'x', b: 1 }, { more: 1 }));
    }
    await k.post(`${path}?fieldValidation=Strict`, '{"apiVersion":"x","apiVersion":"y","kind":"Widget"}');
  },

  'objects: another apiVersion, another kind, none': async (k) => {
    const path = await install(k);
    await k.post(path, { ...widget(k, {}), apiVersion: 'v1' });
    await k.post(path, { ...widget(k, {}), kind: 'Gadget' });
    await k.post(path, { metadata: { name: 'a' } });
    await k.post(path, { ...widget(k, {}), metadata: { name: 'A_' } });
  },

  'objects: generation counts changes outside of metadata and status': async (k) => {
    const path = await install(k, STATUS);
    await k.post(path, widget(k, { a: 1 }, { status: { phase: 'x' } }));
    await k.patch('merge', `${path}/a`, { metadata: { labels: { a: 'b' } } });
    await k.patch('merge', `${path}/a`, { spec: { a: 2 } });
    await k.patch('merge', `${path}/a/status`, {
      status: { phase: 'y' },
      spec: { a: 9 },
      metadata: { labels: { c: 'd' } },
    });
    await k.put(`${path}/a/status`, { ...widget(k, {}), status: { phase: 5 } });
    await k.get(`${path}/a/status`);
  },

  'objects: without a status subresource the status is a field': async (k) => {
    const path = await install(k, { properties: STATUS.properties });
    await k.post(path, widget(k, { a: 1 }, { status: { phase: 'x' } }));
    await k.get(`${path}/a/status`);
    await k.patch('merge', `${path}/a`, { status: { phase: 'y' } });
  },

  'objects: the scale': async (k) => {
    const scale = {
      specReplicasPath: '.spec.size',
      statusReplicasPath: '.status.size',
      labelSelectorPath: '.status.selector',
    };
    const path = await install(k, {
      spec: object({ size: { type: 'integer', minimum: 0 } }) as Record<string, unknown>,
      properties: { status: object({ size: { type: 'integer' }, selector: STRING }) },
      version: { subresources: { status: {}, scale } },
    });
    await k.setup('POST', path, widget(k, { size: 2 }));
    await k.setup(
      'PATCH',
      `${path}/a/status`,
      { status: { size: 1, selector: 'a=b' } },
      { headers: { 'content-type': 'application/merge-patch+json' } },
    );
    const { body } = await k.get(`${path}/a/scale`);
    await k.put(`${path}/a/scale`, { ...body, spec: { replicas: 5 } });
    await k.patch('merge', `${path}/a/scale`, { spec: { replicas: 6 } });
    await k.put(`${path}/a/scale`, { ...body, metadata: { name: 'a' }, spec: { replicas: -1 } });
    await k.get(`${path}/a`);
  },

  'objects: printer columns': async (k) => {
    const path = await install(k, COLUMNS);
    await k.setup('POST', path, widget(k, { size: 3, name: 'x', since: '2001-01-01T00:00:00Z', list: ['p', 'q'] }));
    await k.setup('POST', path, widget(k, {}, {}, { name: 'b' }));
    const cells = ({ columnDefinitions, rows }: any): unknown => ({
      columnDefinitions,
      // The age of a fixed date grows.
      cells: rows.map((row: any) => row.cells.map((cell: any) => (/^\d+y/.test(cell) ? '<years>' : cell))),
    });
    await k.get(path, { ...asTable, only: cells });
  },

  'objects: a kind without columns': async (k) => {
    const path = await install(k);
    await k.get(path, asTable);
  },

  'objects: selectable fields': async (k) => {
    const path = await install(k, {
      spec: object({ color: STRING, size: { type: 'integer' } }) as Record<string, unknown>,
      version: { selectableFields: [{ jsonPath: '.spec.color' }, { jsonPath: '.spec.size' }] },
    });
    await k.setup('POST', path, widget(k, { color: 'red', size: 1 }));
    await k.setup('POST', path, widget(k, { color: 'blue' }, {}, { name: 'b' }));
    const only = {
      only: ({ items, message }: any): unknown => items?.map(({ metadata }: any) => metadata.name) ?? message,
    };
    for (const selector of [
      'spec.color=red',
      'spec.color!=red',
      'spec.size=1',
      'spec.size=',
      'spec.other=1',
      'metadata.name=b',
    ]) {
      await k.get(`${path}?fieldSelector=${encodeURIComponent(selector)}`, only);
    }
  },

  'objects: a stricter schema leaves the old ones': async (k) => {
    const path = await install(k, { spec: object({ a: { type: 'integer' }, b: STRING }) as Record<string, unknown> });
    await k.setup('POST', path, widget(k, { a: 9, b: 'x' }));
    const stricter = { spec: object({ a: { type: 'integer', maximum: 5 }, c: { type: 'string', default: 'new' } }) };
    await k.setup(
      'PATCH',
      definitionPath(k),
      { spec: definition(k, stricter as CustomKind)['spec'] },
      {
        headers: { 'content-type': 'application/merge-patch+json' },
      },
    );
    await k.eventually(`${path}/a`, ({ body }) => body.spec?.c === 'new');
    await k.patch('merge', `${path}/a`, { metadata: { labels: { x: 'y' } } });
    await k.patch('merge', `${path}/a`, { spec: { a: 8 } });
    await k.patch('merge', `${path}/a`, { spec: { a: 5 } });
  },

  'objects: categories and short names in discovery': async (k) => {
    const names = { plural: 'widgets', kind: 'Widget', shortNames: ['wd'], categories: ['all'], singular: 'widget' };
    await install(k, { definition: { names }, version: { subresources: { status: {} } } });
    await k.eventually(`/apis/${groupOf(k)}/v1`, ({ status }) => status === 200);
  },

  'objects: the published schema': async (k) => {
    await install(k, {
      spec: object({ a: { type: 'integer', description: 'An a', default: 1 } }) as Record<string, unknown>,
    });
    const name = `com.example.${k.ns}.v1.Widget`;
    await k.eventually(
      `/openapi/v3/apis/${groupOf(k)}/v1`,
      ({ body }) => body.components?.schemas?.[name] !== undefined,
      { only: ({ components, paths }) => ({ schema: components.schemas[name], paths: Object.keys(paths).sort() }) },
    );
  },
};
