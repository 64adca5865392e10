import { compileKatalog } from '../../src/modules/katalog';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { largeKatalog, TEMPLATES_PER_CRD } from './large-katalog';

it.each([true, false])(
  'has as many CRDs and templates as it says, and nothing to complain of; manifests: %j',
  (hasManifests) => {
    const files = largeKatalog(2, hasManifests);
    const folder = mkdtempSync(join(tmpdir(), 'ork-large-'));
    try {
      for (const [path, text] of files) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      const { crds, warnings } = compileKatalog([join(folder, 'katalog.yaml')]);
      expect(crds.map(({ name }) => name)).toEqual(['app0000', 'app0001']);
      expect(warnings).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    const texts = [...(files.get('katalog.yaml') ?? '').matchAll(/"[^"\n]*\{\{.*?"(?=[\],\n])|'[^'\n]*\{\{[^'\n]*'/g)];
    expect(texts).toHaveLength(2 * TEMPLATES_PER_CRD);
  },
);
