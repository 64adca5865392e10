// Objects of any kind: what templates in free content give, and what is known of a kind without a cluster.
import { type JsonValue } from '../../common';
import { deriveRuntimeRules } from '../rbac/derive-rules';
import {
  build,
  compile,
  indent,
  katalogWith,
  onlyCrd,
  type Outcome,
  WEBSITE,
  websiteCrd,
} from '../testing/katalog-source';

function custom(text: string, block = 'onReconcile'): string {
  return katalogWith(`${block}:\n  custom:\n${indent(text, 4)}`);
}

const WIDGET = '- apiVersion: acme.io/v1\n  kind: Widget\n  metadata: { name: w }\n';

/** The value of `spec.a` as it is sent. */
function rendered(yaml: string, spec: Record<string, JsonValue> = {}): JsonValue | undefined {
  const [entry] = onlyCrd(compile(custom(`${WIDGET}  spec: { a: ${yaml} }`))).onReconcile.entries;
  if (entry === undefined) throw new Error('no entry');
  const built = build(entry, { ...WEBSITE, spec: { ...(WEBSITE['spec'] as object), ...spec } });
  return (built['spec'] as Record<string, JsonValue>)['a'];
}

describe('a value of free content', () => {
  it.each<[string, JsonValue | undefined]>([
    ['3', 3],
    ['"3"', '3'],
    ['true', true],
    ['[1, "x", { b: ~ }]', [1, 'x', {}]],
    ['"{{ .spec.replicas }}"', 2],
    ['"n-{{ .spec.replicas }}"', 'n-2'],
    // Whoever passes a value on means the value.
    ['"{{ .spec.version }}"', '1.20'],
    ['"{{ .spec.zones }}"', ['north', 'south']],
    ['"{{ toJson .spec.zones }}"', ['north', 'south']],
    ['"{{ toJson .spec.version }}"', '1.20'],
    ['"{{ printf `%d` .spec.replicas }}"', 2],
    ['"{{ print `007` }}"', 7],
    ['"{{ print `1e3` }}"', 1000],
    ['"{{ print `T` }}"', true],
    ['"{{ print `tRUE` }}"', 'tRUE'],
    ['"{{ print `0x10` }}"', '0x10'],
    ['"{{ print `{a: 1}` }}"', '{a: 1}'],
    ['"{{ print `NaN` }}"', 'NaN'],
    // Nothing is left of what renders empty.
    ['"{{ .spec.gone }}"', undefined],
    ['["{{ .spec.gone }}", b]', ['b']],
    ['{ c: "{{ .spec.gone }}", d: 1 }', { d: 1 }],
    ['"{{ .spec.long }}"', 9007199254740993n],
  ])('%s gives %p', (yaml, expected) => {
    expect(rendered(yaml, { version: '1.20', long: 9007199254740993n })).toEqual(expected);
  });
});

describe('an object of a kind of Kubernetes', () => {
  const DAEMON_SET = '- apiVersion: apps/v1\n  kind: DaemonSet\n  metadata: { name: agent }\n';
  const container = (fields: string): string =>
    `${DAEMON_SET}  spec: { selector: { matchLabels: { a: b } }, template: { spec: { containers: [{ name: a, ${fields} }] } } }`;

  it('takes what the schema of the place takes', () => {
    const text = container(
      'env: [{ name: N, value: "{{ .spec.replicas }}" }], ports: [{ containerPort: "{{ .spec.replicas }}" }]',
    );
    const [entry] = onlyCrd(compile(custom(text))).onReconcile.entries;
    const built = JSON.stringify(build(entry!));
    expect(built).toContain('"value":"2"');
    expect(built).toContain('"containerPort":2');
    expect(entry?.facts.compare.mergeKeys).toMatchObject({
      'spec.template.spec.containers[]': ['name'],
      'spec.template.spec.containers[].ports[]': ['containerPort', 'protocol'],
    });
  });

  it.each([
    ['§imagge: x', 'spec.template.spec.containers[] has no field "imagge" (did you mean "image"?)'],
    ['image: §3', 'spec.template.spec.containers[].image: expected a text, found 3: write it in quotes'],
    ['env: §{ a: b }', 'expected a list, found a map'],
    ['tty: "{{ §.metadata.name }}"', 'expected true or false, but .metadata.name is a name'],
  ])('refuses %s', (fields, says) => {
    const { errors, marked } = compile(custom(container(fields)));
    expect(errors).toEqual([expect.stringContaining(`${marked} `)]);
    expect(errors[0]).toContain(says);
  });

  it('names a key that the kind does not have', () => {
    const { errors, marked } = compile(custom(`${DAEMON_SET}  §data: {}`));
    expect(errors).toEqual([`${marked} a DaemonSet has no field "data"`]);
  });
});

