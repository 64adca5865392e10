import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { compileHere } from '../katalog/compile-here';
import { diff } from './diff';
import { template, type TemplateOptions } from './template';

const KATALOG = `apiVersion: orkestra.orkspace.io/v1
kind: Katalog
metadata: { name: shop, version: 1.2.0 }
spec:
  crds:
    blog:
      apiTypes: { group: a.b, version: v1, kind: Blog, plural: blogs }
      dependsOn: { shop: healthy }
      operatorBox: {}
    shop:
      apiTypes: { group: a.b, version: v1, kind: Shop, plural: shops }
      workers: 4
      operatorBox:
        onReconcile:
          configMaps:
            - { name: "{{ .metadata.name }}-a", data: { a: b } }
            - { name: "{{ .metadata.name }}-b", data: { a: b } }
        status:
          fields:
            - { path: phase, value: Ready }
`;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'orkestra-template-'));
  writeFileSync(join(folder, 'katalog.yaml'), KATALOG);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const shown = async (options?: TemplateOptions): Promise<string> =>
  stripVTControlCharacters(await template([], folder, options));

describe('ork template', () => {
  it('shows what will run, in the order of the start', async () => {
    expect(await shown()).toBe(`Katalog: shop (1.2.0)  orkestra.orkspace.io/v1
2 CRDs — startup order: shop → blog

├─ shop
│    a.b/v1, Kind=Shop
│    workers: 4
│    resync: 30s
│    onReconcile: 2 configMaps
│    status: phase
└─ blog
     a.b/v1, Kind=Blog
     workers: 3
     resync: 30s
     dependsOn: shop (healthy)
✓ Katalog is valid
`);
  });

  it('shows who waits for whom', async () => {
    expect(await shown({ isGraph: true })).toBe(`1. shop  a.b/v1, Kind=Shop
2. blog  a.b/v1, Kind=Blog ← shop (healthy)

shop
  └─ blog (healthy)
`);
  });

  it.each(['yaml', 'json'] as const)('prints %s that is the same Katalog again', async (format) => {
    const { katalog } = await compileHere([], folder);
    writeFileSync(join(folder, 'again.yaml'), await shown({ format }));
    const again = await compileHere(['again.yaml'], folder);
    expect([again.katalog.hash, again.warnings]).toEqual([katalog.hash, []]);
  });

  it('shows everything about one CRD, or each', async () => {
    const file = KATALOG.replace(
      '        onReconcile:',
      `        finalizers: [a.b/keep]
        autoscale: { profile: burst, conditions: { when: [{ field: metrics.queueDepth, greaterThan: 9 }] }, do: { workers: 8 }, cooldown: 1m }
        onReconcile:`,
    );
    writeFileSync(join(folder, 'katalog.yaml'), file);
    const shop = `shop
  APIVersion: a.b/v1
  Kind: Shop (shops)
  Namespaced: true
  Enabled: true
  Mode: default

  Runtime
    workers: 4
    resync: 30s (default)
    queue: unlimited (default)
    degraded after: 5 failures

  onReconcile
    configMaps(2): {{ .metadata.name }}-a, {{ .metadata.name }}-b

  Status fields
    phase

  Autoscale
    burst, when(metrics.queueDepth greaterThan 9), workers→8, cooldown 1m

  Finalizers
    a.b/keep

  Required by
    blog
`;
    expect(await shown({ crd: 'shop' })).toBe(shop);
    const all = await shown({ isVerbose: true });
    expect(all).toContain(shop);
    expect(all).toContain('  DependsOn\n    shop (healthy)\n');
    expect(await shown()).toContain(
      '│    autoscale: burst, when(metrics.queueDepth greaterThan 9), workers→8, cooldown 1m\n',
    );
  });

  it('prints one CRD, and names the nearest for one that is not there', async () => {
    expect(await shown({ crd: 'shop', format: 'yaml' })).toContain('operatorBox:');
    await expect(shown({ crd: 'shp' })).rejects.toThrow('no CRD "shp" (did you mean "shop"?)');
  });
});

describe('ork diff', () => {
  const compared = async (change: (text: string) => string, isText = false): Promise<[string, boolean]> => {
    writeFileSync(join(folder, 'new.yaml'), change(KATALOG));
    const { text, isDifferent } = await diff('katalog.yaml', 'new.yaml', folder, { isText });
    return [stripVTControlCharacters(text), isDifferent];
  };

  it('finds no difference in another spelling, order or style', async () => {
    const after = KATALOG.replace('      workers: 4\n', '').replace(
      'operatorBox:\n        onReconcile',
      'operatorBox:\n        reconciler: { workers: 4 }\n        onReconcile',
    );
    expect(await compared(() => after)).toEqual(['no differences\n', false]);
  });

  it('tells what came, what went and what is another', async () => {
    const [text, isDifferent] = await compared((katalog) =>
      katalog
        .replace('1.2.0', '1.3.0')
        .replace('workers: 4', 'workers: 5')
        .replace('-a", data: { a: b }', '-a", data: { a: c }')
        .replace('            - { name: "{{ .metadata.name }}-b", data: { a: b } }\n', '')
        .replace(
          / {4}blog:[\s\S]* {4}shop:/,
          '    page:\n      apiTypes: { group: a.b, version: v1, kind: Page, plural: pages }\n      operatorBox: {}\n    shop:',
        ),
    );
    expect(isDifferent).toBe(true);
    expect(text.split('\n').map((line) => line.trimEnd())).toEqual([
      '~ Katalog',
      '    ~ metadata.version: "1.2.0" → "1.3.0"',
      '- blog',
      '+ page',
      '~ shop',
      '    ~ operatorBox.onReconcile.configMaps[{{ .metadata.name }}-a].data.a: "b" → "c"',
      '    - operatorBox.onReconcile.configMaps[{{ .metadata.name }}-b]: {"name":"{{ .metadata.name }}-b","data":{"a":"b"}}',
      '    ~ operatorBox.reconciler.workers: 4 → 5',
      '',
    ]);
  });

  it('compares the texts', async () => {
    expect(await compared((text) => text.replace('workers: 4', 'workers: 5'), true)).toEqual([
      expect.stringContaining('-      workers: 4\n+      workers: 5\n'),
      true,
    ]);
  });
});
