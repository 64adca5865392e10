// Motifs that have to be fetched, through a fetcher that knows a few packages.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatProblem, type JsonObject, KatalogInvalidError, OrkestraError } from '../../../common';
import { loadKatalog } from '../../compile/load-katalog';
import { type SourceFiles, type SourceRequest } from '../../source/source-texts';
import { katalogWith } from '../../testing/katalog-source';

const motif = (name: string, more = ''): string =>
  `apiVersion: orkestra.orkspace.io/v1\nkind: Motif\nmetadata: { name: ${name} }\n${more}`;
const status = (path: string): string => `status: { fields: [{ path: ${path}, value: x }] }\n`;

/** Files by the JSON of the request. */
function fetcherOf(packages: Readonly<Record<string, Readonly<Record<string, string>>>>, asked: SourceRequest[]) {
  return (request: SourceRequest): Promise<SourceFiles> => {
    asked.push(request);
    const name = 'reference' in request ? request.reference : 'url' in request ? request.url : request.kind;
    const texts = packages[name];
    if (texts !== undefined) return Promise.resolve({ container: name, texts: new Map(Object.entries(texts)) });
    return Promise.reject(new OrkestraError({ code: 'X', kind: 'UserError', message: `${name}: nobody answers` }));
  };
}

async function load(
  imports: string,
  packages: Readonly<Record<string, Readonly<Record<string, string>>>>,
): Promise<{ readonly paths: readonly string[]; readonly asked: readonly SourceRequest[]; readonly errors: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'orkestra-motif-'));
  const asked: SourceRequest[] = [];
  try {
    writeFileSync(join(folder, 'katalog.yaml'), katalogWith('', `imports: [${imports}]`));
    const { expanded } = await loadKatalog([join(folder, 'katalog.yaml')], {
      fetcher: fetcherOf(packages, asked),
      signal: new AbortController().signal,
      environment: {},
    });
    const spec = expanded['spec'] as { crds: { website: { operatorBox: { status: { fields: JsonObject[] } } } } };
    return { paths: spec.crds.website.operatorBox.status.fields.map(({ path }) => String(path)), asked, errors: '' };
  } catch (error) {
    if (!(error instanceof KatalogInvalidError)) throw error;
    return { paths: [], asked, errors: error.problems.map(formatProblem).join('\n').replaceAll(`${folder}/`, '') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const PACKAGE = { 'motif.yaml': motif('a', status('a')) };

it.each<[string, string, SourceRequest]>([
  [
    '{ motif: "oci://r.example/team/a:v1" }',
    'oci://r.example/team/a:v1',
    { kind: 'oci', reference: 'oci://r.example/team/a:v1' },
  ],
  [
    '{ motif: "oci://r.example/team/a@v2" }',
    'oci://r.example/team/a:v2',
    { kind: 'oci', reference: 'oci://r.example/team/a:v2' },
  ],
  [
    '{ motif: "oci://r.example/team/a" }',
    'oci://r.example/team/a:latest',
    { kind: 'oci', reference: 'oci://r.example/team/a:latest' },
  ],
  [
    '{ motif: r.example/team/a, oci: true, version: v3 }',
    'oci://r.example/team/a:v3',
    { kind: 'oci', reference: 'oci://r.example/team/a:v3' },
  ],
  [
    '{ motif: "oci://r.example/a@v1", version: v9, auth: { type: basic, usernameFromEnv: U } }',
    'oci://r.example/a:v1',
    { kind: 'oci', reference: 'oci://r.example/a:v1', login: { type: 'basic', usernameFromEnv: 'U' } },
  ],
  [
    '{ motif: "https://git.example/team/a" }',
    'https://git.example/team/a',
    { kind: 'git', url: 'https://git.example/team/a', revision: 'main' },
  ],
  [
    '{ motif: "https://user@git.example/team/a@v1" }',
    'https://user@git.example/team/a',
    { kind: 'git', url: 'https://user@git.example/team/a', revision: 'v1' },
  ],
  [
    '{ motif: "git@git.example:team/a.git", version: v1 }',
    'git@git.example:team/a.git',
    { kind: 'git', url: 'git@git.example:team/a.git', revision: 'v1' },
  ],
])('%s is the Motif of a package', async (imports, name, request) => {
  expect(await load(imports, { [name]: PACKAGE })).toEqual({ paths: ['a'], asked: [request], errors: '' });
});

it('a Motif may lie in a folder of a repository, beside what it includes', async () => {
  const { paths, errors } = await load('{ motif: "https://git.example/motifs.git//parts/a@v1" }', {
    'https://git.example/motifs.git': {
      'parts/a/motif.yaml': motif('a', 'imports: [{ motif: ../b }]\nstatus: { include: more.yaml }\n'),
      'parts/a/more.yaml': 'fields: [{ path: more, value: x }]\n',
      'parts/b/motif.yaml': motif('b', status('b')),
    },
  });
  expect([paths, errors]).toEqual([['more', 'b'], '']);
});

it('a Motif is a file at a URL, and names others beside it', async () => {
  const { paths, asked } = await load('{ motif: "https://m.example/a/motif.yaml" }', {
    'https://m.example/a/motif.yaml': {
      'motif.yaml': motif('a', `${status('a')}imports: [{ motif: ../b/motif.yaml }]\n`),
    },
    'https://m.example/b/motif.yaml': { 'motif.yaml': motif('b', status('b')) },
  });
  expect(paths).toEqual(['a', 'b']);
  expect(asked).toHaveLength(2);
});

it('a Motif at a URL may need a login', async () => {
  const url = 'https://m.example/motif.yaml';
  const { paths, asked } = await load(`{ motif: "${url}", auth: { type: bearer, fromEnv: T } }`, { [url]: PACKAGE });
  expect([paths, asked]).toEqual([['a'], [{ kind: 'http', url, login: { type: 'bearer', fromEnv: 'T' } }]]);
});

it.each([
  [
    'nobody has',
    '{ motif: "oci://r.example/none:v1" }',
    {},
    'katalog.yaml:9:26: motif: oci://r.example/none:v1: nobody answers',
  ],
  [
    'has no Motif',
    '{ motif: "oci://r.example/a:v1" }',
    { 'oci://r.example/a:v1': { 'motif.yml': '' } },
    'katalog.yaml:9:26: motif: oci://r.example/a:v1 has no file motif.yaml (did you mean "motif.yml"?)',
  ],
  [
    'leads to files of this machine',
    '{ motif: "oci://r.example/a:v1" }',
    { 'oci://r.example/a:v1': { 'motif.yaml': motif('a', 'imports: [{ motif: ../../etc/x.yaml }]\n') } },
    'oci://r.example/a:v1!/motif.yaml:4:20: "../../etc/x.yaml" leads out of the package that names it (imports[0].motif) (used at katalog.yaml:9:26)',
  ],
  [
    'holds a mistake',
    '{ motif: "oci://r.example/a:v1" }',
    {
      'oci://r.example/a:v1': { 'motif.yaml': motif('a', 'status: { fields: [{ path: p, value: "{{ nope }}" }] }\n') },
    },
    'oci://r.example/a:v1!/motif.yaml:4:42: template: function "nope" is not defined',
  ],
])('a package that %s is a problem', async (_what, imports, packages, message) => {
  const { errors } = await load(imports, packages);
  expect(errors).toContain(message);
});
