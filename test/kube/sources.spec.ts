// Charts as sources of a Komposer, with a real helm and a chart repository on loopback. No server of Kubernetes runs here.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatProblem, KatalogInvalidError } from '../../src/modules/common';
import { type CompiledKatalog, loadKatalog, processFetcher } from '../../src/modules/katalog';
import { readSettings } from '../../src/modules/konfig';
import { answer, LoopbackServer } from '../../src/modules/net/testing/loopback-server';

const CHART = `apiVersion: v2
name: operators
version: 2.1.0
`;
const TEMPLATE = `apiVersion: orkestra.orkspace.io/v1
kind: Katalog
metadata: { name: {{ .Release.Name }} }
spec:
  crds:
    website:
      apiTypes: { group: demo.example.org, version: v1, kind: Website, plural: websites }
      operatorBox:
        onReconcile:
          configMaps:
            - name: {{ "{{ .metadata.name }}" | quote }}
              data: { tier: {{ .Values.tier | quote }}, size: {{ .Values.size | quote }} }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: beside }
`;
const PASSWORD = 'right-password';
const AUTHORIZATION = `Basic ${btoa(`me:${PASSWORD}`)}`;

const folder = mkdtempSync(join(tmpdir(), 'ork-real-helm-'));
let server: LoopbackServer;
let helm: string;

beforeAll(async () => {
  helm = execFileSync(process.execPath, [join(__dirname, '../../scripts/kube-helm.js')], { encoding: 'utf8' }).trim();
  const chart = join(folder, 'operators');
  mkdirSync(join(chart, 'templates'), { recursive: true });
  writeFileSync(join(chart, 'Chart.yaml'), CHART);
  writeFileSync(join(chart, 'values.yaml'), 'tier: silver\nsize: small\n');
  writeFileSync(join(chart, 'templates/katalog.yaml'), TEMPLATE);
  writeFileSync(join(chart, 'templates/other.yaml'), 'apiVersion: v1\nkind: Secret\nmetadata: { name: other }\n');
  writeFileSync(join(folder, 'values.yaml'), 'tier: bronze\nsize: large\n');
  const served = join(folder, 'served');
  mkdirSync(served);
  execFileSync(helm, ['package', chart, '--destination', served], { stdio: 'pipe' });
  execFileSync(helm, ['repo', 'index', served], { stdio: 'pipe' });
  server = await LoopbackServer.start(({ target, headers }, response) => {
    const path = target.replace(/^\/private/, '');
    if (target.startsWith('/private') && headers.authorization !== AUTHORIZATION) return answer(response, 401);
    const file = join(served, path);
    if (path === '/' || !existsSync(file)) return answer(response, 404);
    response.end(readFileSync(file));
  });
}, 60_000);
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The Komposer with one import, loaded as `ork validate` does. */
async function load(fields: string, over: Readonly<Record<string, string>> = {}): Promise<CompiledKatalog> {
  const file = join(folder, 'komposer.yaml');
  const head = 'apiVersion: orkestra.orkspace.io/v1\nkind: Komposer\nmetadata: { name: all }\n';
  writeFileSync(file, `${head}imports:\n  helm:\n    - { ${fields} }\n`);
  const own = join(folder, 'tmp');
  mkdirSync(own, { recursive: true });
  const environment = { PATH: process.env['PATH'], HOME: join(folder, 'home'), TMPDIR: own, ORK_HELM: helm, ...over };
  const fetcher = processFetcher({
    settings: readSettings(environment),
    userAgent: 'orkestra (test)',
    kube: undefined,
    warn: () => undefined,
  });
  return loadKatalog([file], { fetcher, signal: new AbortController().signal, environment });
}

function problemsOf(work: Promise<CompiledKatalog>): Promise<string> {
  return work.then(
    () => 'no problem',
    (error: unknown) => {
      if (!(error instanceof KatalogInvalidError)) throw error;
      return error.problems.map(formatProblem).join('\n').replaceAll(`${folder}/`, '');
    },
  );
}

/** What the ConfigMap of the chart says. */
function dataOf({ expanded }: CompiledKatalog): string {
  return /"data":(\{[^}]*\})/.exec(JSON.stringify(expanded))?.[1] ?? 'none';
}

const from = (repo: string, more = ''): string => `repo: "${repo}", chart: operators, version: 2.1.0${more}`;

it('a chart of a repository is rendered, and its Katalogs are read', async () => {
  const katalog = await load(from(server.url));
  expect([katalog.crds.map(({ name }) => name), dataOf(katalog)]).toEqual([
    ['website'],
    '{"tier":"silver","size":"small"}',
  ]);
});

it('values of files, and over them those of the import', async () => {
  const katalog = await load(from(server.url, ', valueFiles: [values.yaml], values: { tier: gold }'));
  expect(dataOf(katalog)).toBe('{"tier":"gold","size":"large"}');
});

it('one template of it', async () => {
  expect(dataOf(await load(from(server.url, ', path: templates/katalog.yaml')))).toContain('silver');
  expect(await problemsOf(load(from(server.url, ', path: templates/none.yaml')))).toMatch(
    /^komposer\.yaml:6:7: helm: chart operators 2\.1\.0 of http.*: .*helm failed: Error: could not find template templates\/none\.yaml in chart/,
  );
});

it('a login in the address reaches the repository, and nothing else', async () => {
  const repo = server.url.replace('//', `//me:${PASSWORD}@`);
  expect(dataOf(await load(from(`${repo}/private`)))).toContain('silver');
  const wrong = await problemsOf(load(from(`${repo.replace('me:', 'you:')}/private`)));
  expect(wrong).toContain(`chart operators 2.1.0 of ${server.url}/private: `);
  expect(wrong).toContain('helm failed: Error: Failed to update the following repositories');
  expect(wrong).not.toContain(PASSWORD);
});

it.each([
  [
    'another chart',
    { chart: 'operator' },
    /chart operator 2\.1\.0 of http.*: .*helm failed: Error: chart "operator"[^]* not found in http/,
  ],
  [
    'another version',
    { version: '9.0.0' },
    /chart operators 9\.0\.0 of http.*: .*helm failed: Error: chart "operators" .*9\.0\.0.* not found/,
  ],
  [
    'no repository',
    { repo: '/none' },
    /of http.*\/none: .*helm failed: Error: looks like "http.*\/none" is not a valid chart repository/,
  ],
  [
    'an option as a chart',
    { chart: '--post-renderer=/bin/false' },
    /chart --post-renderer=\/bin\/false 2\.1\.0 of .*helm failed: Error: chart "--post-renderer=\/bin\/false"/,
  ],
])(
  '%s is told at the import',
  async (
    _name,
    { repo = '', chart = 'operators', version = '2.1.0' }: Partial<Record<'repo' | 'chart' | 'version', string>>,
    expected,
  ) => {
    const text = await problemsOf(load(`repo: "${server.url}${repo}", chart: "${chart}", version: ${version}`));
    expect(text).toMatch(expected);
    expect(text).toMatch(/^komposer\.yaml:6:7: helm: /);
    expect(text.split('\n')).toHaveLength(1);
  },
);

it('no helm is told with its name', async () => {
  const named = await problemsOf(load(from(server.url), { ORK_HELM: join(folder, 'nowhere') }));
  expect(named).toContain('needs nowhere, which is not there: install helm, or name it with ORK_HELM');
});

it('nothing of it is left on this machine', () => {
  expect(readdirSync(join(folder, 'tmp'))).toEqual([]);
  expect(existsSync(join(folder, 'home'))).toBe(false);
});
