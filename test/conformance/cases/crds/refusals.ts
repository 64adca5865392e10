// What is wrong with a definition beyond its schema: versions, conversion, paths, what is deprecated.
import { type CaseTable } from '../../harness/conformance-case';
import { type CustomKind, definition, definitionPath, install } from '../custom-resource';

const DEFINITIONS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
type Fields = Readonly<Record<string, unknown>>;

const open = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };
const schemaOf = (properties: Fields): Fields => ({
  openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object', properties } } },
});
const version = (name: string, fields: Fields = {}): Fields => ({
  name,
  served: true,
  storage: true,
  schema: open,
  ...fields,
});
const versions = (...list: readonly Fields[]): CustomKind => ({ definition: { versions: list } });
const webhook = (clientConfig?: Fields, conversionReviewVersions: readonly string[] = ['v1']): CustomKind => ({
  definition: { conversion: { strategy: 'Webhook', webhook: { conversionReviewVersions, clientConfig } } },
});
const url = (text: string): CustomKind => webhook({ url: text });
const path = (text: string): CustomKind => webhook({ service: { name: 'a', namespace: 'b', path: text } });
const selectable = (schema: Fields, ...paths: readonly string[]): CustomKind =>
  versions(version('v1', { schema, selectableFields: paths.map((jsonPath) => ({ jsonPath })) }));
const scale = (specReplicasPath: string, statusReplicasPath: string, labelSelectorPath?: string): CustomKind =>
  versions(version('v1', { subresources: { scale: { specReplicasPath, statusReplicasPath, labelSelectorPath } } }));
const deprecated = (deprecationWarning: string, isDeprecated = true): CustomKind =>
  versions(version('v1', { deprecated: isDeprecated, deprecationWarning }));
const withDefault = (value: unknown, schema: Fields, ...rules: readonly Fields[]): CustomKind =>
  versions(
    version('v1', { schema: schemaOf({ a: { ...schema, default: value, 'x-kubernetes-validations': rules } }) }),
  );

/** Every keyword once: the server shows such a schema as it holds it. */
const EVERYTHING = schemaOf({
  text: { type: 'string', description: 'D', title: 'T', format: 'date', pattern: '^a', maxLength: 5, minLength: 1 },
  number: { type: 'number', minimum: 0.5, maximum: 1e21, exclusiveMaximum: true, multipleOf: 0.0000001 },
  list: { type: 'array', items: { type: 'integer' }, 'x-kubernetes-list-type': 'set', maxItems: 3, minItems: 1 },
  map: { type: 'object', additionalProperties: { type: 'string' }, maxProperties: 2, nullable: true },
  either: { 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'integer' }, { type: 'string' }] },
  embedded: { type: 'object', 'x-kubernetes-embedded-resource': true, 'x-kubernetes-preserve-unknown-fields': true },
  chosen: { type: 'string', enum: ['<a>', 'b'], default: 'b', example: { z: 1, a: [] }, externalDocs: { url: 'u' } },
  ruled: { type: 'string', 'x-kubernetes-validations': [{ rule: "self != ''", reason: 'FieldValueInvalid' }] },
});
const FIELDS = schemaOf({
  a: { type: 'string' },
  b: { type: 'number' },
  c: { type: 'array', items: { type: 'string' } },
  d: { type: 'object', additionalProperties: { type: 'string' } },
  e: { type: 'boolean' },
  f: { 'x-kubernetes-int-or-string': true },
});
const MANY = [...'abcdefghi'];

