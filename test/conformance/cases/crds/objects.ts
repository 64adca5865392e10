// Custom objects: validation, defaults, pruning, subresources, columns.
import { type CaseTable } from '../../harness/conformance-case';
import { type CustomKind, definition, definitionPath, groupOf, install, widget } from '../custom-resource';
import { object, rule, STRING, VALIDATIONS } from './schemas';

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
