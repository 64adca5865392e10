// `ork validate` over what is not a file of this folder: a Git repository, a URL, standard input.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { answer, LoopbackServer } from '../../src/modules/net/testing/loopback-server';

const ORK = join(__dirname, '..', '..', 'dist', 'cli', 'ork.js');
const WEBSITE = `apiVersion: orkestra.orkspace.io/v1
kind: Katalog
metadata: { name: web }
spec:
  crds:
    website:
      crdFile: crd.yaml
      operatorBox: { onReconcile: { configMaps: [{ name: a, data: { a: b } }] } }
`;
const CRD = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: websites.demo.example.org }
spec:
  group: demo.example.org
  scope: Namespaced
  names: { kind: Website, plural: websites }
  versions:
    - { name: v1, served: true, storage: true, subresources: { status: {} }, schema: { openAPIV3Schema: { type: object, x-kubernetes-preserve-unknown-fields: true } } }
`;

const komposer = (imports: string): string =>
  `apiVersion: orkestra.orkspace.io/v1\nkind: Komposer\nmetadata: { name: all }\nimports: ${imports}\n`;

let folder: string;
let server: LoopbackServer;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'orkestra-sources-'));
  const files: Readonly<Record<string, string>> = { '/web/katalog.yaml': WEBSITE, '/web/crd.yaml': CRD };
  server = await LoopbackServer.start(({ target }, response) =>
    answer(response, files[target] === undefined ? 404 : 200, files[target] ?? ''),
  );
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Printed {
  readonly code: number | null;
  readonly text: string;
}

function ork(input: string, ...args: readonly string[]): Promise<Printed> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [ORK, ...args], { cwd: folder });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, text: stripVTControlCharacters(Buffer.concat(chunks).toString()) }));
    child.stdin.end(input);
  });
}

it('a revision of a Git repository, with the files beside it', async () => {
  const repository = join(folder, 'repository');
  mkdirSync(repository);
  const git = (...args: readonly string[]): void =>
    void execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], { cwd: repository });
  git('init', '--quiet', '--initial-branch=main');
  writeFileSync(join(repository, 'katalog.yaml'), WEBSITE);
  writeFileSync(join(repository, 'crd.yaml'), CRD);
  git('add', '.');
  git('commit', '--quiet', '-m', 'first');
  git('tag', 'v1');
  writeFileSync(join(repository, 'katalog.yaml'), WEBSITE.replace('a, data:', 'a, dta:'));
  git('commit', '--quiet', '-am', 'second');
  const url = `file://${repository}`;
  expect(await ork(komposer(`{ registry: ["${url}@v1"] }`), 'validate', '-f', '-')).toEqual({
    code: 0,
    text: expect.stringContaining('✓ 1 CRD valid (all)') as string,
  });
  const broken = await ork(komposer(`{ registry: ["${url}"] }`), 'validate', '-f', '-');
  expect(broken.code).toBe(1);
  expect(broken.text).toContain(`${url}@main!/katalog.yaml:8:61: unknown field "dta"`);
  expect(broken.text).toContain('(used at <stdin>:4:23)');
  const none = await ork(komposer(`{ registry: ["${url}@v9"] }`), 'validate', '-f', '-');
  expect(none.text).toMatch(/<stdin>:4:23: registry: file:.*@v9: git failed: .*v9/);
});

it('a URL, and what stands beside it there', async () => {
  const url = `${server.url}/web/katalog.yaml`;
  expect(await ork('', 'validate', '-f', url)).toEqual({
    code: 0,
    text: expect.stringContaining('✓ 1 CRD valid (web)') as string,
  });
  const none = await ork('', 'validate', '-f', `${server.url}/none.yaml`);
  expect(none).toEqual({
    code: 1,
    text: `error: GET ${server.url}/none.yaml: answers 404: there is nothing at this address\n`,
  });
});

it('standard input, which `ork run` can not take', async () => {
  const piped = await ork(WEBSITE.replace('crd.yaml', 'none.yaml'), 'validate', '-f', '-');
  expect(piped.text).toContain('<stdin>:7:16: crdFile: ');
  const run = await ork(WEBSITE, 'run', '-f', '-');
  expect(run.code).toBe(1);
  expect(run.text).toContain(
    "run can't read a Katalog from standard input: the runtime loads it again; save it as a file",
  );
});
