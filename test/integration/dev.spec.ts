// `ork run --dev` as its users meet it: an operator that works without a cluster, from an empty folder on.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { ClusterAccess, CONFIG_MAPS, DEPLOYMENTS, SERVICES, WEBSITES } from './support/cluster-access';
import { EmptyCluster, occupy, openPort } from './support/empty-cluster';
import { ork, Ork, plain, Project } from './support/ork';

jest.setTimeout(40_000);

const READY = '✓ website default/hello  ready';
const RUNNING = 'Running; Ctrl-C stops.';
const SAME_KEY_MS = 300;

/** Made once: what `ork init` writes. */
let made: Project;
let project: Project;
let temporary: string;
let site: string;
let access: ClusterAccess | undefined;
const started: Ork[] = [];

beforeAll(async () => {
  made = new Project();
  expect((await ork(['init', 'shop'], { cwd: made.folder })).code).toBe(0);
});

afterAll(() => made.remove());

beforeEach(() => {
  project = new Project();
  temporary = join(project.folder, 'tmp');
  site = join(project.folder, 'shop');
  mkdirSync(temporary);
  cpSync(join(made.folder, 'shop'), site, { recursive: true });
});

afterEach(async () => {
  await access?.close();
  access = undefined;
  for (const one of started.splice(0)) {
    one.process.kill('SIGKILL');
    await one.ended;
  }
  project.remove();
});

function start(args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Ork {
  const run = new Ork(['run', '--dev', ...args], { cwd: site, env: { TMPDIR: temporary, ...env } });
  started.push(run);
  return run;
}

function kubeconfigOf({ stdout }: Ork): string {
  return /export KUBECONFIG=(\S+)/.exec(plain(stdout))?.[1] ?? '';
}

async function open(run: Ork): Promise<ClusterAccess> {
  return (access = await ClusterAccess.open(kubeconfigOf(run)));
}

function serverOf(kubeconfig: string): number {
  return Number(/server: https:\/\/127\.0\.0\.1:(\d+)/.exec(readFileSync(kubeconfig, 'utf8'))?.[1]);
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 50));
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

function childrenOf(pid: number): readonly number[] {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return text === '' ? [] : text.split(' ').map(Number);
}

