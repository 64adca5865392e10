// `ork run` as a newcomer meets it: the sample in an empty folder, a cluster, Ctrl-C.
import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { LEASE_NAME } from '../../src/modules/common';
import { ControlPlane } from './support/control-plane';
import { eventually } from './support/eventually';
import { freePorts } from '../../scripts/real-servers';
import { ServerProcess } from './support/server-process';
import { childrenOf, sampleFile, Websites } from './support/websites';

const ROOT = join(__dirname, '..', '..');
const ORK = join(ROOT, 'dist', 'cli', 'ork.js');
const FILES = ['cr.yaml', 'crd.yaml', 'katalog.yaml'];
const STOP_MS = 2_000;
/** Two Ctrl-C within this are one: npm passes on what the terminal has told already. */
const SAME_KEY_MS = 300;

let plane: ControlPlane;
let websites: Websites;
let folder: string;
let port: number;
let folders = 0;
let run: ServerProcess | undefined;
let others: readonly number[] = [];

beforeAll(async () => {
  plane = await ControlPlane.start({ runsWorkloads: true });
  websites = new Websites(plane);
});

afterAll(() => plane?.stop());

beforeEach(async () => {
  folder = join(plane.folder, `newcomer-${++folders}`);
  mkdirSync(folder);
  for (const file of FILES) copyFileSync(sampleFile(file), join(folder, file));
  [port = 0] = await freePorts(1);
});

afterEach(async () => {
  await run?.stop('SIGKILL');
  run = undefined;
  for (const pid of others) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
  others = [];
});

function start(file: string, ...args: readonly string[]): ServerProcess {
  const env = { PATH: process.env['PATH'], HOME: folder, NO_COLOR: '1' };
  run = new ServerProcess(process.execPath, [file, ...args], env, folder);
  return run;
}

function ork(...args: readonly string[]): ServerProcess {
  return start(ORK, 'run', '-f', 'katalog.yaml', '--kubeconfig', plane.kubeconfig, '--port', String(port), ...args);
}

async function running(of: ServerProcess): Promise<void> {
  await eventually('everything runs', () => {
    if (of.hasEnded) throw new Error(of.output);
    return of.output.includes('Running; Ctrl-C stops.');
  });
  others = await childProcesses(of);
}

