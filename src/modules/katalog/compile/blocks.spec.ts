// What the entries of one operatorBox are to each other: selectors, ids, duplicates, deletion, the finalizer.
import {
  build,
  compile,
  EVALUATION,
  indent,
  katalogWith,
  onlyCrd,
  type Outcome,
  WEBSITE,
} from '../testing/katalog-source';

function box(text: string): Outcome {
  return compile(katalogWith(text));
}

const web = '- { name: web, image: a }';
const two = `deployments:\n  - { name: web, image: a }\n  - { name: api, image: b }`;

function selectorOf(yaml: string): unknown {
  const crd = onlyCrd(box(`onReconcile:\n${indent(yaml, 2)}`));
  const service = crd.onReconcile.entries.find(({ facts }) => facts.listKey === 'services');
  const object = service === undefined ? {} : build(service, { ...WEBSITE, zone: 'north', item: 'north' });
  return (object['spec'] as { readonly selector: unknown }).selector;
}

describe('a Service selects', () => {
  const OWNER = { 'orkestra-owner': 'shop' };
  const COMPONENT = 'orkestra.orkspace.io/component';

  it('the workload of its name', () => {
    expect(selectorOf(`${two}\nservices:\n  - { name: api, port: 80 }`)).toEqual({ ...OWNER, [COMPONENT]: 'api' });
  });

  it('else the only workload of the box, also one of onCreate', () => {
    expect(selectorOf(`deployments:\n  ${web}\nservices:\n  - { name: front, port: 80 }`)).toEqual({
      ...OWNER,
      [COMPONENT]: 'web',
    });
    const crd = onlyCrd(box(`onCreate:\n  deployments:\n    ${web}\nonReconcile:\n  services:\n    - { port: 80 }`));
    expect(build(crd.onReconcile.entries[0] as never)).toMatchObject({ spec: { selector: { [COMPONENT]: 'web' } } });
  });

  it('what its selector says, in the workload of its name', () => {
    const of = (name: string): unknown =>
      selectorOf(`${two}\nservices:\n  - { name: ${name}, port: 80, selector: { tier: x } }`);
    expect(of('api')).toEqual({ tier: 'x', ...OWNER, [COMPONENT]: 'api' });
    expect(of('all')).toEqual({ tier: 'x', ...OWNER });
  });

  it('the workload of the same item, when both run over the same list', () => {
    const each = 'forEach: { field: spec.zones, as: zone }';
    const yaml = `deployments:\n  - { name: "web-{{ .zone }}", image: a, ${each} }\nservices:\n  - { name: "svc-{{ .zone }}", port: 80, ${each} }`;
    expect(selectorOf(yaml)).toEqual({ ...OWNER, [COMPONENT]: 'web-north' });
  });

  it.each([
    ['', 'the operatorBox declares no workload'],
    [two, 'the operatorBox declares 2 workloads (web, api), none of this name'],
    [
      'deployments:\n  - { name: "web-{{ .item }}", image: a, forEach: { field: spec.zones } }',
      'the workload web-{{ .item }} is made by forEach, one for each item',
    ],
  ])('nothing that could be guessed: %j', (workloads, reason) => {
    const yaml = `${workloads}\nservices:\n  - §{ name: front, port: 80 }`;
    const { errors, marked } = box(`onReconcile:\n${indent(yaml, 2)}`);
    expect(errors).toEqual([`${marked ?? ''} the Service needs a "selector": ${reason}`]);
  });

  it('nothing when the name of the workload is broken, which is told once', () => {
    const { errors } = box(
      'onReconcile:\n  deployments:\n    - { name: "{{ .a", image: a }\n  services:\n    - { port: 80 }',
    );
    expect(errors).toEqual([expect.stringContaining('unclosed action')]);
  });
});

describe('the id of an entry', () => {
  const ids = (yaml: string): readonly string[] =>
    onlyCrd(box(`onReconcile:\n  configMaps:\n${indent(yaml, 4)}`)).onReconcile.entries.map(({ id }) => id);

  it('does not change when entries are moved, and differs by name and namespace as written', () => {
    const [a = '', b = ''] = ids('- { name: a }\n- { name: b }');
    expect(ids('- { name: b }\n- { name: a }')).toEqual([b, a]);
    expect(a).toMatch(/^configMaps-[0-9a-f]{8}$/);
    expect(ids('- { name: a, namespace: x }')[0]).not.toBe(a);
    expect(ids('- { name: a, data: { k: v } }')[0]).toBe(a);
  });

  it('is shared by entries of one object, and by no others', () => {
    const gate = (value: string): string => `when: [{ field: spec.debug, equals: "${value}" }]`;
    const [first, second] = ids(`- { name: a, ${gate('yes')} }\n- { name: a, ${gate('no')} }`);
    expect(first).toBe(second);
    const { errors } = box(
      'onReconcile:\n  configMaps:\n    - { id: x, name: a }\n    - §{ id: x, name: b }'.replace('§', ''),
    );
    expect(errors).toEqual([expect.stringContaining('id "x" belongs to')]);
  });
});

