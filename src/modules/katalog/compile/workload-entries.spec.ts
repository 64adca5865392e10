// What entries say about the workloads beside them, and what of a workload can't be.
import { build, compile, katalogWith, onlyCrd } from '../testing/katalog-source';

const DEPLOYMENT = `  deployments:
    - { name: web, image: a }`;
const STATEFUL_SET = `  statefulSets:
    - { name: db, image: a }`;

function box(...lists: readonly string[]): string {
  return katalogWith(['onReconcile:', ...lists].join('\n'));
}

/** The only object of the kind. */
function objectOf(listKey: string, text: string): Record<string, any> {
  const entry = onlyCrd(compile(text)).onReconcile.entries.find(({ facts }) => facts.listKey === listKey);
  if (entry === undefined) throw new Error(`no entry of ${listKey}`);
  return build(entry);
}

function targetOf(yaml: string, ...workloads: readonly string[]): unknown {
  return objectOf('hpa', box(...workloads, `  hpa:\n    - { ${yaml} }`))['spec'].scaleTargetRef;
}

const errorsOf = (...lists: readonly string[]): readonly string[] => compile(box(...lists)).errors;

describe('the target of an autoscaler', () => {
  const web = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };
  const db = { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'db' };

  it.each([
    ['the only workload', 'maxReplicas: 2', [DEPLOYMENT], web],
    ['the workload of its name', 'name: db', [DEPLOYMENT, STATEFUL_SET], db],
    ['the only one of the kind', 'scaleTargetRef: { kind: StatefulSet }', [DEPLOYMENT, STATEFUL_SET], db],
    ['the one of that name', 'scaleTargetRef: { name: web }', [DEPLOYMENT, STATEFUL_SET], web],
  ])('is %s', (_name, yaml, workloads, expected) => {
    expect(targetOf(yaml, ...workloads)).toEqual(expected);
  });

  it.each([
    ['none is there', 'maxReplicas: 2', [], 'needs "kind" and "name": the operatorBox declares no workload'],
    [
      'there are two',
      'maxReplicas: 2',
      [DEPLOYMENT, STATEFUL_SET],
      'declares 2 workloads (web, db), none of this name',
    ],
    ['nobody has that name', 'scaleTargetRef: { name: wbe }', [DEPLOYMENT], 'needs "kind"'],
    ['there is none of the kind', 'scaleTargetRef: { kind: StatefulSet }', [DEPLOYMENT], 'needs "name"'],
  ])('is a problem when %s', (_name, yaml, workloads, says) => {
    expect(errorsOf(...workloads, `  hpa:\n    - { ${yaml} }`)).toEqual([expect.stringContaining(says)]);
  });
});

describe('a disruption budget', () => {
  const budget = (yaml: string): string => `  pdb:\n    - { ${yaml} }`;

  it('is for the workload of its name, else for the only one', () => {
    const found = objectOf('pdb', box(DEPLOYMENT, STATEFUL_SET, budget('name: db, maxUnavailable: 1')));
    expect(found['spec'].selector.matchLabels).toEqual({
      'orkestra-owner': 'shop',
      'orkestra.orkspace.io/component': 'db',
    });
  });

  it.each([
    ['maxUnavailable: 1', 'needs a "selector"'],
    ['name: db, minAvailable: 1, maxUnavailable: 1', 'exclude each other'],
    ['name: db', 'needs minAvailable, maxUnavailable or behavior.profile'],
  ])('{ %s } is a problem', (yaml, says) => {
    expect(errorsOf(DEPLOYMENT, STATEFUL_SET, budget(yaml))).toEqual([expect.stringContaining(says)]);
  });

  it('fails at run time when everything renders empty', () => {
    const text = box(DEPLOYMENT, budget('minAvailable: "{{ .spec.gone }}"'));
    expect(() => objectOf('pdb', text)).toThrow('needs minAvailable, maxUnavailable or behavior.profile');
  });
});

describe('a Job', () => {
  it('is written once, and says so when "reconcile" is asked for', () => {
    const { warnings, katalog } = compile(
      katalogWith('onCreate:\n  jobs:\n    - { name: a, image: b, reconcile: true }'),
    );
    expect(warnings).toEqual([expect.stringContaining('a Job is made once, and never changed')]);
    expect(katalog?.crds[0]?.onCreate.entries[0]).toMatchObject({ isReconciled: false, facts: { createOnly: true } });
  });

  it('in onDelete is refused by name: none runs there yet', () => {
    expect(compile(katalogWith('onDelete:\n  jobs:\n    - { name: a }')).errors).toEqual([
      expect.stringContaining('Jobs that run before a CR goes are not supported yet'),
    ]);
  });

  it('is no workload that a Service selects', () => {
    const found = objectOf(
      'services',
      box(DEPLOYMENT, '  jobs:\n    - { name: a, image: b }', '  services:\n    - { port: 80 }'),
    );
    expect(found['spec'].selector).toMatchObject({ 'orkestra.orkspace.io/component': 'web' });
  });
});

it('the name of a CronJob leaves room for those of its Jobs', () => {
  const name = 'a'.repeat(53);
  expect(errorsOf(`  cronJobs:\n    - { name: ${name}, image: a, schedule: "@daily" }`)).toEqual([
    expect.stringContaining('at most 52 characters'),
  ]);
});
