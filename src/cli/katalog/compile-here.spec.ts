import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileHere } from './compile-here';

let folder: string;

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'orkestra-here-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(workers: string, clock = ''): void {
  writeFileSync(
    join(folder, 'katalog.yaml'),
    `apiVersion: orkestra.orkspace.io/v1
kind: Katalog
metadata: { name: here }
spec:
  crds:
    website:
      apiTypes: { group: demo.orkestra.io, version: v1, kind: Website, plural: websites }
      operatorBox:
        reconciler: { workers: ${workers} }
        onReconcile:
          configMaps:
            - name: "{{ .metadata.name }}"
              data: { a: b }
${clock}`,
  );
}

describe('a Katalog in the working directory', () => {
  it('is found there, and its problems name it as one would type it', async () => {
    write('99');
    await expect(compileHere([], folder)).rejects.toThrow(/^katalog\.yaml:9:32: expected integer 1 to 50, found "99"/);
  });

  it('has warnings that name it so, too', async () => {
    write('9', '              when: [{ dayOfWeek: { weekday: true } }]\n');
    const { files, katalog, warnings } = await compileHere(['katalog.yaml'], folder);
    expect(files).toEqual([join(folder, 'katalog.yaml')]);
    expect(katalog.name).toBe('here');
    expect(warnings.map(({ position }) => position.file)).toEqual(['katalog.yaml']);
  });

  it('has problems that name another place of the file so, too', async () => {
    write('9');
    const file = join(folder, 'katalog.yaml');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, `${text}\n---\n${text}`);
    await expect(compileHere([], folder)).rejects.toThrow(/ CRD "website" is declared at katalog\.yaml:6:5 already/);
  });

  it('that lies elsewhere keeps its whole path', async () => {
    write('99');
    await expect(compileHere([folder], tmpdir() + '/nowhere')).rejects.toThrow(join(folder, 'katalog.yaml:9:32'));
  });
});
