import { compile, indent, onlyCrd, type Outcome, websiteCrd } from '../testing/katalog-source';

const FULL =
  'conditions: { type: array, items: { type: object, x-kubernetes-preserve-unknown-fields: true } }, observedGeneration: { type: integer }';

function crdFile(status: string): string {
  return websiteCrd(
    'openAPIV3Schema:',
    '  type: object',
    `  properties: { spec: { type: object }${status === '' ? '' : `, status: { type: object, properties: { ${status} } }`} }`,
  );
}

function withStatus(status: string, box: string, crd = ''): Outcome {
  const katalog = [
    'apiVersion: orkestra.orkspace.io/v1',
    'kind: Katalog',
    'metadata: { name: demo }',
    'spec:',
    '  crds:',
    '    website:',
    '      crdFile: crd.yaml',
    ...(crd === '' ? [] : [indent(crd, 6)]),
    '      operatorBox:',
    '        status:',
    indent(box, 10),
    '',
  ].join('\n');
  return compile({ 'katalog.yaml': katalog, 'crd.yaml': crdFile(status) });
}

function field(yaml: string, schema: string): Outcome {
  return withStatus(`${FULL}, ${schema}`, `fields:\n  - ${yaml}`);
}

describe('a status field', () => {
  it.each([
    ['{ path: phase, value: x }', 'phase: { type: string }'],
    ['{ path: ready, value: "{{ 1 }}", type: INT }', 'ready: { type: integer }'],
    ['{ path: ready, value: "1", type: int }', 'ready: { type: number }'],
    ['{ path: ratio, value: "1.5", type: float }', 'ratio: { type: number }'],
    ['{ path: on, value: "true", type: Boolean }', 'on: { type: boolean }'],
    ['{ path: any, value: x, type: auto }', 'any: { type: integer }'],
    ['{ path: port, value: http }', 'port: { x-kubernetes-int-or-string: true }'],
    ['{ path: web.url, value: x }', 'web: { type: object, properties: { url: { type: string } } }'],
    ['{ path: map.a, value: x }', 'map: { type: object, additionalProperties: { type: string } }'],
    ['{ path: free.a.b, value: x }', 'free: { type: object, x-kubernetes-preserve-unknown-fields: true }'],
  ])('%s fits %s', (yaml, schema) => {
    const { errors, warnings } = field(yaml, schema);
    expect([...errors, ...warnings]).toEqual([]);
  });

  it.each([
    [
      '{ path: §phase, value: x, type: int }',
      'phase: { type: string }',
      'status.phase is of type string in the CRD\'s schema, but "type" here is int: the API server would refuse it',
    ],
    [
      '{ path: §ready, value: "1" }',
      'ready: { type: integer }',
      'status.ready is of type integer in the CRD\'s schema, but "type" here is string: the API server would refuse it',
    ],
    [
      '{ path: §ready, value: "1", type: int, when: [{ field: metadata.name }], clearOnFalse: true }',
      'ready: { type: integer }',
      '"clearOnFalse" writes "", but status.ready is of type integer in the CRD\'s schema',
    ],
    ['{ path: §a..b, value: x }', 'phase: { type: string }', 'expected a path such as phase or web.url, found "a..b"'],
    [
      '{ path: §__proto__.x, value: x }',
      'phase: { type: string }',
      'expected a path such as phase or web.url, found "__proto__.x"',
    ],
    ['{ path: §conditions, value: x }', 'phase: { type: string }', 'status.conditions is written by Orkestra itself'],
    [
      '{ path: phase, value: x, type: §number }',
      'phase: { type: string }',
      'expected one of string, str, default, int, integer, float, bool, boolean, auto, found "number"',
    ],
    ['{ path: phase, value: "§{{ .a" }', 'phase: { type: string }', 'template: unclosed action: "}}" is missing'],
    ['§{ path: phase }', 'phase: { type: string }', 'missing required field "value" (string)'],
  ])('%s is refused', (yaml, schema, message) => {
    const { errors, marked } = field(yaml, schema);
    expect(errors).toEqual([`${marked ?? ''} ${message}`]);
  });

  it('that the schema would drop is a warning, and so is one that has no effect', () => {
    expect(field('{ path: phse, value: x }', 'phase: { type: string }').warnings).toEqual([
      expect.stringContaining("status.phse is not in the CRD's schema: the API server would drop it"),
    ]);
    expect(field('{ path: phase, value: x, clearOnFalse: true }', 'phase: { type: string }').warnings).toEqual([
      expect.stringContaining('"clearOnFalse" has no effect without "when" or "or"'),
    ]);
    expect(withStatus(FULL, 'fields: [{ path: a, value: x }]', 'ignoreStatusPatch: true').warnings).toContainEqual(
      expect.stringContaining('never written'),
    );
  });
});

describe('what Orkestra writes into the status itself', () => {
  it.each([
    [
      'phase: { type: string }',
      'conditions: true',
      "the CRD's schema has no status.conditions and no status.observedGeneration",
    ],
    ['observedGeneration: { type: integer }', 'conditions: true', "the CRD's schema has no status.conditions"],
    ['phase: { type: string }', 'conditions: false', "the CRD's schema has no status.observedGeneration"],
    ['', 'conditions: classic', "the CRD's schema has no status.conditions and no status.observedGeneration"],
  ])('is a warning where the schema { %s } would drop it', (schema, box, message) => {
    expect(withStatus(schema, box).warnings).toEqual([expect.stringContaining(message)]);
  });

  it('is pruned by a schema without status, too', () => {
    expect(onlyCrd(withStatus('', 'conditions: true')).status.schema).toEqual({ type: 'object' });
  });

  it('has three forms of conditions', () => {
    const of = (form: string): string => onlyCrd(withStatus(FULL, `conditions: ${form}`)).status.conditions;
    expect([of('true'), of('classic'), of('false')]).toEqual(['kstatus', 'classic', 'off']);
  });
});