describe('two entries of one object', () => {
  const list = (first: string, second: string): readonly string[] =>
    box(`onReconcile:\n  configMaps:\n    - ${first}\n    - ${second}`).errors;

  it('are an error when both are always there', () => {
    expect(list('{ name: a }', '{ name: a }')).toEqual([
      expect.stringMatching(/^katalog\.yaml:13:15 makes the same object "a" as .*configMaps\[0\] \(line 12\)$/),
    ]);
    expect(
      box('onCreate:\n  configMaps: [{ name: a }]\nonReconcile:\n  configMaps: [{ name: a }]').errors,
    ).toHaveLength(1);
  });

  it('are right with conditions, in other namespaces, and in blocks with conditions', () => {
    expect(list('{ name: a, when: [{ field: spec.x }] }', '{ name: a }')).toEqual([]);
    expect(list('{ name: a, namespace: x }', '{ name: a }')).toEqual([]);
    const gate = 'when: [{ field: spec.x }]';
    expect(
      box(`onCreate:\n  ${gate}\n  configMaps: [{ name: a }]\nonReconcile:\n  configMaps: [{ name: a }]`).errors,
    ).toEqual([]);
  });

  it('also come of a forEach whose name does not tell the items apart', () => {
    const { errors, marked } = box(
      'onReconcile:\n  configMaps:\n    - { name: §same, forEach: { field: spec.zones, as: zone } }',
    );
    expect(errors).toEqual([
      `${marked ?? ''} every item of forEach would make the same object: the name has to use {{ .zone }}`,
    ]);
    const spread = '{ name: same, namespace: "{{ .zone }}", forEach: { field: spec.zones, as: zone } }';
    expect(box(`onReconcile:\n  configMaps:\n    - ${spread}`).errors).toEqual([]);
  });
});

describe('contradictions in an entry', () => {
  it.each([
    [
      'onCreate',
      '§{ name: a, once: true, reconcile: true }',
      '"once" and "reconcile" exclude each other: once created, the object is left alone',
    ],
    [
      'onReconcile',
      '§{ name: a, reconcile: false }',
      'onReconcile entries are always kept as declared: write "once: true", or move it to onCreate',
    ],
    [
      'onReconcile',
      '{ name: a, namespace: §x, toNamespaces: [y] }',
      '"namespace" and "toNamespaces" exclude each other',
    ],
  ])('%s %s', (phase, entry, message) => {
    const { errors, marked } = box(`${phase}:\n  configMaps:\n    - ${entry}`);
    expect(errors).toEqual([`${marked ?? ''} ${message}`]);
  });

  it.each([
    ['resources: { requests: { cpu: §2 }, limits: { cpu: 500m } }', 'the request 2 is more than the limit 500m'],
    [
      'rollingUpdate: §{ maxSurge: 0, maxUnavailable: 0% }',
      'maxSurge and maxUnavailable are both 0: no pod could ever be replaced',
    ],
    ['resources: §{ profile: tiny, limits: { cpu: 1 } }', '"profile" excludes limits'],
    ['env: [{ name: A }, §{ name: A }]', 'variable "A" is declared twice'],
    [
      'env: [§{ name: A, value: x, valueFrom: { secretKeyRef: { name: s, key: k } } }]',
      'variable "A" takes exactly one of value, valueFrom.secretKeyRef, valueFrom.configMapKeyRef',
    ],
    [
      'volumes: [§{ name: v }]',
      'a volume takes exactly one of configMap, secret, emptyDir, persistentVolumeClaim, hostPath; found none',
    ],
    ['volumes: [{ name: v, emptyDir: {} }, { name: §v, emptyDir: {} }]', 'volume "v" is declared twice'],
    ['probes: { readiness: §{ type: http, port: 80 } }', 'an http probe needs a "path"'],
    ['probes: { readiness: §{ path: /x } }', 'a probe needs a "port", because the container has none'],
  ])('%s', (line, message) => {
    const { errors, marked } = box(`onReconcile:\n  deployments:\n    - name: web\n      image: a\n      ${line}`);
    expect(errors).toEqual([`${marked ?? ''} ${message}`]);
  });

  it('a headless Service has no other type', () => {
    const { errors } = box(
      'onReconcile:\n  services:\n    - { port: 80, selector: { a: b }, headless: true, type: NodePort }',
    );
    expect(errors).toEqual([expect.stringContaining('a headless Service is of type ClusterIP, found "NodePort"')]);
  });

  it('a label of Orkestra itself is a warning', () => {
    const { warnings } = box('onReconcile:\n  configMaps:\n    - { labels: { orkestra-owner: me } }');
    expect(warnings).toEqual([expect.stringContaining('"orkestra-owner" has no effect here')]);
  });
});

