// A Katalog whose parts have to be fetched: what is asked for, in which rounds, and what is said when it can't be had.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatProblem, KatalogInvalidError, OrkestraError } from '../../common';
import { type SourceFiles, type SourceRequest } from '../source/source-texts';
import { katalogWith } from '../testing/katalog-source';
import { type CompiledKatalog } from './compiled-katalog';
import { loadKatalog } from './load-katalog';

const WEBSITE = katalogWith('onReconcile: { configMaps: [{ name: a, data: { a: b } }] }');
const SHOP = WEBSITE.replace('website:', 'shop:').replaceAll('Website', 'Shop').replaceAll('websites', 'shops');

function komposer(imports: string): string {
  return `apiVersion: orkestra.orkspace.io/v1\nkind: Komposer\nmetadata: { name: all }\nimports: ${imports}\n`;
}

type Packages = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The name of what a request asks for; packages of a test are known by it. */
function nameOf(request: SourceRequest): string {
  switch (request.kind) {
    case 'http':
      return request.url;
    case 'oci':
      return request.reference;
    case 'git':
      return `${request.url}@${request.revision}`;
    case 'helm':
      return `helm:${request.chart}@${request.version}`;
    case 'configMap':
      return `configmap://${request.namespace}/${request.name}`;
    case 'stdin':
      return '<stdin>';
  }
}

class Network {
  readonly asked: SourceRequest[] = [];
  constructor(private readonly packages: Packages) {}

  readonly fetch = (request: SourceRequest): Promise<SourceFiles> => {
    this.asked.push(request);
    const files = this.packages[nameOf(request)];
    const message = `${nameOf(request)}: no answer within 30 s`;
    if (files === undefined) return Promise.reject(new OrkestraError({ code: 'X', kind: 'Transient', message }));
    return Promise.resolve({ container: nameOf(request), texts: new Map(Object.entries(files)) });
  };
}

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'orkestra-load-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function load(root: string, network: Network, environment = {}): Promise<CompiledKatalog> {
  const file = join(folder, 'komposer.yaml');
  writeFileSync(file, root);
  return loadKatalog([file], { fetcher: network.fetch, signal: new AbortController().signal, environment });
}

async function problemsOf(root: string, packages: Packages): Promise<readonly string[]> {
  const error: unknown = await load(root, new Network(packages)).catch((thrown: unknown) => thrown);
  if (!(error instanceof KatalogInvalidError)) throw error;
  return error.problems.map((problem) => formatProblem(problem).replaceAll(`${folder}/`, ''));
}

const namesOf = ({ crds }: CompiledKatalog): readonly string[] => crds.map(({ name }) => name);

it('asks for everything of one round at once, and for nothing twice', async () => {
  const network = new Network({
    'https://a.example/website.yaml': { '': WEBSITE },
    'oci://r.example/shop:1.0': { 'katalog.yaml': SHOP },
  });
  const imports = '{ registry: ["oci://r.example/shop:1.0"], files: ["https://a.example/website.yaml"] }';
  expect(namesOf(await load(komposer(imports), network))).toEqual(['shop', 'website']);
  expect(network.asked.map(nameOf)).toEqual(['oci://r.example/shop:1.0', 'https://a.example/website.yaml']);
});

it('asks for nothing when all files are here', async () => {
  const network = new Network({});
  writeFileSync(join(folder, 'website.yaml'), WEBSITE);
  expect(namesOf(await load(komposer('{ files: [website.yaml] }'), network))).toEqual(['website']);
  expect(network.asked).toEqual([]);
});

