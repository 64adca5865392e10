import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { validate, validateReport } from '../actions/validate';

const KATALOG = `apiVersion: orkestra.orkspace.io/v1
kind: Katalog
metadata: { name: shop }
profiles:
  resources:
    - { name: page, description: "What a page needs.", requests: { cpu: 50m } }
    - { name: idle, limits: { cpu: 1 } }
  pdb: [{ name: half, minAvailable: 50% }]
spec:
  crds:
    Web Site:
      apiTypes: { group: demo.example.org, version: v1, kind: Website, plural: websites }
      operatorBox:
        reconciler: { profile: development }
        onReconcile:
          deployments:
            - { name: a, image: b, resources: { profile: page } }
            - { name: b, image: b, resources: { profile: Small }, rollingUpdate: { profile: "{{ .spec.pace }}" } }
          pdb: [{ name: a, selector: { app: a }, behavior: { profile: half } }]
`;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'orkestra-profiles-'));
  writeFileSync(join(folder, 'katalog.yaml'), KATALOG);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const lines = async (options: Parameters<typeof validate>[2]): Promise<string> =>
  stripVTControlCharacters(await validate([], folder, options));

it('prints the profiles of the Katalog, the built-in ones, and the places that name them', async () => {
  const text = await lines({ profilesOnly: true });
  expect(text.slice(0, text.indexOf('    probes'))).toBe(`Profiles
    resources page  {requests: {cpu: 50m}}  # What a page needs.
        declared at katalog.yaml:6:7
        used at katalog.yaml:17:58
    resources idle  {limits: {cpu: 1}}
        declared at katalog.yaml:7:7
        not used
    pdb half  {minAvailable: 50%}
        declared at katalog.yaml:8:9
        used at katalog.yaml:19:71

Built-in profiles
    resources  tiny, small, medium, large, burst, steady, compute-heavy, memory-heavy
        small used at katalog.yaml:18:58
`);
  expect(text).toContain('    reconciler  high-throughput, conservative, development\n');
  expect(text).toContain('        development used at katalog.yaml:14:32\n');
  expect(text).toMatch(
    /\nNames that are templates\n {4}rollingUpdate {2}\{\{ \.spec\.pace \}\} {2}katalog\.yaml:18:93\n$/,
  );
});

it('does not call a profile unused that a template may name', async () => {
  writeFileSync(join(folder, 'katalog.yaml'), KATALOG.replace('profile: Small', 'profile: "{{ .spec.size }}"'));
  const text = await lines({ profilesOnly: true });
  expect(text).toContain('declared at katalog.yaml:7:7\n        used by a template at most\n');
});

it('says so when there are none', async () => {
  const plain = KATALOG.replace(/profiles:\n(?: {2}.*\n)+/, '').replace('profile: page', 'profile: tiny');
  writeFileSync(join(folder, 'katalog.yaml'), plain.replace('profile: half', 'profile: relaxed'));
  expect(await lines({ profilesOnly: true })).toMatch(/^no profiles are declared\n\nBuilt-in profiles\n/);
  expect(await lines({})).not.toContain('Profiles');
});

it('ends a check with the profiles of the Katalog, and tells those of each CRD when everything is wanted', async () => {
  expect(await lines({})).toContain(`Profiles
    resources page  {requests: {cpu: 50m}}  # What a page needs.
    resources idle  {limits: {cpu: 1}}
    pdb half  {minAvailable: 50%}

`);
  expect(await lines({ isFull: true })).toContain(
    '    profiles: pdb half, reconciler development, resources Small, resources page, rollingUpdate {{ .spec.pace }}\n',
  );
});

it('is part of the report for programs', async () => {
  const { text, isValid } = await validateReport([], folder, 'json', { profilesOnly: true });
  const { valid, profiles, templates } = JSON.parse(text) as {
    readonly valid: boolean;
    readonly profiles: readonly { readonly class: string; readonly name: string }[];
    readonly templates: unknown;
  };
  expect({ valid, isValid }).toEqual({ valid: true, isValid: true });
  expect(profiles[0]).toEqual({
    class: 'resources',
    name: 'page',
    builtIn: false,
    description: 'What a page needs.',
    values: { requests: { cpu: '50m' } },
    declaredAt: 'katalog.yaml:6:7',
    usedAt: ['katalog.yaml:17:58'],
  });
  expect(profiles.find(({ class: key, name }) => key === 'reconciler' && name === 'development')).toEqual({
    class: 'reconciler',
    name: 'development',
    builtIn: true,
    values: { workers: 1, resync: '30s', queue: { maxDepth: 50 } },
    usedAt: ['katalog.yaml:14:32'],
  });
  expect(templates).toEqual([{ class: 'rollingUpdate', template: '{{ .spec.pace }}', usedAt: 'katalog.yaml:18:93' }]);
});

it('tells apart a profile of the Katalog and the built-in one of its name', async () => {
  writeFileSync(join(folder, 'katalog.yaml'), KATALOG.replaceAll('page', 'small'));
  const text = await lines({ profilesOnly: true });
  expect(text).toContain('resources small  {requests: {cpu: 50m}}  # What a small needs.\n');
  expect(text).toContain('        used at katalog.yaml:17:58\n');
  expect(text).toContain('    resources  tiny, small (replaced), medium,');
  expect(text).toContain('        small used at katalog.yaml:18:58\n');
});

it('has no profiles in the report of a Katalog with mistakes, and none for a Motif', async () => {
  writeFileSync(join(folder, 'katalog.yaml'), KATALOG.replace('cpu: 50m', 'cpu: lots'));
  const { text, isValid } = await validateReport([], folder, 'json', { profilesOnly: true });
  expect(isValid).toBe(false);
  expect(JSON.parse(text)).toMatchObject({ valid: false, problems: [{ code: 'ORK1401', line: 6 }] });
  await expect(validateReport([], folder, 'sarif', { profilesOnly: true })).rejects.toThrow('there is -o json');
  const motif = join(folder, 'motif.yaml');
  writeFileSync(motif, 'apiVersion: orkestra.orkspace.io/v1\nkind: Motif\nmetadata: { name: m }\nresources: {}\n');
  await expect(validate([motif], folder, { profilesOnly: true })).rejects.toThrow(
    'those of a Katalog, and there is none',
  );
});
