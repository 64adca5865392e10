// Types of the data in every place of a Katalog where templates and conditions stand.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { TYPE_CODE } from '../../expression';
import { golden } from '../testing/golden';
import { compile, indent, katalogWith, type Outcome, websiteCrd } from '../testing/katalog-source';
import { compileKatalog } from './compile-katalog';

const SPEC = [
  'image: { type: string }',
  'replicas: { type: integer }',
  'paused: { type: boolean }',
  'tier: { type: string, enum: [gold, silver] }',
  'port: { x-kubernetes-int-or-string: true }',
  'hosts: { type: array, items: { type: string } }',
  'routes: { type: array, items: { type: object, properties: { path: { type: string }, port: { type: integer } } } }',
  'env: { type: object, additionalProperties: { type: integer } }',
  'extra: { type: object, x-kubernetes-preserve-unknown-fields: true }',
].join('\n');
const CRD = websiteCrd(
  'openAPIV3Schema:',
  '  type: object',
  '  properties:',
  '    spec:',
  '      type: object',
  '      properties:',
  indent(SPEC, 8),
  '    status: { type: object, x-kubernetes-preserve-unknown-fields: true }',
);

/** With the manifest above beside it. */
function withSchema(box: string, crd = ''): Outcome {
  const text = katalogWith(box, crd).replace(/apiTypes: .*/, 'crdFile: ./crd.yaml');
  return compile({ 'katalog.yaml': text, 'crd.yaml': CRD });
}

function deployment(fields: string): string {
  return `onReconcile:\n  deployments:\n    - name: "{{ .metadata.name }}"\n      image: nginx\n${indent(fields, 6)}`;
}

/** `§` in the text is the place where the one problem has to be. */
function expectError(outcome: Outcome, message: string): void {
  expect(outcome.errors).toEqual([`${outcome.marked ?? 'no mark'} ${message}`]);
}

describe('a field that the schema does not have', () => {
  const message = 'unknown field "replcas" in .spec (did you mean "replicas"?)';

  it.each([
    ['in a quoted text', deployment(`replicas: "{{ .spec.§replcas }}"`)],
    ['behind escapes', deployment(`replicas: "\\x7b\\u007b .spec.§replcas }}"`)],
    ['in a block', deployment(`env:\n  - name: A\n    value: |\n      first\n      {{ .spec.§replcas }}\n`)],
    [
      'in a folded block',
      deployment(
        `env:\n  - name: A\n    value: >-\n      {{ if .spec.paused }}\n      {{ .spec.§replcas }}\n      {{ end }}\n`,
      ),
    ],
    ['in a text over several lines', deployment(`env:\n  - name: A\n    value: 'first\n      {{ .spec.§replcas }}'`)],
    ['in a label', deployment(`labels: { a: "{{ .spec.§replcas }}" }`)],
    ['in an expected value', deployment(`when: [{ field: spec.image, equals: "{{ .spec.§replcas }}" }]`)],
    ['in a condition of a block', `onCreate:\n  when: [{ field: "{{ .spec.§replcas }}", exists: true }]`],
    ['in a field of the status', `status: { fields: [{ path: a, value: "{{ .spec.§replcas }}" }] }`],
  ])('%s', (_where, box) => {
    expectError(withSchema(box), `template: ${message}`);
  });

  it('in the value of a label of the resource', () => {
    expectError(withSchema('', 'labels: { a: "{{ .spec.§replcas }}" }'), `template: ${message}`);
  });

  it.each([
    [
      'a condition',
      deployment('when: [{ field: spec.§replcas, equals: "3" }]'),
      'unknown field "replcas" in spec (did you mean "replicas"?)',
    ],
    [
      'a condition, at the root',
      deployment('when: [{ field: §Spec.image, exists: true }]'),
      'unknown field "Spec" in the data (did you mean "spec"?)',
    ],
    [
      'a condition, in a list',
      deployment('or: [{ field: spec.hosts.§0, exists: true }]'),
      'spec.hosts is a list: it has no field "0"',
    ],
    [
      'a condition of the status',
      'status: { fields: [{ path: a, value: b, when: [{ field: spec.§tire, equals: gold }] }] }',
      'unknown field "tire" in spec (did you mean "tier"?)',
    ],
    [
      'forEach',
      deployment('forEach: { field: spec.§host }').replace('metadata.name', 'item'),
      'unknown field "host" in spec (did you mean "hosts"?)',
    ],
  ])('as a path of %s', (_where, box, problem) => {
    expectError(withSchema(box), problem);
  });

  it('is shown with the line of the template under a caret', () => {
    const { problems } = withSchema(deployment('replicas: "{{ .spec.replcas }}"'));
    expect(problems.map(({ code, severity, excerpt }) => [code, severity, excerpt])).toEqual([
      [TYPE_CODE.field, 'error', '\n    {{ .spec.replcas }}\n             ^'],
    ]);
  });

  it('is told for every place', () => {
    const { errors } = withSchema(deployment('replicas: "{{ .spec.a }}{{ .spec.b }}"\nport: "{{ .spec.c }}"'));
    expect(errors).toHaveLength(3);
  });
});