describe('a reference of a registry', () => {
  it.each<[string, Partial<SourceRequest>]>([
    ['"oci://r.example/a:1"', { kind: 'oci', reference: 'oci://r.example/a:1' }],
    ['"oci://r.example/a@1"', { kind: 'oci', reference: 'oci://r.example/a:1' }],
    ['"oci://r.example:5000/a"', { kind: 'oci', reference: 'oci://r.example:5000/a:latest' }],
    ['{ url: r.example/a, oci: true, version: "2" }', { kind: 'oci', reference: 'oci://r.example/a:2' }],
    ['{ url: "oci://r.example/a@1", version: "2" }', { kind: 'oci', reference: 'oci://r.example/a:1' }],
    [
      `"oci://r.example/a@sha256:${'0'.repeat(64)}"`,
      { kind: 'oci', reference: `oci://r.example/a@sha256:${'0'.repeat(64)}` },
    ],
    ['"https://me@g.example/a"', { kind: 'git', url: 'https://me@g.example/a', revision: 'main' }],
    ['"https://g.example/a@v2"', { kind: 'git', url: 'https://g.example/a', revision: 'v2' }],
    [
      '{ url: "https://g.example/a", auth: { type: github, fromEnv: TOKEN } }',
      { kind: 'git', login: { type: 'github', fromEnv: 'TOKEN' } },
    ],
    [
      '{ url: "oci://r.example/a:1", auth: { type: basic, usernameFromEnv: U, passwordFromEnv: P } }',
      { kind: 'oci', login: { type: 'basic', usernameFromEnv: 'U', passwordFromEnv: 'P' } },
    ],
  ])('%s', async (item, request) => {
    const network = new Network({});
    await expect(load(komposer(`{ registry: [${item}] }`), network)).rejects.toThrow(KatalogInvalidError);
    expect(network.asked).toEqual([expect.objectContaining(request)]);
  });

  it('with several Katalogs names a folder and a revision for each', async () => {
    const network = new Network({
      'https://g.example/a@v1': { 'website/katalog.yaml': WEBSITE },
      'https://g.example/a@abc': { 'shop/katalog.yaml': SHOP },
    });
    const item =
      '{ url: "https://g.example/a", katalog: { website: { version: v1, branch: x }, shop: { sha: abc, version: v2 } } }';
    expect(namesOf(await load(komposer(`{ registry: [${item}] }`), network))).toEqual(['website', 'shop']);
  });
});

it('finds what a document of a package names beside it in the package', async () => {
  const crd = ['apiVersion: apiextensions.k8s.io/v1', 'kind: CustomResourceDefinition'].join('\n');
  const packages = {
    'oci://r.example/a:1': {
      'komposer.yaml': komposer('{ files: [parts/website.yaml] }'),
      'parts/website.yaml': katalogWith('{}', 'crdFile: ../crd.yaml'),
      'crd.yaml': crd,
    },
  };
  const lines = await problemsOf(
    komposer('{ registry: [{ url: "oci://r.example/a:1", useKomposer: true }] }'),
    packages,
  );
  expect(lines).toEqual([
    expect.stringMatching(
      /^oci:\/\/r\.example\/a:1!\/parts\/website\.yaml:9:16: crdFile: \.\.\/crd\.yaml: spec\.group is missing .*\(used at oci:\/\/r\.example\/a:1!\/komposer\.yaml:4:20\) \(used at komposer\.yaml:4:23\) \[ORK1204\]$/,
    ),
  ]);
});

it('lets no document of a package read files of this machine', async () => {
  const packages = { 'oci://r.example/a:1': { 'katalog.yaml': katalogWith('{}', 'crdFile: ../../etc/crd.yaml') } };
  expect(await problemsOf(komposer('{ registry: ["oci://r.example/a:1"] }'), packages)).toEqual([
    expect.stringContaining('crdFile: ../../etc/crd.yaml leads out of the package that names it'),
  ]);
});

it('takes the Katalogs that a chart renders, and leaves the rest of it', async () => {
  const rendered = `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x }\n---\n${WEBSITE}`;
  const network = new Network({ 'helm:web@1.2.3': { 'rendered.yaml': rendered } });
  const chart = '{ repo: "https://c.example", chart: web, version: 1.2.3, valueFiles: [a.yaml], values: { size: 3 } }';
  const katalog = await load(komposer(`{ helm: [${chart}] }`), network);
  expect(namesOf(katalog)).toEqual(['website']);
  expect(katalog.warnings).toEqual([]);
  expect(network.asked).toEqual([
    expect.objectContaining({ kind: 'helm', valueFiles: [join(folder, 'a.yaml')], values: '{"size":3}' }),
  ]);
});