async function childProcesses({ pid }: ServerProcess): Promise<readonly number[]> {
  const { stdout } = await promisify(execFile)('pgrep', ['-P', String(pid)]);
  return stdout.trim().split('\n').map(Number);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function interrupted(of: ServerProcess): Promise<{ readonly code: number | undefined; readonly ms: number }> {
  const began = performance.now();
  const code = await of.stop('SIGINT');
  return { code, ms: performance.now() - began };
}

/** What `kubectl get websites` shows, row by row. */
async function columns(): Promise<readonly (readonly string[])[]> {
  const table = (await plane.kubectl('get', 'websites')).trim().split('\n');
  return table.map((row) => row.split(/\s{2,}/));
}

async function holder(): Promise<string> {
  return plane.kubectl('get', 'lease', LEASE_NAME, '-o', 'jsonpath={.spec.holderIdentity}');
}

it('brings the sample up in an empty folder, says what it does, and stops at Ctrl-C without leaving anything running', async () => {
  const ran = ork('--apply-cr');
  await running(ran);
  await eventually('the Website is ready', () => /✓ website default\/hello {2}ready/.test(ran.output), 40_000);
  const lines = ran.output.split('\n');
  expect(lines[0]).toMatch(/^orkestra \d+\.\d+\.\d+$/);
  for (const line of [
    'Katalog   hello-website, 1 CRD (katalog.yaml)',
    `Runtime   http://127.0.0.1:${port}/katalog`,
    `Cluster   context test, ${plane.server}, namespace default`,
    'note: applied CRD websites.demo.orkestra.io',
    'note: applied Website default/hello (cr.yaml)',
    'note: leading: this process reconciles',
    '+ website default/hello  created configmaps default/hello-content',
    '+ website default/hello  created deployments default/hello',
    '+ website default/hello  created services default/hello',
    `Try       kubectl get websites.demo.orkestra.io -A --kubeconfig ${plane.kubeconfig}`,
  ]) {
    expect(lines).toContain(line);
  }
  expect((await fetch(`http://127.0.0.1:${port}/ready`)).status).toBe(200);
  expect(await websites.managed()).toEqual(childrenOf('hello'));

  await plane.kubectl('scale', 'deployment/hello', '--replicas=5');
  await eventually('the correction is told', () =>
    ran.output.includes('~ website default/hello  corrected deployments default/hello (spec.replicas)'),
  );
  // The surplus pods go and the status follows, before the operator does.
  await eventually('two replicas are told again', async () => (await columns())[1]?.[2] === '2', 40_000);
  expect(await holder()).not.toBe('');

  const { code, ms } = await interrupted(ran);
  expect(code).toBe(0);
  expect(ms).toBeLessThan(STOP_MS);
  expect(others.filter(isAlive)).toEqual([]);
  await expect(fetch(`http://127.0.0.1:${port}/health`)).rejects.toThrow();
  expect(await holder()).toBe('');
  expect(ran.output).not.toMatch(/^\s+at |unhandled|deprecat|error/im);
  expect(readdirSync(folder).sort()).toEqual(FILES);
  // The operator is gone; what it made is not.
  expect(await websites.managed()).toEqual(childrenOf('hello'));
});

it('gives kubectl the columns and the explanations that crd.yaml promises', async () => {
  expect(await columns()).toEqual([
    ['NAME', 'PHASE', 'READY', 'URL'],
    ['hello', 'Ready', '2', 'http://hello.default.svc'],
  ]);
  const explained = await plane.kubectl('explain', 'website.spec');
  for (const field of [/image\s+<string> -required-/, /message\s+<string>/, /replicas\s+<integer>/]) {
    expect(explained).toMatch(field);
  }
  const wide = await plane.kubectl('describe', 'website', 'hello');
  expect(wide).toMatch(/Normal\s+WebsiteReconciled/);
});

it('ends at once at the second Ctrl-C, whatever the runtime is doing', async () => {
  const ran = ork('--apply-cr');
  await running(ran);
  // A runtime that can't answer.
  for (const pid of others) process.kill(pid, 'SIGSTOP');
  ran.signal('SIGINT');
  await pause(2 * SAME_KEY_MS);
  expect(ran.hasEnded).toBe(false);
  const { code, ms } = await interrupted(ran);
  expect(code).toBe(130);
  expect(ms).toBeLessThan(1_000);
  await eventually('the runtime is gone', () => !others.some(isAlive), 2_000);
});

it('takes the runtime along when it is killed itself', async () => {
  const ran = ork();
  // The one of the test before was killed: its lease runs out first.
  await eventually('it leads', () => ran.output.includes('leading: this process reconciles'), 30_000);
  expect(ran.output).toMatch(/^Waiting: \S+ leads /m);
  others = await childProcesses(ran);
  expect(others).toHaveLength(1);
  await ran.stop('SIGKILL');
  await eventually('the runtime is gone', () => !others.some(isAlive), 8_000);
  expect(await holder()).toBe('');
});

it('stops within 2 s in the middle of a bring-up, and finishes it the next time', async () => {
  const names = Array.from({ length: 40 }, (_, index) => `busy-${index}`);
  const first = ork();
  await running(first);
  await Promise.all(names.map((name) => websites.create(name)));
  await eventually('the bring-up has begun', async () => (await websites.managed()).length > 6);
  const { code, ms } = await interrupted(first);
  expect(code).toBe(0);
  expect(ms).toBeLessThan(STOP_MS);
  const second = ork();
  await running(second);
  await eventually('all children exist', async () => (await websites.managed()).length === 3 * 41);
  expect((await interrupted(second)).code).toBe(0);
  await websites.clear();
});

it('refuses a requested port that is in use, before anything is applied', async () => {
  const busy = createServer().listen(port, '127.0.0.1');
  try {
    const mark = Date.now();
    const ran = ork('--apply-cr');
    expect(await ran.ended).toBe(1);
    expect(ran.output).toContain(`error: port ${port} is in use by another process`);
    expect(ran.output).not.toMatch(/^\s+at /m);
    expect(plane.audit.ofOperator(mark)).toEqual([]);
  } finally {
    busy.close();
  }
});

it('says once why the cluster refuses it; the stack only with --debug', async () => {
  const kubeconfig = plane.writeKubeconfig('nobody', 'nobody-token');
  const args = ['run', '-f', 'katalog.yaml', '--kubeconfig', kubeconfig, '--port', String(port)];
  const quiet = start(ORK, ...args);
  expect(await quiet.ended).toBe(1);
  expect(quiet.output.match(/401 Unauthorized/g)).toHaveLength(1);
  expect(quiet.output).toMatch(/^error: the API server .* refused the credentials of context "test"/m);
  expect(quiet.output).not.toMatch(/^\s+at /m);
  const verbose = start(ORK, ...args, '--debug');
  expect(await verbose.ended).toBe(1);
  expect(verbose.output).toMatch(/^\s+at /m);
  expect(quiet.output + verbose.output).not.toContain('nobody-token');
});

it('asks the cluster for a plural that the Katalog does not say, and says what to do while the kind is not served', async () => {
  const group = 'people.example.org';
  const katalog = `apiVersion: orkestra.orkspace.io/v1
kind: Katalog
metadata: { name: census }
spec:
  crds:
    person:
      apiTypes: { group: ${group}, version: v1, kind: Person }
      operatorBox:
        onReconcile:
          configMaps: [{ name: "{{ .metadata.name }}-card", data: { name: "{{ .metadata.name }}" } }]
`;
  const crd = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: people.${group} }
spec:
  group: ${group}
  scope: Namespaced
  names: { kind: Person, plural: people, singular: person, listKind: PersonList }
  versions:
    - name: v1
      served: true
      storage: true
      subresources: { status: {} }
      schema: { openAPIV3Schema: { type: object, x-kubernetes-preserve-unknown-fields: true } }
`;
  writeFileSync(join(folder, 'katalog.yaml'), katalog);
  const early = ork('--namespace', 'kube-public');
  expect(await early.ended).toBe(1);
  expect(early.output).toMatch(/^⚠ .*katalog\.yaml:7:.*"persons" is a guess/m);
  expect(early.output).toMatch(
    /^error: .*katalog\.yaml:7:.* serves no people\.example\.org\/v1, Kind=Person.*apply its CRD/m,
  );
  await plane.applyText(crd);
  await plane.kubectl('wait', '--for=condition=Established', `crd/people.${group}`);
  await running(ork('--namespace', 'kube-public'));
  await plane.applyText(`apiVersion: ${group}/v1\nkind: Person\nmetadata: { name: ada, namespace: default }\n`);
  await eventually('the child is there', () => plane.kubectl('get', 'configmap', 'ada-card'));
  const [, hint = ''] = /^Try {7}kubectl (.*)$/m.exec(run?.output ?? '') ?? [];
  expect(await plane.kubectl(...hint.split(' '))).toContain('ada');
});

it('npm start runs the sample with all three processes, and stops them together', async () => {
  const ran = start(join(ROOT, 'scripts', 'start.js'), '--kubeconfig', plane.kubeconfig, '--port', String(port));
  await eventually('everything runs', () => ran.output.includes('Running; Ctrl-C stops.'), 60_000);
  others = await childProcesses(ran);
  expect(others).toHaveLength(3);
  await eventually('the Website is ready', () => /✓ website default\/hello {2}ready/.test(ran.output), 40_000);
  for (const label of ['Runtime', 'Gateway', 'Control']) {
    const [, address = ''] = new RegExp(`^${label}\\s+(https?://[^/\\s]+)`, 'm').exec(ran.output) ?? [];
    const answers = await Promise.all(
      ['/startup', '/ready', '/health', '/metrics'].map(async (path) => [path, (await fetch(address + path)).status]),
    );
    expect([label, answers]).toEqual([
      label,
      [
        ['/startup', 200],
        ['/ready', 200],
        ['/health', 200],
        ['/metrics', 200],
      ],
    ]);
  }
  const { code, ms } = await interrupted(ran);
  expect(code).toBe(0);
  expect(ms).toBeLessThan(STOP_MS);
  expect(others.filter(isAlive)).toEqual([]);
});
