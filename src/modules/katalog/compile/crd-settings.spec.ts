import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CompiledCrd } from './compiled-katalog';
import { compileKatalog } from './compile-katalog';

let folder: string;

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'orkestra-settings-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function compiled(reconciler: string): CompiledCrd {
  const file = join(folder, 'katalog.yaml');
  writeFileSync(
    file,
    `apiVersion: orkestra.orkspace.io/v1
kind: Katalog
metadata: { name: settings }
spec:
  crds:
    website:
      apiTypes: { group: demo.orkestra.io, version: v1, kind: Website, plural: websites }
      operatorBox:
        reconciler: ${reconciler}
`,
  );
  const [crd] = compileKatalog([file]).crds;
  if (crd === undefined) throw new Error('no CRD');
  return crd;
}

describe('the settings of a CRD', () => {
  it('come from the entry, then from its profile, then from the defaults', () => {
    const { workers, resyncMs, maxQueueDepth } = compiled('{ profile: conservative, workers: 7 }');
    expect(workers).toEqual({ value: 7, source: 'configured' });
    expect(resyncMs).toEqual({ value: 60_000, source: 'configured' });
    expect(maxQueueDepth).toEqual({ value: 100, source: 'configured' });
    expect(compiled('{}').resyncMs).toEqual({ value: 30_000, source: 'default' });
  });

  it('refuse a resync without a pause: it would never rest', () => {
    expect(() => compiled('{ resync: 0s }')).toThrow('expected a duration from 100ms');
  });
});