const KINDS: Readonly<Record<string, CustomKind>> = {
  'versions that are null': { definition: { versions: null } },
  'storage versions with other schemas': versions(version('v1'), version('v2', { schema: EVERYTHING })),
  'storage versions with other parts': versions(
    version('v1', {
      subresources: { status: {} },
      additionalPrinterColumns: [{ name: 'A', type: 'date', jsonPath: '.a' }],
    }),
    version('v2', {
      subresources: { scale: { specReplicasPath: '.spec.a', statusReplicasPath: '.status.a' } },
      deprecated: true,
      deprecationWarning: 'old',
    }),
  ),
  'a second version without a schema': versions(version('v1'), version('v2', { storage: false, schema: undefined })),
  'a second version that is no label': versions(version('v1'), version('V_2', { storage: false })),
  'a warning without deprecation': deprecated('x', false),
  'an empty warning': deprecated(''),
  'a long warning': deprecated('x'.repeat(257)),
  'a warning in two lines': deprecated('é\nb'),
  'an empty conversion': { definition: { conversion: {} } },
  'no conversion, but a webhook': {
    definition: {
      conversion: {
        strategy: 'None',
        webhook: { conversionReviewVersions: ['v1'], clientConfig: { url: 'https://a' } },
      },
    },
  },
  'a webhook that is nowhere': webhook({}, ['v2', 'v2', 'V_']),
  'a webhook at two places': webhook({ url: 'https://a', service: { name: 'a', namespace: 'b' } }),
  'a webhook without https': url('http://u:p@a.example.com?b=c#d'),
  'a webhook without a host': url('https:a'),
  'a webhook whose address is none': url('::'),
  'a webhook with a broken escape': url('https://a/%zz'),
  'a webhook with a broken port': url('https://a:x/'),
  'a webhook in a service without a name': webhook({ service: { name: '', namespace: '', path: 'a', port: 99_999 } }),
  'a webhook at a path with empty parts': path('/a//b_/'),
  'a webhook at a path of slashes': path('//'),
  'top-level preserveUnknownFields beside much else': {
    definition: {
      preserveUnknownFields: true,
      ...webhook({ url: 'https://a' }).definition,
      versions: [version('v1', { schema: schemaOf({ a: { type: 'string', default: 'x' } }) })],
    },
  },
  'selectable fields of many forms': selectable(
    FIELDS,
    ...['', '.spec', 'spec.a', '.spec.a', '.spec.a', '.spec.b', '.spec.c[0]', ".spec['a']", '.spec.d.x', '.spec.d'],
    ...['.spec.e', '.spec.f', '.', '..a', '.spec.a.b', '.spec.a.', '.spec.a]', '.metadata.name'],
  ),
  'selectable fields of metadata': selectable(
    {
      openAPIV3Schema: {
        type: 'object',
        properties: { metadata: { type: 'object', properties: { name: { type: 'string' } } } },
      },
    },
    '.metadata.name',
  ),
  'too many selectable fields': selectable(
    schemaOf(Object.fromEntries(MANY.map((name) => [name, { type: 'string' }]))),
    ...MANY.map((name) => `.spec.${name}`),
  ),
  'selectable fields of one version, a schema of both': versions(
    version('v1', { selectableFields: [{ jsonPath: '.spec.a' }] }),
    version('v2', { storage: false }),
  ),
  'selectable fields of both versions, a schema of each': versions(
    version('v1', { schema: FIELDS, selectableFields: [{ jsonPath: '.spec.a' }] }),
    version('v2', { storage: false, selectableFields: [{ jsonPath: '.spec.a' }] }),
  ),
  'a scale outside of spec and status': scale('spec.a', '.status', '.x'),
  'a scale at names in brackets': scale('.spec..a', ".status['a']", '.spec.x'),
  'columns of many forms': versions(
    version('v1', {
      additionalPrinterColumns: [
        {},
        { name: 'A', type: 'x', format: 'y', jsonPath: 'a' },
        { name: 'B', type: 'date', jsonPath: '.a[?(@.b==1)]' },
        { name: 'C', type: 'date', jsonPath: '.a[' },
      ],
    }),
  ),
  'names of many forms': {
    definition: {
      names: { plural: 'widgets', kind: 'Widget', singular: 'W W', shortNames: ['', 'A', 'a'], categories: ['A'] },
    },
  },
  'no kind': { definition: { names: { plural: 'widgets' } } },
  'a default that breaks a rule': withDefault('x', { type: 'string' }, { rule: "self == 'y'" }),
  'a default that breaks a rule about the old value': withDefault('x', { type: 'string' }, { rule: 'self != oldSelf' }),
  'a default that breaks a rule below it': withDefault(
    { b: 'x' },
    {
      type: 'object',
      properties: { b: { type: 'string', 'x-kubernetes-validations': [{ rule: "self == 'y'", message: 'no' }] } },
    },
    { rule: 'self.b.size() > 5', messageExpression: "'m' + self.b", fieldPath: '.b', reason: 'FieldValueForbidden' },
  ),
  'a status with more than its root may say': versions(
    version('v1', {
      schema: { openAPIV3Schema: { type: 'object', nullable: true, additionalProperties: true } },
      subresources: { status: {} },
    }),
  ),
};

export const REFUSAL_CASES: CaseTable = {
  ...Object.fromEntries(
    Object.entries(KINDS).map(([what, kind]): [string, CaseTable[string]] => [
      `definition: ${what}`,
      (k) => k.post(`${DEFINITIONS}?dryRun=All`, definition(k, kind)),
    ]),
  ),

  'definition: a name that is generated': (k) =>
    k.post(
      `${DEFINITIONS}?dryRun=All`,
      { ...definition(k), metadata: { generateName: 'x-' } },
      { only: ({ details }) => details.causes.map(({ field, reason }: any) => `${field} ${reason}`) },
    ),

  'definition: nothing at all': (k) => {
    const { apiVersion, kind } = definition(k);
    return k.post(`${DEFINITIONS}?dryRun=All`, { apiVersion, kind, metadata: { name: 'a' } });
  },

  'changes of a definition that is established': async (k) => {
    await install(k, versions(version('v1'), version('v2', { storage: false })));
    const change = (body: Fields, part = ''): Promise<unknown> =>
      k.patch('merge', `${definitionPath(k)}${part}?dryRun=All`, body, {
        only: ({ code, details, spec, status }) =>
          code === undefined ? { spec, storedVersions: status.storedVersions } : { code, details },
      });
    await change({ status: { storedVersions: [] } }, '/status');
    await change({ status: { storedVersions: ['v9'] } }, '/status');
    await change({ status: { acceptedNames: { plural: 'A B', kind: 'x y' } } }, '/status');
    await change({ spec: { versions: [version('v2')] } });
    await change({ spec: { versions: [] } });
    await change({ spec: { names: { kind: 'Other' }, scope: 'Cluster' } });
    await change({ spec: { names: { plural: 'others' } } });
    await change({ spec: { preserveUnknownFields: true } });
    await change({ spec: { versions: [version('v1', { storage: false }), version('v2')] } });
    await change({ spec: { names: { shortNames: ['w'], listKind: 'Wx' } } });
  },
};
