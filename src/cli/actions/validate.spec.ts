import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { KatalogInvalidError } from '../../modules/common';
import { validate, validateReport } from './validate';

const HEAD = `apiVersion: orkestra.orkspace.io/v1
kind: Katalog
metadata: { name: shop }
spec:
  crds:
`;

let folder: string;

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'orkestra-validate-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function crd(name: string, kind: string, more: string): string {
  return `    ${name}:
      apiTypes: { group: demo.example.org, version: v1, kind: ${kind}, plural: ${kind.toLowerCase()}s }
${more}`;
}

async function printed(content: string, files: readonly string[] = []): Promise<string> {
  writeFileSync(join(folder, 'katalog.yaml'), content);
  return stripVTControlCharacters(await validate(files, folder));
}

const WEBSITE = crd(
  'website',
  'Website',
  `      operatorBox:
        reconciler: { workers: 4, resync: 90s }
        onCreate:
          configMaps:
            - { name: "{{ .metadata.name }}-first", data: { a: b } }
        onReconcile:
          deployments:
            - { name: "{{ .metadata.name }}", image: nginx }
          configMaps:
            - { name: "{{ .metadata.name }}-a", data: { a: b } }
            - { name: "{{ .metadata.name }}-b", data: { a: b } }
        status:
          fields:
            - { path: phase, value: Ready }
`,
);

it('describes each CRD in the order of their names, and counts them', async () => {
  const blog = crd('blog', 'Blog', '      dependsOn: { website: { condition: started } }\n      operatorBox: {}\n');
  expect(await printed(HEAD + WEBSITE + blog)).toBe(`Validating Katalog...

● blog
    demo.example.org/v1, Kind=Blog  workers: 3  resync: 30s
    dependsOn: website (started)

● website
    demo.example.org/v1, Kind=Website  workers: 4  resync: 1m30s
    onCreate: 1 configMaps
    onReconcile: 2 configMaps, 1 deployments
    status: phase

────────────────────────────────────────────────────────────
✓ 2 CRDs valid (shop)
`);
});