describe('onDelete', () => {
  const declared = `onReconcile:\n  deployments:\n    - { name: "{{ .metadata.name }}-web", image: a }\n`;
  const named = '- { name: "{{ .metadata.name }}-web" }';

  it('names what is deleted: neither an image nor anything else is needed', () => {
    const text = `${declared}onDelete:\n  ordered: true\n  timeout: 2m\n  groups:\n    - name: app\n      deployments:\n        ${named}`;
    const { onDelete, onReconcile, needsFinalizer, childKinds } = onlyCrd(box(text));
    expect(onDelete).toMatchObject({ ordered: true, timeoutMs: 120_000, stages: [{ name: 'app' }] });
    expect(onDelete?.stages[0]?.entries[0]?.id).toBe(onReconcile.entries[0]?.id);
    expect(needsFinalizer).toBe(true);
    expect(childKinds.map(({ listKey }) => listKey)).toEqual(['deployments']);
  });

  it('without groups is one stage, whose conditions are those of the block', () => {
    const text = `${declared}onDelete:\n  ordered: true\n  when: [{ field: spec.keep, notExists: true }]\n  deployments:\n    ${named}`;
    const { onDelete } = onlyCrd(box(text));
    expect(onDelete?.conditions.evaluate(WEBSITE, EVALUATION)).toBe(true);
    expect(onDelete?.conditions.evaluate({ spec: { keep: 'yes' } }, EVALUATION)).toBe(false);
    expect(onDelete?.stages).toHaveLength(1);
    expect(onDelete?.stages[0]?.conditions.isAlways).toBe(true);
  });

  it('warns of fields that do nothing there, and of a name that is written in another way', () => {
    const text = (entry: string): string => `${declared}onDelete:\n  ordered: true\n  deployments:\n    - ${entry}`;
    const { warnings, marked } = box(text('{ name: "{{ .metadata.name }}-web", §image: a }'));
    expect(warnings).toEqual([expect.stringContaining(`${marked ?? ''} "image" has no effect here`)]);
    expect(box(text('{ name: "{{.metadata.name}}-web" }')).warnings).toEqual([
      expect.stringContaining('has to be written exactly as there'),
    ]);
  });

  it.each([
    ['"{{.metadata.name}}-a"', '"{{ .metadata.name }}-a"', '(did you mean "{{ .metadata.name }}-a"?)'],
    ['contnet', 'content', '(did you mean "content"?)'],
    ['other', '"{{ .metadata.name }}-a"', '; declared is "{{ .metadata.name }}-a"'],
    ['a', 'a, namespace: web', '; one of that name has the namespace "web"'],
  ])(
    'an onDelete entry %s that is not the declared %s is told at its place, with what is meant',
    (found, declared, hint) => {
      const text = katalogWith(
        `onReconcile:\n  configMaps: [{ name: ${declared} }]\nonDelete:\n  ordered: true\n  configMaps:\n    - §{ name: ${found} }`,
      );
      const { errors, warnings, marked } = compile(text);
      expect(errors).toEqual([]);
      expect(warnings).toHaveLength(1);
      expect(warnings[0]).toMatch(new RegExp(`^${marked ?? 'no mark'} `));
      expect(warnings[0]?.endsWith(hint)).toBe(true);
    },
  );

  it.each([
    [
      `deployments:\n  ${named}`,
      'deployments in onDelete would do nothing without "ordered: true"; children of the CR are deleted in any case',
    ],
    ['timeout: 5m', '"timeout" needs "ordered: true"'],
    [`groups:\n  - deployments:\n      ${named}`, '"groups" need "ordered: true"'],
    ['ordered: true', '"ordered: true" needs entries, or groups with entries: there is nothing to delete'],
    [
      `ordered: true\ndeployments:\n  ${named}\ngroups:\n  - name: a\n    deployments:\n      ${named}`,
      'deployments beside "groups" would never be deleted: put them into a group',
    ],
  ])('%j is refused', (yaml, message) => {
    expect(box(`${declared}onDelete:\n${indent(yaml, 2)}`).errors).toEqual([expect.stringContaining(message)]);
  });

  it('knows its groups by different names', () => {
    const group = `- name: a\n  deployments:\n    ${named}`;
    const { errors } = box(`${declared}onDelete:\n  ordered: true\n  groups:\n${indent(`${group}\n${group}`, 4)}`);
    expect(errors).toEqual([expect.stringContaining('two groups are named "a"')]);
  });
});

describe('our finalizer', () => {
  const needs = (entry: string, crd = ''): boolean =>
    onlyCrd(compile(katalogWith(`onReconcile:\n  configMaps:\n    - ${entry}`, crd))).needsFinalizer;

  it.each([
    ['{ name: a }', false],
    ['{ name: a, namespace: "{{ .metadata.namespace }}" }', false],
    ['{ name: a, namespace: other }', true],
    ['{ name: a, namespace: "{{ .spec.ns }}" }', true],
    ['{ name: a, fromConfigMap: b, fromNamespace: c }', false],
    ['{ name: a, toNamespaces: [b] }', true],
  ])('%s: %s', (entry, expected) => {
    expect(needs(entry)).toBe(expected);
  });

  it('is not needed for a cluster-scoped CR: garbage collection finds its children everywhere', () => {
    expect(needs('{ name: a, namespace: other }', 'namespaced: false')).toBe(false);
  });
});
