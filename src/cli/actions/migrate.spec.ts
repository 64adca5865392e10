import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { migrate } from './migrate';

const OLD = 'kind: Katalog\nspec:\n  crds:\n    web:\n      # many\n      workers: 4\n';
const NEW =
  'kind: Katalog\nspec:\n  crds:\n    web:\n      operatorBox:\n        reconciler:\n          # many\n          workers: 4\n';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'orkestra-migrate-'));
  writeFileSync(join(folder, 'katalog.yaml'), OLD);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (write: boolean, files: readonly string[] = []): string =>
  stripVTControlCharacters(migrate(files, folder, { write }));
const content = (file = 'katalog.yaml'): string => readFileSync(join(folder, file), 'utf8');

it('shows the difference and changes nothing', () => {
  expect(run(false)).toBe(`--- katalog.yaml
+++ katalog.yaml (canonical)
@@ -2,5 +2,7 @@
 spec:
   crds:
     web:
-      # many
-      workers: 4
+      operatorBox:
+        reconciler:
+          # many
+          workers: 4
# 1 deprecated spelling; --write changes the file
`);
  expect(content()).toBe(OLD);
});

it('writes the file, and has nothing to do the second time', () => {
  expect(run(true)).toBe('✓ katalog.yaml: 1 spelling rewritten\n');
  expect(content()).toBe(NEW);
  expect(run(true)).toBe('✓ katalog.yaml has no deprecated spelling\n');
  expect(run(false)).toBe('✓ katalog.yaml has no deprecated spelling\n');
  expect(content()).toBe(NEW);
});

it('keeps the mode, follows a link, and leaves nothing else behind', () => {
  chmodSync(join(folder, 'katalog.yaml'), 0o664);
  symlinkSync('katalog.yaml', join(folder, 'link.yaml'));
  run(true, ['link.yaml']);
  expect(lstatSync(join(folder, 'link.yaml')).isSymbolicLink()).toBe(true);
  expect(statSync(join(folder, 'katalog.yaml')).mode & 0o777).toBe(0o664);
  expect(content()).toBe(NEW);
  expect(readdirSync(folder).sort()).toEqual(['katalog.yaml', 'link.yaml']);
});

it('writes nothing when one of the files is wrong', () => {
  writeFileSync(join(folder, 'bad.yaml'), 'kind: Katalog\nspec: {\n');
  expect(() => run(true, ['katalog.yaml,bad.yaml'])).toThrow(/^bad\.yaml:\d+:\d+: .* \[ORK1001\]$/);
  expect(content()).toBe(OLD);
});

it('says which file is missing', () => {
  expect(() => run(false, ['none.yaml'])).toThrow(/none\.yaml: no such file$/);
});