it('reads the file that a variable names', async () => {
  const network = new Network({ 'https://a.example/website.yaml': { '': WEBSITE } });
  const environment = { WHERE: 'https://a.example/website.yaml' };
  expect(namesOf(await load(komposer('{ files: ["$WHERE"] }'), network, environment))).toEqual(['website']);
});

describe("what can't be had", () => {
  it('is told at the place that names it, everything at once', async () => {
    const imports = '{ registry: ["oci://r.example/a:1"], files: ["https://a.example/none.yaml", none.yaml] }';
    const lines = await problemsOf(komposer(imports), {});
    expect(lines).toEqual([
      'komposer.yaml:4:23: registry: oci://r.example/a:1: no answer within 30 s (imports.registry[0]) [ORK1601]',
      'komposer.yaml:4:55: files: https://a.example/none.yaml: no answer within 30 s (imports.files[0]) [ORK1601]',
      'komposer.yaml:4:86: files: none.yaml: no such file (imports.files[1]) [ORK1601]',
    ]);
  });

  it('may be a file of a package, which has another of nearly that name', async () => {
    const packages = { 'oci://r.example/a:1': { 'katalog.yml': WEBSITE } };
    expect(await problemsOf(komposer('{ registry: ["oci://r.example/a:1"] }'), packages)).toEqual([
      expect.stringContaining('oci://r.example/a:1 has no file katalog.yaml (did you mean "katalog.yml"?)'),
    ]);
  });

  it('may be a circle of Komposers', async () => {
    const round = (next: string): Readonly<Record<string, string>> => ({
      'komposer.yaml': komposer(`{ registry: [{ url: "oci://r.example/${next}:1", useKomposer: true }] }`),
    });
    const packages = { 'oci://r.example/a:1': round('b'), 'oci://r.example/b:1': round('a') };
    expect(
      await problemsOf(komposer('{ registry: [{ url: "oci://r.example/a:1", useKomposer: true }] }'), packages),
    ).toEqual([
      expect.stringMatching(
        /imports go round in a circle: .*\/a:1!\/komposer.yaml -> .*\/b:1!\/komposer.yaml -> .*\/a:1/,
      ),
    ]);
  });

  it('may lie too deep', async () => {
    let asked = 0;
    const fetcher = (request: SourceRequest): Promise<SourceFiles> => {
      asked++;
      const next = komposer(`{ registry: [{ url: "oci://r.example/a${asked}:1", useKomposer: true }] }`);
      return Promise.resolve({ container: nameOf(request), texts: new Map([['komposer.yaml', next]]) });
    };
    const file = join(folder, 'komposer.yaml');
    writeFileSync(file, komposer('{ registry: [{ url: "oci://r.example/a:1", useKomposer: true }] }'));
    const work = loadKatalog([file], { fetcher, signal: new AbortController().signal, environment: {} });
    await expect(work).rejects.toThrow('imports lead to imports more than 16 times over');
  });
});

describe('an entry that is no file of this machine', () => {
  it.each([
    ['<stdin>', '<stdin>', ''],
    ['https://a.example/katalog.yaml', 'https://a.example/katalog.yaml', ''],
    ['configmap://apps/website', 'configmap://apps/website', 'katalog.yaml'],
    ['oci://r.example/a:1', 'oci://r.example/a:1', 'katalog.yaml'],
  ])('%s', async (location, name, path) => {
    const options = { signal: new AbortController().signal, environment: {} };
    const katalog = await loadKatalog([location], {
      ...options,
      fetcher: new Network({ [name]: { [path]: WEBSITE } }).fetch,
    });
    expect(namesOf(katalog)).toEqual(['website']);
    expect(katalog.crds[0]?.position.file).toBe(location);
    await expect(loadKatalog([location], { ...options, fetcher: new Network({}).fetch })).rejects.toThrow(
      'no answer within 30 s',
    );
  });

  it('ends when it is given up', async () => {
    const given = new AbortController();
    const fetcher = (_request: SourceRequest, signal: AbortSignal): Promise<SourceFiles> => {
      given.abort(new Error('given up'));
      return Promise.reject(signal.reason as Error);
    };
    const work = loadKatalog(['<stdin>'], { fetcher, signal: given.signal, environment: {} });
    await expect(work).rejects.toThrow('given up');
  });
});