describe('children', () => {
  it('are those of the declared kinds', () => {
    const box = `${deployment('')}\nstatus: { fields: [{ path: a, value: "{{ .children.§service.status }}" }] }`;
    expectError(withSchema(box), 'template: unknown field "service" in .children; it has deployment, deployments');
  });

  it('have the fields of their kind, as far as is known', () => {
    const box = `${deployment('')}\nstatus: { fields: [{ path: a, value: "{{ .children.deployment.status.§readyReplcas }}" }] }`;
    const { warnings, marked } = withSchema(box);
    expect(warnings).toEqual([
      `${marked ?? ''} template: unknown field "readyReplcas" in .children.deployment.status (did you mean "readyReplicas"?)`,
    ]);
  });

  it('are known where the resource is not', () => {
    const box = `${deployment('')}\nstatus: { fields: [{ path: a, value: "{{ toLower §.children.deployment.status.replicas }}" }] }`;
    expectError(
      compile(katalogWith(box)),
      'template: toLower takes a string as "text", found int (.children.deployment.status.replicas)',
    );
  });
});

describe('the item of forEach', () => {
  const each = (field: string, fields: string): string =>
    deployment(`forEach: { field: ${field}, as: route }\n${fields}`).replace(
      '{{ .metadata.name }}',
      '{{ .metadata.name }}-{{ .index }}-{{ .item }}',
    );

  it.each([
    [
      'has the fields of an item',
      each('spec.routes', 'port: "{{ .route.§prt }}"').replace('-{{ .item }}', '-{{ .route.path }}'),
      'unknown field "prt" in .route (did you mean "port"?)',
    ],
    [
      'is the key of a map',
      each('spec.env', 'port: "{{ toLower §.value }}"'),
      'toLower takes a string as "text", found int (.value)',
    ],
    [
      'has no value in a list',
      each('spec.hosts', 'port: "{{ .§value }}"'),
      'unknown field "value" in the data; it has apiVersion, children, index, item, kind, metadata, route, spec, status',
    ],
    [
      'is a text of a list of texts',
      each('spec.hosts', 'port: "{{ add 1 .index }}{{ eq §.route 1 }}"'),
      'eq cannot compare string (.route) with int 1: they are of different kinds',
    ],
  ])('%s', (_what, box, message) => {
    expectError(withSchema(box), `template: ${message}`);
  });

  it('comes of a list or a map', () => {
    expectError(
      withSchema(each('§spec.replicas', '')),
      'forEach needs a list or a map, but spec.replicas is of type int',
    );
  });

  it('may be anything where nothing is known', () => {
    expect(compile(katalogWith(each('spec.anything', 'port: "{{ .route.port }}{{ .value.x }}"'))).errors).toEqual([]);
    expect(withSchema(each('spec.extra.list', 'port: "{{ .route.port }}"')).errors).toEqual([]);
  });
});

