import { join } from 'node:path';
import { itemsOfSpec } from '../testing/items';
import { expectGolden, golden } from '../testing/golden';
import { build, compile, onlyCrd, WEBSITE } from '../testing/katalog-source';
import { deriveRuntimeRules } from '../rbac/derive-rules';
import { compileKatalog } from './compile-katalog';

const SAMPLE = join(__dirname, '../../../../examples/beginner/01-hello-website/katalog.yaml');

describe('built objects', () => {
  it.each(['shop', 'team', 'workloads'])('are these for realistic entries: %s', (name) => {
    const crd = onlyCrd(compile(golden(`${name}.katalog.yaml`)));
    const source = {
      type: 'kubernetes.io/dockerconfigjson',
      data: { 'ca.crt': 'PEM', owner: 'platform' },
      spec: { hard: { pods: '1' }, limits: [{ type: 'Pod' }], podSelector: { matchLabels: { app: 'base' } } },
    };
    const objects = [...crd.onCreate.entries, ...crd.onReconcile.entries].flatMap((entry) =>
      itemsOfSpec(entry, WEBSITE).map((data) => ({
        id: entry.id,
        object: build(entry, data, entry.copy === undefined ? undefined : source),
      })),
    );
    expectGolden(`${name}.objects.golden.json`, objects);
  });

  it('never differ between two builds of the same data', () => {
    const crd = onlyCrd(compile(golden('shop.katalog.yaml')));
    for (const entry of crd.onReconcile.entries.filter(({ forEach }) => forEach === undefined)) {
      expect(JSON.stringify(build(entry))).toBe(JSON.stringify(build(entry)));
    }
  });
});

describe('rights of a runtime', () => {
  it('are these for the sample', () => {
    expectGolden('hello-website.rules.golden.json', deriveRuntimeRules(compileKatalog([SAMPLE])));
  });

  it('hold escalate and bind where roles are granted', () => {
    const { katalog } = compile(golden('team.katalog.yaml'));
    if (katalog === undefined) throw new Error('does not compile');
    expectGolden('team.rules.golden.json', deriveRuntimeRules(katalog));
  });

  it('name no plural that is a guess', () => {
    const katalog = compileKatalog([SAMPLE]);
    const guessed = { ...katalog, crds: katalog.crds.map((crd) => ({ ...crd, isPluralGuessed: true })) };
    const resources = deriveRuntimeRules(guessed).flatMap((rule) => rule.resources);
    expect(resources).toContain('deployments');
    expect(resources.filter((name) => name.startsWith('websites'))).toEqual([]);
  });

  it('grow by what the inventories list, and name every resource once', () => {
    const katalog = compileKatalog([SAMPLE]);
    const rules = deriveRuntimeRules(katalog, [
      { group: 'batch', plural: 'jobs' },
      { group: 'apps', plural: 'deployments' },
    ]);
    const names = rules.map(({ apiGroups, resources }) => `${resources.join()}.${apiGroups.join()}`);
    expect(names).toContain('jobs.batch');
    expect(new Set(names).size).toBe(names.length);
    expect(names).toHaveLength(deriveRuntimeRules(katalog).length + 1);
  });
});
