import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { validate } from './validate';

const MOTIF = `apiVersion: orkestra.orkspace.io/v1
kind: Motif
metadata: { name: cache, description: A cache }
inputs:
  - { name: size, type: integer, default: 2 }
  - { name: image, required: true }
resources:
  deployments: [{ name: "{{ .metadata.name }}", image: "{{ .inputs.image }}", replicas: "{{ .inputs.size }}" }]
`;

let folder: string;

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'orkestra-motif-text-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function printed(content: string): Promise<string> {
  writeFileSync(join(folder, 'motif.yaml'), content);
  return stripVTControlCharacters(await validate(['motif.yaml'], folder));
}

describe('ork validate -f motif.yaml', () => {
  it('tells what the Motif takes', async () => {
    const text = await printed(MOTIF);
    expect(text).toContain('● cache  A cache\n    size   integer, default "2"\n    image  string, required\n');
    expect(text).toContain('✓ Motif valid (cache, 2 inputs)');
  });

  it('fails with every mistake, at its place in the file', async () => {
    await expect(printed(MOTIF.replace('.inputs.size', '.inputs.sice'))).rejects.toThrow(
      /motif\.yaml:8:93: the Motif has no input "sice" \(did you mean "size"\?\)/,
    );
  });

  it('prints warnings below', async () => {
    expect(await printed(MOTIF.replace('"{{ .inputs.size }}"', '2'))).toContain(
      'motif.yaml:5:13: nothing in the Motif uses its input "size"',
    );
  });
});
