// `ork init`: what it writes runs, and nothing that exists is touched.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Ended, ork, Project } from './support/ork';

jest.setTimeout(30_000);

const FILES = ['.orkestra', 'README.md', 'cr.yaml', 'crd.yaml', 'katalog.yaml'];
let project: Project;

beforeEach(() => {
  project = new Project();
});

afterEach(() => project.remove());

function run(cwd: string, ...args: readonly string[]): Promise<Ended> {
  return ork(args, { cwd });
}

it('writes a project into a new folder that validates as it is, and says what to do next', async () => {
  const { code, stdout, stderr } = await run(project.folder, 'init', 'shop');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toBe(
    [
      '✓ Wrote .orkestra/katalog.schema.json, README.md, cr.yaml, crd.yaml, katalog.yaml to shop/\n',
      'Next:\n  cd shop\n  ork validate\n  ork run --dev\n',
    ].join('\n'),
  );
  const folder = join(project.folder, 'shop');
  expect(readdirSync(folder).sort()).toEqual(FILES);
  const katalog = readFileSync(join(folder, 'katalog.yaml'), 'utf8');
  expect(katalog).toContain('\n  name: shop\n');
  const [, schema = ''] = /^# yaml-language-server: \$schema=(\S+)$/m.exec(katalog) ?? [];
  expect(JSON.parse(readFileSync(join(folder, schema), 'utf8'))).toMatchObject({ title: 'Katalog of Orkestra' });
  const validated = await run(folder, 'validate');
  expect(validated.code).toBe(0);
  expect(validated.stdout).toContain('1 CRD valid (shop)');
});

it('without a name writes into the working directory', async () => {
  const folder = join(project.folder, 'empty');
  mkdirSync(folder);
  const { code, stdout } = await run(folder, 'init');
  expect(code).toBe(0);
  expect(stdout).toContain('to this folder\n\nNext:\n  ork validate\n');
  expect(readdirSync(folder).sort()).toEqual(FILES);
  expect(readFileSync(join(folder, 'katalog.yaml'), 'utf8')).toContain('\n  name: hello-website\n');
});

it('overwrites nothing, and writes nothing beside it', async () => {
  mkdirSync(join(project.folder, 'shop'));
  writeFileSync(join(project.folder, 'shop', 'katalog.yaml'), 'mine');
  const { code, stdout, stderr } = await run(project.folder, 'init', 'shop');
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toBe('error: katalog.yaml: already there in shop; nothing was written\n');
  expect(readdirSync(join(project.folder, 'shop'))).toEqual(['katalog.yaml']);
  expect(readFileSync(join(project.folder, 'shop', 'katalog.yaml'), 'utf8')).toBe('mine');
});

it.each([
  [
    'My Shop',
    `"My Shop" can't be the name of a Katalog: expected lower-case letters, digits and "-", at most 63 of them`,
  ],
  ['../x_y', `"x_y" can't be the name of a Katalog: expected lower-case letters, digits and "-", at most 63 of them`],
])('refuses the name %s', async (name, message) => {
  const { code, stderr } = await run(project.folder, 'init', name);
  expect({ code, stderr }).toEqual({ code: 1, stderr: `error: ${message}\n` });
});

it('says when the folder is a file', async () => {
  writeFileSync(join(project.folder, 'shop'), '');
  const { code, stderr } = await run(project.folder, 'init', 'shop');
  expect({ code, stderr }).toEqual({ code: 1, stderr: 'error: shop is a file, not a folder\n' });
});
