import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { KatalogInvalidError } from '../../modules/common';
import { validate } from './validate';

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

function printed(content: string, files: readonly string[] = []): string {
  writeFileSync(join(folder, 'katalog.yaml'), content);
  return stripVTControlCharacters(validate(files, folder));
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

it('describes each CRD in the order of their names, and counts them', () => {
  const blog = crd('blog', 'Blog', '      dependsOn: { website: { condition: started } }\n      operatorBox: {}\n');
  expect(printed(HEAD + WEBSITE + blog)).toBe(`Validating Katalog...

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

it('prints warnings after the result, with the place as one would type it', () => {
  const when =
    '            - { name: "{{ .metadata.name }}-c", data: { a: b }, when: [{ dayOfWeek: { weekday: true } }] }\n';
  const text = printed(HEAD + WEBSITE.replace(/( {10}configMaps:\n)(?=.*-a")/, `$1${when}`));
  expect(text).toMatch(/✓ 1 CRD valid \(shop\)\n⚠ katalog\.yaml:\d+:\d+: .+\n$/);
});

it('throws every problem of the Katalog, none of it printed', () => {
  const broken = HEAD + WEBSITE.replace('workers: 4', 'workers: 99').replace('image: nginx', 'imgae: nginx');
  expect(() => printed(broken)).toThrow(KatalogInvalidError);
  try {
    printed(broken);
  } catch (error) {
    const { problems } = error as KatalogInvalidError;
    // The field that is not known, and the one that is missing for it.
    expect(problems.map(({ position }) => position.line)).toEqual([9, 15, 15]);
    expect(new Set(problems.map(({ position }) => position.file))).toEqual(new Set(['katalog.yaml']));
  }
});

it('tells the warnings beside the errors, behind them', () => {
  const when =
    '            - { name: "{{ .metadata.name }}-c", data: { a: b }, when: [{ dayOfWeek: { weekday: true } }] }\n';
  const warned = HEAD + WEBSITE.replace(/( {10}configMaps:\n)(?=.*-a")/, `$1${when}`);
  expect(() => printed(warned.replace('image: nginx', 'imgae: nginx'))).toThrow(
    /^katalog\.yaml:15:15: (.|\n)*"imgae"(.|\n)*\nwarning: katalog\.yaml:\d+:\d+: .*clock/,
  );
});

it('takes files by name, and says which one it did not find', () => {
  expect(printed(HEAD + WEBSITE, ['katalog.yaml'])).toContain('✓ 1 CRD valid (shop)');
  expect(() => validate(['other.yaml'], folder)).toThrow(/other\.yaml/);
});

describe('the notes of a Katalog', () => {
  const NOTES = `notes:
  functions:
    - { name: tier, expression: "{{ .spec.tier }}", description: Of the customer. }
    - { name: b, expression: "x" }
`;

  it('stand behind its CRDs', () => {
    const text = printed(HEAD + WEBSITE + NOTES);
    expect(text).toContain('Notes\n    tier  {{ .spec.tier }}  # Of the customer.\n    b     x\n');
    expect(text).toContain('nothing calls the note "tier" (notes.functions) [ORK1304]');
  });

  it('are all that --notes prints', () => {
    const only = (content: string): string => {
      writeFileSync(join(folder, 'katalog.yaml'), content);
      return stripVTControlCharacters(validate([], folder, { notesOnly: true }));
    };
    expect(only(HEAD + WEBSITE + NOTES)).toBe('Notes\n    tier  {{ .spec.tier }}  # Of the customer.\n    b     x\n');
    expect(only(HEAD + WEBSITE)).toBe('no notes are declared\n');
  });
});