it('prints warnings after the result, with the place as one would type it', async () => {
  const when =
    '            - { name: "{{ .metadata.name }}-c", data: { a: b }, when: [{ dayOfWeek: { weekday: true } }] }\n';
  const text = await printed(HEAD + WEBSITE.replace(/( {10}configMaps:\n)(?=.*-a")/, `$1${when}`));
  expect(text).toMatch(/✓ 1 CRD valid \(shop\)\n⚠ katalog\.yaml:\d+:\d+: .+\n$/);
});

it('throws every problem of the Katalog, none of it printed', async () => {
  const broken = HEAD + WEBSITE.replace('workers: 4', 'workers: 99').replace('image: nginx', 'imgae: nginx');
  const error = await printed(broken).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(KatalogInvalidError);
  const { problems } = error as KatalogInvalidError;
  // The field that is not known, and the one that is missing for it.
  expect(problems.map(({ position }) => position.line)).toEqual([9, 15, 15]);
  expect(new Set(problems.map(({ position }) => position.file))).toEqual(new Set(['katalog.yaml']));
});

it('tells the warnings beside the errors, behind them', async () => {
  const when =
    '            - { name: "{{ .metadata.name }}-c", data: { a: b }, when: [{ dayOfWeek: { weekday: true } }] }\n';
  const warned = HEAD + WEBSITE.replace(/( {10}configMaps:\n)(?=.*-a")/, `$1${when}`);
  await expect(printed(warned.replace('image: nginx', 'imgae: nginx'))).rejects.toThrow(
    /^katalog\.yaml:15:15: (.|\n)*"imgae"(.|\n)*\nwarning: katalog\.yaml:\d+:\d+: .*clock/,
  );
});

it('takes files by name, and says which one it did not find', async () => {
  expect(await printed(HEAD + WEBSITE, ['katalog.yaml'])).toContain('✓ 1 CRD valid (shop)');
  await expect(validate(['other.yaml'], folder)).rejects.toThrow(/other\.yaml/);
});

describe('the notes of a Katalog', () => {
  const NOTES = `notes:
  functions:
    - { name: tier, expression: "{{ .spec.tier }}", description: Of the customer. }
    - { name: b, expression: "x" }
`;

  it('stand behind its CRDs', async () => {
    const text = await printed(HEAD + WEBSITE + NOTES);
    expect(text).toContain('Notes\n    tier  {{ .spec.tier }}  # Of the customer.\n    b     x\n');
    expect(text).toContain('nothing calls the note "tier" (notes.functions) [ORK1304]');
  });

  it('are all that --notes prints', async () => {
    const only = async (content: string): Promise<string> => {
      writeFileSync(join(folder, 'katalog.yaml'), content);
      return stripVTControlCharacters(await validate([], folder, { notesOnly: true }));
    };
    expect(await only(HEAD + WEBSITE + NOTES)).toBe(
      'Notes\n    tier  {{ .spec.tier }}  # Of the customer.\n    b     x\n',
    );
    expect(await only(HEAD + WEBSITE)).toBe('no notes are declared\n');
  });
});

describe('a check', () => {
  const DEPRECATED = HEAD + crd('website', 'Website', '      workers: 4\n      operatorBox: {}\n');

  it('fails by a warning when it is strict', async () => {
    writeFileSync(join(folder, 'katalog.yaml'), DEPRECATED);
    expect(await validate([], folder)).toContain('deprecated spelling "workers"');
    await expect(validate([], folder, { isStrict: true })).rejects.toThrow('[ORK1501]');
    expect(await validateReport([], folder, 'github')).toMatchObject({ isValid: true });
    expect(await validateReport([], folder, 'github', { isStrict: true })).toEqual({
      isValid: false,
      text: expect.stringMatching(/^::warning file=katalog\.yaml,line=\d+,col=7,title=ORK1501::/),
    });
  });

  it('reports what is wrong in place of failing', async () => {
    writeFileSync(join(folder, 'katalog.yaml'), DEPRECATED.replace('workers: 4', 'workers: 400'));
    const { text, isValid } = await validateReport([], folder, 'json');
    expect(isValid).toBe(false);
    expect(JSON.parse(text)).toMatchObject({ valid: false, problems: [{ code: 'ORK1103', file: 'katalog.yaml' }, {}] });
  });

  it('shows what waits for what and the rights when it is full', async () => {
    writeFileSync(join(folder, 'katalog.yaml'), HEAD + WEBSITE);
    const text = stripVTControlCharacters(await validate([], folder, { isFull: true }));
    expect(text).toContain('Dependency graph\n    1. website  demo.example.org/v1, Kind=Website\n');
    expect(text).toContain('Permissions of the runtime\n    - {apiGroups: [');
    expect(text).toContain('Permissions of the gateway\n    the Katalog asks for no gateway\n');
    expect(text).toContain('    permissions:\n      - {apiGroups: [""], resources: ["configmaps"], verbs: [');
    expect(stripVTControlCharacters(await validate([], folder))).not.toContain('ermissions');
  });
});

describe('files of tests', () => {
  const SIMULATE = `apiVersion: orkestra.orkspace.io/v1
kind: Simulate
metadata: { name: shop-sim, description: One pass. }
spec:
  katalog: katalog.yaml
  cr: cr.yaml
  expect:
    ops: [{ cycle: 1, verb: create, resource: pods }]
`;
  const E2E = `apiVersion: orkestra.orkspace.io/v1
kind: E2E
metadata: { name: shop-e2e }
spec:
  katalog: katalog.yaml
  cr: cr.yaml
  expect:
    - { name: up, after: cr-applied, resources: [{ kind: Pod }] }
    - { name: gone, after: cr-deleted, timeout: 5s, resources: [{ kind: Pod, count: 0 }] }
`;

  beforeEach(() => {
    writeFileSync(join(folder, 'katalog.yaml'), HEAD + WEBSITE);
    writeFileSync(join(folder, 'cr.yaml'), '');
    writeFileSync(join(folder, 'simulate.yaml'), SIMULATE);
    writeFileSync(join(folder, 'e2e.yaml'), E2E);
  });

  it('are told of, each for itself, and that they cannot run yet', async () => {
    const text = stripVTControlCharacters(await validate(['simulate.yaml', 'e2e.yaml'], folder));
    expect(text.replaceAll('─', '')).toBe(`Validating Simulate...

● shop-sim  One pass.
    katalog: katalog.yaml
    cr: cr.yaml
    cycles: 10
    expect: 1 operation wanted, 0 unwanted


✓ 1 expectation valid (shop-sim)
⚠ simulate.yaml:2:7: this version checks the file; ork simulate, which runs it, is not there yet (kind) [ORK1105]

Validating E2E...

● shop-e2e
    mode: operator
    katalog: katalog.yaml
    cr: cr.yaml
    up    after cr-applied, within 1m0s
    gone  after cr-deleted, within 5s


✓ 2 expectations valid (shop-e2e)
⚠ e2e.yaml:2:7: this version checks the file; ork e2e, which runs it, is not there yet (kind) [ORK1105]
`);
  });

  it('are checked beside Katalogs, and none ends the check of the others', async () => {
    writeFileSync(join(folder, 'katalog.yaml'), HEAD + WEBSITE.replace('workers: 4', 'workers: 400'));
    writeFileSync(join(folder, 'simulate.yaml'), SIMULATE.replace('katalog: k', 'katalogue: k'));
    writeFileSync(join(folder, 'e2e.yaml'), E2E.replace('after: cr-deleted', 'after: cr-gone'));
    const { text, isValid } = await validateReport(['simulate.yaml,katalog.yaml', 'e2e.yaml'], folder, 'json', {});
    const { problems } = JSON.parse(text) as { readonly problems: readonly { readonly file: string }[] };
    expect(isValid).toBe(false);
    expect([...new Set(problems.map(({ file }) => file))].sort()).toEqual([
      'e2e.yaml',
      'katalog.yaml',
      'simulate.yaml',
    ]);
  });

  it('may leave out the resource when they are given one', async () => {
    writeFileSync(join(folder, 'simulate.yaml'), SIMULATE.replace('  cr: cr.yaml\n', ''));
    await expect(validate(['simulate.yaml'], folder)).rejects.toThrow('expected "cr" or "crFiles"');
    expect(await validate(['simulate.yaml'], folder, { withoutCr: true })).toContain('1 expectation valid');
  });
});