const CART = `    cart:
      apiTypes: { group: demo.orkestra.io, version: v1, kind: Cart, plural: carts }
      operatorBox:
        onReconcile:
          custom:
            - { apiVersion: demo.orkestra.io/v1, kind: Website, metadata: { name: "{{ .metadata.name }}" }, spec: { size: §big } }
            - { apiVersion: acme.io/v1, kind: Widget, metadata: { name: w } }
`;

/** A Cart makes Websites, whose CRD is in the Katalog. */
function withCart(crd: string): Outcome {
  return compile({
    'katalog.yaml': `${katalogWith('').replace(/ +apiTypes:.*\n/, '      crdFile: crd.yaml\n')}${CART}`,
    'crd.yaml': crd,
  });
}

describe('a kind of another CRD of the Katalog', () => {
  const schema = (type: string): string =>
    websiteCrd(
      'openAPIV3Schema:',
      '  type: object',
      '  properties:',
      `    spec: { type: object, properties: { size: { type: ${type} } } }`,
    );

  it('is checked by its schema', () => {
    const { errors, marked } = withCart(schema('integer'));
    expect(errors).toEqual([`${marked} spec.size: expected a whole number, found big`]);
  });

  it('tells its plural for rules; what no text tells has none', () => {
    const { katalog, errors } = withCart(schema('string'));
    expect(errors).toEqual([]);
    const cart = katalog?.crds.find(({ name }) => name === 'cart');
    expect(cart?.customKinds.map(({ gvk, resource }) => [gvk.kind, resource?.plural])).toEqual([
      ['Website', 'websites'],
      ['Widget', undefined],
    ]);
    const rules = deriveRuntimeRules(katalog!).map(({ resources: [name], verbs }) => `${name} ${verbs.join()}`);
    expect(rules).toContain('websites get,list,watch,patch,create,delete');
    expect(rules.filter((rule) => rule.startsWith('widget'))).toEqual([]);
  });
});

describe('a kind of the language', () => {
  const DEPLOYMENT = `- apiVersion: apps/v1
  kind: Deployment
  metadata: { name: web }
  spec: { replicas: 1, selector: { matchLabels: { a: b } }, template: { spec: { containers: [] } } }`;

  it('is known without a cluster', () => {
    const crd = onlyCrd(compile(custom(DEPLOYMENT)));
    expect(crd.customKinds).toEqual([]);
    expect(crd.childKinds.map(({ listKey, resource }) => [listKey, resource.plural])).toEqual([
      ['custom', 'deployments'],
    ]);
  });

  it('is one object with an entry of its own list', () => {
    const both = `onReconcile:\n  deployments: [{ name: web, image: "a:1" }]\n  custom:\n${indent(DEPLOYMENT, 4)}`;
    expect(compile(katalogWith(both)).errors).toEqual([expect.stringContaining('makes the same object "web" as')]);
  });
});

describe('an entry of onDelete', () => {
  const deletion = (entry: string): string =>
    katalogWith(
      `onReconcile:\n  custom:\n${indent(WIDGET, 4)}\nonDelete:\n  ordered: true\n  custom:\n${indent(entry, 4)}`,
    );

  it('means the entry of the same kind and name', () => {
    const { onDelete, onReconcile } = onlyCrd(compile(deletion(WIDGET)));
    expect(onDelete?.stages[0]?.entries.map(({ id }) => id)).toEqual(onReconcile.entries.map(({ id }) => id));
    const other = compile(deletion(WIDGET.replace('Widget', 'Gadget')));
    expect(other.warnings).toContainEqual(expect.stringContaining('no entry of onCreate or onReconcile is named so'));
  });

  it('has an id, or kind and apiVersion', () => {
    const { errors, marked } = compile(deletion('- §{ metadata: { name: w } }'));
    expect(errors).toEqual([`${marked} needs "id", or "apiVersion" and "kind" as the entry that is meant has them`]);
    expect(compile(deletion('- { id: main }')).errors).toEqual([]);
  });
});

it('two objects of one name and two kinds are two', () => {
  const { errors } = compile(custom(`${WIDGET}${WIDGET.replace('Widget', 'Gadget')}`));
  expect(errors).toEqual([]);
});