describe('ork run --dev', () => {
  it('brings the sample up, says how to look at it, and keeps it so', async () => {
    const run = start();
    await run.prints(READY);
    await run.prints(RUNNING);
    const kubeconfig = kubeconfigOf(run);
    const text = plain(run.stdout).split(RUNNING)[0] ?? '';
    expect(
      text
        .trim()
        .split('\n')
        .filter((line) => !/^[+✓]/.test(line)),
    ).toEqual([
      expect.stringMatching(/^orkestra \d+\.\d+\.\d+$/),
      'Katalog   shop, 1 CRD (katalog.yaml)',
      'Sandbox   a Kubernetes API in this process; what is in it is gone when this ends',
      expect.stringMatching(/^Cluster {3}context sandbox, https:\/\/127\.0\.0\.1:\d+, namespace default$/),
      'note: applied CRD websites.demo.orkestra.io',
      'note: applied Website default/hello (cr.yaml)',
      'note: leading: this process reconciles',
      expect.stringMatching(/^Runtime {3}http:\/\/127\.0\.0\.1:\d+\/katalog$/),
      `Try       export KUBECONFIG=${kubeconfig}`,
      '          kubectl get websites.demo.orkestra.io -A',
      '          kubectl get configmaps,deployments,services -A',
      '          kubectl --context sandbox delete deployments -A -l orkestra.orkspace.io/managed=true   # back at once',
    ]);
    expect(statSync(kubeconfig).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(kubeconfig)).mode & 0o777).toBe(0o700);

    const cluster = await open(run);
    const { api } = cluster;
    const find = cluster.find.bind(cluster);
    expect(await find(WEBSITES, 'hello')).toMatchObject({
      status: { phase: 'Ready', readyReplicas: 2, url: 'http://hello.default.svc' },
    });
    expect(await find(DEPLOYMENTS, 'hello')).toMatchObject({ spec: { replicas: 2 }, status: { readyReplicas: 2 } });
    expect(await find(SERVICES, 'hello')).toMatchObject({ spec: { ports: [{ port: 80 }] } });
    expect(await find(CONFIG_MAPS, 'hello-content')).toMatchObject({
      data: { 'index.html': '<h1>Hello from Orkestra</h1>' },
    });

    const deployment = { resource: DEPLOYMENTS, namespace: 'default', name: 'hello' };
    await api.patch(deployment, { type: 'merge', body: { spec: { replicas: 5 } } });
    await run.prints('~ website default/hello  corrected deployments default/hello (spec.replicas)');
    expect(await find(DEPLOYMENTS, 'hello')).toMatchObject({ spec: { replicas: 2 } });
    await api.delete({ resource: SERVICES, namespace: 'default', name: 'hello' }, {});
    await until(async () => (await find(SERVICES, 'hello')) !== undefined);
    await api.delete({ resource: WEBSITES, namespace: 'default', name: 'hello' }, {});
    await until(async () => (await find(DEPLOYMENTS, 'hello')) === undefined);
  });

  it('ends at Ctrl-C within two seconds and leaves neither folder nor port', async () => {
    const run = start(['--all']);
    await run.prints(READY);
    await run.prints(RUNNING);
    const port = serverOf(kubeconfigOf(run));
    expect(await isOpen(port)).toBe(true);
    const asked = performance.now();
    run.process.kill('SIGINT');
    const { code, stdout, stderr } = await run.ended;
    expect(performance.now() - asked).toBeLessThan(2_000);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(readdirSync(temporary)).toEqual([]);
    const addresses = plain(stdout).match(/http:\/\/127\.0\.0\.1:\d+(?=\/katalog$|$)/gm) ?? [];
    expect(addresses).toHaveLength(3);
    for (const address of [port, ...addresses.map((url) => Number(new URL(url).port))]) {
      expect(await isOpen(address)).toBe(false);
    }
  });

  it('goes to no cluster that the environment names, and changes no kubeconfig', async () => {
    const cluster = await EmptyCluster.start();
    mkdirSync(join(site, '.kube'));
    const own = join(site, '.kube', 'config');
    writeFileSync(own, readFileSync(join(project.folder, project.kubeconfig(cluster.url))));
    const before = readFileSync(own, 'utf8');
    writeFileSync(join(site, '.env'), `KUBEKONFIG=${own}\nORK_KUBE_CONTEXT=test\n`);
    const run = start([], { KUBECONFIG: own, KUBEKONFIG: own, ORK_KUBE_CONTEXT: 'test' });
    await run.prints(READY);
    run.process.kill('SIGINT');
    expect((await run.ended).code).toBe(0);
    expect(cluster.seen).toEqual([]);
    expect(readFileSync(own, 'utf8')).toBe(before);
    expect(readdirSync(join(site, '.kube'))).toEqual(['config']);
    await cluster.close();
  });

  it('goes to the cluster that the command line names, and applies nothing there unasked', async () => {
    const cluster = await EmptyCluster.start();
    const kubeconfig = join(project.folder, project.kubeconfig(cluster.url));
    const run = start(['--kubeconfig', kubeconfig]);
    await run.prints(RUNNING);
    expect(plain(run.stdout)).toContain(`Cluster   context test, ${cluster.url}, namespace default`);
    expect(plain(run.stdout)).not.toMatch(/sandbox|applied/i);
    expect(readdirSync(temporary)).toEqual([]);
    run.process.kill('SIGINT');
    expect((await run.ended).code).toBe(0);
    await cluster.close();
  });

  it('is over when one of its processes crashes, and cleans up', async () => {
    const run = start(['--all']);
    await run.prints(RUNNING);
    const port = serverOf(kubeconfigOf(run));
    const [child] = childrenOf(run.process.pid ?? 0);
    process.kill(child ?? 0, 'SIGKILL');
    const { code, stderr } = await run.ended;
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'error: the runtime ended: ended by SIGKILL\n' });
    expect(readdirSync(temporary)).toEqual([]);
    expect(await isOpen(port)).toBe(false);
  });

  it('removes the kubeconfig at the second Ctrl-C, too', async () => {
    const run = start();
    await run.prints(RUNNING);
    const [child] = childrenOf(run.process.pid ?? 0);
    process.kill(child ?? 0, 'SIGSTOP');
    run.process.kill('SIGINT');
    await run.prints('Stopping; Ctrl-C again ends at once.');
    await new Promise((resolve) => setTimeout(resolve, SAME_KEY_MS + 50));
    run.process.kill('SIGINT');
    expect((await run.ended).code).toBe(130);
    expect(readdirSync(temporary)).toEqual([]);
  });

  it.each(['Katalog', 'Sandbox'])(
    'ends at Ctrl-C while it still starts (%s), and leaves nothing behind',
    async (line) => {
      const run = start(['--all', '--data', 'objects']);
      await run.prints(line);
      const children = childrenOf(run.process.pid ?? 0);
      run.process.kill('SIGINT');
      const { code, stdout, stderr } = await run.ended;
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).not.toContain(RUNNING);
      expect(readdirSync(temporary)).toEqual([]);
      expect(readdirSync(join(site, 'objects'))).toEqual(['objects.log']);
      for (const child of children) expect(() => process.kill(child, 0)).toThrow('ESRCH');
    },
  );

  it('leaves no folder behind when it is killed: its processes clean up', async () => {
    const killed = start(['--all']);
    await killed.prints(RUNNING);
    expect(readdirSync(temporary)).toHaveLength(1);
    killed.process.kill('SIGKILL');
    await killed.ended;
    await until(() => readdirSync(temporary).length === 0);
  });

  it('takes over from a run that was killed with its processes, and does not wait for the lease that they held', async () => {
    const data = ['--data', 'objects'];
    const killed = start(data);
    await killed.prints(RUNNING);
    const left = kubeconfigOf(killed);
    const [child] = childrenOf(killed.process.pid ?? 0);
    process.kill(child ?? 0, 'SIGSTOP');
    killed.process.kill('SIGKILL');
    process.kill(child ?? 0, 'SIGKILL');
    await killed.ended;
    expect(existsSync(left)).toBe(true);
    expect(readdirSync(join(site, 'objects'))).toEqual(['lock-1', 'objects.log']);

    const run = start(data);
    await run.prints('Ctrl-C stops.');
    // A runtime that has to wait says who leads.
    expect(plain(run.stdout)).not.toContain('leads');
    expect(plain(run.stdout)).toContain(RUNNING);
    expect(readdirSync(join(site, 'objects'))).toEqual(['lock-2', 'objects.log']);
    expect(existsSync(left)).toBe(false);
    expect(existsSync(kubeconfigOf(run))).toBe(true);
  });

  it('keeps its objects over restarts with --data, and gives them to one run at a time', async () => {
    const data = ['--data', 'objects'];
    const first = start(data);
    await first.prints(READY);
    await first.prints(RUNNING);
    expect(plain(first.stdout)).toContain(
      'Sandbox   a Kubernetes API in this process; what is in it is kept in objects',
    );
    const { uid } = (await (await open(first)).find(DEPLOYMENTS, 'hello'))?.metadata ?? {};
    const refused = await start(data).ended;
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/^error: .*objects.* in use/);
    await access?.close();
    first.process.kill('SIGINT');
    expect((await first.ended).code).toBe(0);

    const second = start(data);
    await second.prints(RUNNING);
    const found = await (await open(second)).find(DEPLOYMENTS, 'hello');
    expect(uid).toBeDefined();
    expect(found?.metadata.uid).toBe(uid);
  });

  it('applies the crd.yaml beside a Katalog that does not name it', async () => {
    const katalog = join(site, 'katalog.yaml');
    const own = readFileSync(katalog, 'utf8').replace(
      'crdFile: ./crd.yaml',
      'apiTypes: { group: demo.orkestra.io, version: v1, kind: Website }',
    );
    writeFileSync(katalog, own);
    const run = start();
    await run.prints(READY);
    expect(plain(run.stdout)).toContain('note: applied CRD websites.demo.orkestra.io');
  });

  it('makes the namespace that -n names', async () => {
    const run = start(['-n', 'team']);
    await run.prints(RUNNING);
    expect(plain(run.stdout)).toMatch(/, namespace team$/m);
    const lease = { group: 'coordination.k8s.io', version: 'v1', kind: 'Lease', plural: 'leases', namespaced: true };
    const { api } = await open(run);
    const found = await api.get({ resource: lease, namespace: 'team', name: 'orkestra-konductor' });
    expect(found.metadata.namespace).toBe('team');
  });

  it('moves a busy default port, and refuses a requested one that is busy', async () => {
    const { port, close } = await openPort();
    const { code, stderr } = await start(['--port', String(port)]).ended;
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `error: port ${port} is in use by another process; choose another one with --port or ORK_PORT, or leave it out\n`,
    });
    await close();
    const runs = [start(), start()];
    for (const run of runs) await run.prints(RUNNING);
    const addresses = runs.map(({ stdout }) => /Runtime\s+(\S+)/.exec(plain(stdout))?.[1]);
    expect(new Set(addresses).size).toBe(2);
  });

  it.each([
    ['without --dev', ['run', '--data', 'objects']],
    ['with a cluster', ['run', '--dev', '--data', 'objects', '--kubeconfig', 'k']],
  ])('refuses --data %s', async (_how, args) => {
    expect(await ork(args, { cwd: site })).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'error: --data keeps the objects of the embedded Kubernetes API: it goes with --dev, and with no cluster\n',
    });
  });
});

describe('the control center of a run', () => {
  it('shows the CRDs and resources of its runtime wherever that listens, and says when it is away', async () => {
    const busy = await occupy(8080);
    const run = start(['--all']);
    await run.prints(READY);
    await run.prints(RUNNING);
    const url = /Control\s+(\S+)/.exec(plain(run.stdout))?.[1] ?? '';
    await until(async () => /<td>hello<\/td>[^]*yes/.test(await (await fetch(url)).text()));
    const response = await fetch(url);
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
    const [runtime] = childrenOf(run.process.pid ?? 0);
    process.kill(runtime ?? 0, 'SIGSTOP');
    await until(async () => (await (await fetch(url)).text()).includes('no answer within 3 s'));
    process.kill(runtime ?? 0, 'SIGCONT');
    await busy.close();
  });
});
