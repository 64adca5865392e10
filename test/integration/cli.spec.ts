// `ork` without a cluster: what it answers, what it refuses, and how it says so.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { VERSION } from '../../src/modules/common';
import { type Ended, ork, Project } from './support/ork';

jest.setTimeout(30_000);

let project: Project;

beforeEach(() => {
  project = new Project();
});

afterEach(() => project.remove());

function run(...args: readonly string[]): Promise<Ended> {
  return ork(args, { cwd: project.folder });
}

/** One message on standard error, nothing else, exit code 1. */
function expectRefusal({ code, stdout, stderr }: Ended, message: string): void {
  expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: '', stderr: `error: ${message}\n` });
}

describe('ork', () => {
  it('alone shows its commands', async () => {
    const { code, stdout, stderr } = await run();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Usage: ork \[options\] \[command\]\n\nKubernetes operators from one YAML file/);
    for (const command of ['run', 'validate', 'version']) expect(stdout).toMatch(new RegExp(`^  ${command} `, 'm'));
  });

  it.each([[['version']], [['--version']], [['-V']]])('%j prints one line with the version', async (args) => {
    const { code, stdout, stderr } = await run(...args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.split(' (')[0]).toBe(`orkestra ${VERSION}`);
    expect(stdout).toMatch(/^[^\n]+\n$/);
  });

  it('run --help names every option and is no failure', async () => {
    const { code, stdout, stderr } = await run('run', '--help');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const flag of [
      '--file',
      '--kubeconfig',
      '--context',
      '--request-timeout',
      '--apply-cr',
      '--port',
      '--log-format',
      '--debug',
    ]) {
      expect(stdout).toContain(flag);
    }
  });

  it('explain tells what a field is, and names the nearest one', async () => {
    const { code, stdout, stderr } = await run('explain', 'spec.crds.operatorBox.reconciler');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(
      /^FIELD: {2}spec\.crds\.<name>\.operatorBox\.reconciler <reconciler>\n\n {4}Workers, resync, queue\.\n/,
    );
    expect(stdout).toContain('  workers <integer 1 to 50>\n      Passes at once; default 3.\n');
    expect(stdout).toContain(
      "  requeue <requeue>\n      When a CR is looked at again. This version can't run it yet (declared requeues).\n",
    );
    const block = await run('explain', 'spec.crds.operatorBox.onReconcile');
    expect(block.stdout).toMatch(/\nNOT SUPPORTED YET:\n(?: {2}\w+ .*\n)* {2}git +\S/);
    const tree = await run('explain', 'spec.crds', '--recursive');
    expect(tree.stdout).toContain(
      '  operatorBox <operatorBox>\n    reconciler <reconciler>\n      workers <integer 1 to 50>\n',
    );
    expect((await run('explain', '--schema')).stdout).toBe(
      readFileSync(join(__dirname, '../../schemas/katalog.schema.json'), 'utf8'),
    );
    expectRefusal(await run('explain', 'metadata.nam'), 'metadata has no field "nam" (did you mean "name"?)');
  });

  it('answers an unknown command with the nearest one', async () => {
    expectRefusal(await run('valdate'), "unknown command 'valdate'\n(Did you mean validate?)");
  });

  it('answers an unknown option with the nearest one', async () => {
    expectRefusal(await run('run', '--kubeconfg', 'x'), "unknown option '--kubeconfg'\n(Did you mean --kubeconfig?)");
  });

  it('refuses a word that no option takes', async () => {
    const message = 'unexpected argument "other.yaml"; a Katalog is named with -f other.yaml';
    expectRefusal(await run('validate', 'other.yaml'), message);
  });

  it.each([
    ['abc', '--port abc: expected a number from 1 to 65535'],
    ['0', '--port 0: expected a number from 1 to 65535'],
    ['70000', '--port 70000: expected a number from 1 to 65535'],
  ])('refuses the port %s', async (port, message) => {
    expectRefusal(await run('run', '--port', port), message);
  });

  it('refuses a log format that does not exist and names those that do', async () => {
    expectRefusal(await run('run', '--log-format', 'xml'), '--log-format xml: expected one of auto, human, json');
  });

  it('keeps quiet when nobody reads its output', () => {
    const command = `"${process.execPath}" "${join(__dirname, '../../dist/cli/ork.js')}" validate | true`;
    const env = { PATH: process.env['PATH'] };
    const output = execFileSync('sh', ['-c', `${command} 2>&1`], { cwd: project.folder, env, encoding: 'utf8' });
    expect(output).toBe('');
  });
});

describe('ork validate', () => {
  it('finds katalog.yaml in the working directory and says what is in it', async () => {
    const { code, stdout, stderr } = await run('validate');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('demo.orkestra.io/v1, Kind=Website  workers: 8  resync: 30s');
    expect(stdout).toContain('✓ 1 CRD valid (hello-website)');
  });

  it('says where it looked when there is no Katalog', async () => {
    const cwd = join(project.folder, 'empty');
    mkdirSync(cwd);
    const message = `no Katalog found: there is no katalog.yaml or komposer.yaml in ${cwd}; name one with -f <file>`;
    expectRefusal(await ork(['validate'], { cwd }), message);
    expectRefusal(await run('validate', '-f', cwd), `${cwd}: the folder holds no katalog.yaml or komposer.yaml`);
    expectRefusal(await run('validate', '-f', `${cwd}/nope.yaml`), `${cwd}/nope.yaml: no such file`);
  });

  it.each([
    [
      'an unknown field',
      'resync: 30s',
      'resnyc: 30s',
      /katalog\.yaml:17:11: unknown field "resnyc".*did you mean "resync"/,
    ],
    ['a wrong type', 'workers: 8', 'workers: many', /katalog\.yaml:16:20: expected integer 1 to 50, found "many"/],
    ['a duplicate key', 'resync: 30s', 'workers: 9', /katalog\.yaml:17:11: .*[Kk]ey/],
    [
      'a template that does not end',
      '{{ .spec.image }}',
      '{{ .spec.image',
      /katalog\.yaml:26:\d+: template: unclosed action/,
    ],
    [
      'an unknown function',
      '.spec.image }}',
      '.spec.image | defalt 1 }}',
      /katalog\.yaml:26:\d+: .*"defalt".*did you mean "default"/,
    ],
    ['a missing CRD file', './crd.yaml', './crdd.yaml', /katalog\.yaml:13:16: crdFile: .*crdd\.yaml: no such file/],
    [
      'another kind',
      'kind: Katalog',
      'kind: Katalogue',
      /katalog\.yaml:4:7: expected kind: Katalog, found "Katalogue"/,
    ],
  ])('refuses %s with its place', async (_what, from, to, message) => {
    project.change(from, to);
    const { code, stdout, stderr } = await run('validate');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^error: katalog\.yaml:/);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it('tells every problem of a file at once', async () => {
    project.change('workers: 8\n          resync: 30s', 'workers: many\n          resnyc: 30s');
    const { stderr } = await run('validate');
    expect(stderr.trim().split('\n')).toHaveLength(2);
  });

  it('refuses a file that is no YAML', async () => {
    project.write('katalog.yaml', 'a: [1,\nb: {');
    const { code, stderr } = await run('validate');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: katalog\.yaml:\d+:\d+: /);
  });

  it('shows the stack only with --debug', async () => {
    project.change('workers: 8', 'workers: many');
    const { code, stderr } = await run('validate', '--debug');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: katalog\.yaml:16:20: [^\n]+\n/);
    expect(stderr).toMatch(/^\s+at /m);
  });
});