describe('a result that cannot become the value of its field', () => {
  it.each([
    ['replicas: "{{ §.metadata.name }}"', 'expected a number of replicas (0 or more), but .metadata.name is a name'],
    ['port: "{{ §.spec.paused }}"', 'expected a port (1 to 65535), but .spec.paused is a bool'],
    [`port: '{{ if .spec.paused }}§none{{ else }}80{{ end }}'`, 'expected a port (1 to 65535), found "none"'],
    [
      'resources: { requests: { cpu: "{{ §.spec.hosts }}" } }',
      'expected a quantity such as 250m or 64Mi, but .spec.hosts is a list',
    ],
    ['protocol: "{{ §.spec.tier }}"', 'expected a protocol (TCP, UDP, SCTP), but .spec.tier is "gold" or "silver"'],
    [
      'rollingUpdate: { maxSurge: "{{ §.metadata.uid }}" }',
      'expected a whole number or a percentage such as 25%, but .metadata.uid is a name',
    ],
    [
      'namespace: "{{ .metadata.namespace }}§_x"',
      'expected a namespace (lower-case letters, digits, "-"): "_x" can be no part of one',
    ],
    [
      'labels: { a: "{{ §.spec.hosts }}" }',
      'expected a label value (letters, digits, "-", "_", "."), but .spec.hosts is a list',
    ],
  ])('%s', (fields, message) => {
    expectError(withSchema(deployment(fields)), `template: ${message}`);
  });

  it.each([
    ['int', 'expected a number for type int, but .metadata.name is a name'],
    ['float', 'expected a number for type float, but .metadata.name is a name'],
    ['bool', 'expected true or false for type bool, but .metadata.name is a name'],
  ])('a field of the status of type %s', (type, message) => {
    const box = `status: { fields: [{ path: a, value: "{{ §.metadata.name }}", type: ${type} }] }`;
    expectError(withSchema(box), `template: ${message}`);
  });

  it.each([
    'replicas: "{{ .spec.replicas }}"',
    'replicas: "{{ .spec.image }}"',
    'port: "{{ .spec.port }}"',
    'port: "{{ .spec.extra.port }}"',
    `replicas: '{{ if eq .spec.tier "gold" }}3{{ else }}{{ .spec.replicas | default 1 }}{{ end }}'`,
    'resources: { limits: { cpu: "{{ .spec.replicas }}00m" } }',
    'labels: { a: "{{ .spec.tier }}", b: "{{ .spec.paused }}", c: "{{ .metadata.name }}.{{ .metadata.namespace }}" }',
  ])('takes %s', (fields) => {
    const { errors, warnings } = withSchema(deployment(fields));
    expect([...errors, ...warnings]).toEqual([]);
  });
});

describe('what is likely wrong', () => {
  it('is a warning', () => {
    const { katalog, warnings, marked } = withSchema(
      deployment(`replicas: '{{ if eq .spec.tier §"glod" }}2{{ end }}'`),
    );
    expect(katalog).toBeDefined();
    expect(warnings).toEqual([
      `${marked ?? ''} template: .spec.tier is never "glod" (did you mean "gold"?), so eq is never true; it is one of gold, silver`,
    ]);
    const unused = withSchema(deployment('replicas: "{{ §$n := .spec.replicas }}1"'));
    expect(unused.warnings).toEqual([`${unused.marked ?? ''} template: $n is declared and never used`]);
  });
});

describe('no false alarm', () => {
  const ROOT = join(__dirname, '../../../..');
  const katalogs = readdirSync(join(ROOT, 'examples'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('katalog.yaml'))
    .map((file) => join(ROOT, 'examples', file));

  it.each(katalogs)('in %s', (file) => {
    expect(compileKatalog([file]).warnings).toEqual([]);
  });

  it('in a Katalog that uses every field', () => {
    const codes: readonly string[] = Object.values(TYPE_CODE);
    const found = compile(golden('shop.katalog.yaml')).problems.filter(({ code }) => codes.includes(code));
    expect(found).toEqual([]);
  });

  it('for a resource without a schema', () => {
    const box = `${deployment('replicas: "{{ .spec.a.b }}{{ .status.x }}{{ .data.y }}"\nport: "{{ .Spec.port }}"')}`;
    expect(compile(katalogWith(box)).errors).toEqual([]);
  });

  it('where crdFile cannot be read: that is the one problem', () => {
    const text = katalogWith(deployment('replicas: "{{ .spec.replcas }}"'), 'crdFile: ./gone.yaml');
    expect(compile(text).errors).toHaveLength(1);
  });
});
