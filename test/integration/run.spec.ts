// `ork run` as its users meet it: the real processes against an API server that holds nothing.
import { readFileSync } from 'node:fs';
import { type Answer, json } from '../../src/modules/kube/testing/scripted-api-server';
import { EmptyCluster, FORBIDDEN, occupy, openPort, UNAUTHORIZED } from './support/empty-cluster';
import { type Ended, Ork, ork, plain, Project } from './support/ork';

jest.setTimeout(40_000);

const RUNNING = 'Running; Ctrl-C stops.';
const SAME_KEY_MS = 300;

let cluster: EmptyCluster;
let project: Project;
const started: Ork[] = [];

beforeEach(async () => {
  cluster = await EmptyCluster.start();
  project = new Project();
  project.kubeconfig(cluster.url);
});

afterEach(async () => {
  for (const one of started.splice(0)) {
    one.process.kill('SIGKILL');
    await one.ended;
  }
  await cluster.close();
  project.remove();
});

interface Start {
  readonly env?: NodeJS.ProcessEnv;
  readonly terminal?: boolean;
}

function start(args: readonly string[] = [], options: Start = {}): Ork {
  const run = new Ork(['run', '--kubeconfig', 'kubeconfig', ...args], { cwd: project.folder, ...options });
  started.push(run);
  return run;
}

/** `ork run` that ends by itself. */
function refused(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return ork(['run', ...args], { cwd: project.folder, env });
}

function runtimeUrl({ stdout }: Ork): string {
  return /Runtime\s+(http:\S+)\/katalog/.exec(plain(stdout))?.[1] ?? '';
}

async function answers(url: string): Promise<boolean> {
  return fetch(`${url}/health`).then(
    ({ ok }) => ok,
    () => false,
  );
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 50));
}

describe('ork run', () => {
  it('says which Katalog and cluster, where the processes are, and what to try, before it rests', async () => {
    const run = start(['--all']);
    await run.prints(RUNNING);
    const text = plain(run.stdout).split(RUNNING)[0] ?? '';
    expect(
      text
        .trim()
        .split('\n')
        .filter((line) => !line.includes('note:')),
    ).toEqual([
      expect.stringMatching(/^orkestra \d+\.\d+\.\d+$/),
      'Katalog   hello-website, 1 CRD (katalog.yaml)',
      `Cluster   context test, ${cluster.url}, namespace default`,
      expect.stringMatching(/^Runtime {3}http:\/\/127\.0\.0\.1:\d+\/katalog$/),
      expect.stringMatching(/^Gateway {3}http:\/\/127\.0\.0\.1:\d+$/),
      expect.stringMatching(/^Control {3}http:\/\/127\.0\.0\.1:\d+$/),
      'Try       kubectl get websites.demo.orkestra.io -A --kubeconfig kubeconfig',
    ]);
    expect(await answers(runtimeUrl(run))).toBe(true);
    expect(run.stdout + run.stderr).not.toContain('the-secret-token');
  });

  it('stops at Ctrl-C within two seconds, gives the lease up and ends with 0', async () => {
    const run = start();
    await run.prints(RUNNING);
    await until(() => cluster.leaseHolder !== undefined);
    const asked = performance.now();
    run.process.kill('SIGINT');
    const { code, stderr } = await run.ended;
    expect(performance.now() - asked).toBeLessThan(2_000);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(cluster.leaseHolder).toBeUndefined();
    expect(await answers(runtimeUrl(run))).toBe(false);
  });

  it('stops at Ctrl-C though the API server answers no more', async () => {
    const run = start();
    await run.prints(RUNNING);
    await until(() => cluster.leaseHolder !== undefined);
    const silence: Answer = () => undefined;
    cluster.override = () => silence;
    run.process.kill('SIGINT');
    expect((await run.ended).code).toBe(0);
  });

  it('says who leads when another runtime does, that it waits, and is ready', async () => {
    cluster.lead('somebody_1', 'hello-website');
    const run = start();
    const waiting = 'Waiting: somebody_1 leads (lease default/orkestra-konductor)';
    await run.prints(waiting);
    expect(plain(run.stdout)).not.toContain(RUNNING);
    for (const probe of ['/startup', '/ready']) expect((await fetch(runtimeUrl(run) + probe)).status).toBe(200);
    run.process.kill('SIGINT');
    expect((await run.ended).code).toBe(0);
    expect(cluster.leaseHolder).toBe('somebody_1');
  });

  it('says nothing to be running while the lease is not answered, and stops at Ctrl-C then', async () => {
    const silence: Answer = () => undefined;
    cluster.override = ({ path }) => (path.includes('/leases') ? silence : undefined);
    const run = start();
    await run.prints('nobody is known to lead yet: still asking for the lease default/orkestra-konductor');
    expect(plain(run.stdout)).not.toMatch(/Ctrl-C stops/);
    run.process.kill('SIGINT');
    const { code, stderr } = await run.ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('stops at Ctrl-C while it still starts', async () => {
    const silence: Answer = () => undefined;
    cluster.override = ({ path }) => (path === '/version' ? silence : undefined);
    const run = start();
    await run.prints('Cluster');
    run.process.kill('SIGINT');
    const { code, stdout } = await run.ended;
    expect(code).toBe(0);
    expect(stdout).not.toContain(RUNNING);
  });

  it('ends at once at the second Ctrl-C, whatever its processes do', async () => {
    const run = start();
    await run.prints(RUNNING);
    const pid = run.process.pid ?? 0;
    const [child] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
    process.kill(child ?? 0, 'SIGSTOP');
    run.process.kill('SIGINT');
    await run.prints('Stopping; Ctrl-C again ends at once.');
    await new Promise((resolve) => setTimeout(resolve, SAME_KEY_MS + 50));
    run.process.kill('SIGINT');
    expect((await run.ended).code).toBe(130);
    await until(async () => !(await answers(runtimeUrl(run))));
  });

  it('takes the Ctrl-C that npm passes on for the same key', async () => {
    const run = start();
    await run.prints(RUNNING);
    run.process.kill('SIGINT');
    run.process.kill('SIGINT');
    expect((await run.ended).code).toBe(0);
  });

  it('moves a default port that is in use, however many runs want it at once', async () => {
    const busy = await occupy(8080);
    const runs = Array.from({ length: 4 }, () => start());
    // One of them leads, the others wait.
    for (const run of runs) await run.prints('Ctrl-C stops.');
    const urls = runs.map(runtimeUrl);
    expect(new Set(urls).size).toBe(runs.length);
    const taken = busy.isOurs ? ['http://127.0.0.1:8080'] : [];
    expect(urls.filter((url) => taken.includes(url))).toEqual([]);
    for (const url of urls) expect(await answers(url)).toBe(true);
    for (const run of runs) run.process.kill('SIGINT');
    for (const run of runs) {
      const { code, stderr } = await run.ended;
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    }
    await busy.close();
  });

  it('leaves no process behind when it is killed', async () => {
    const run = start(['--all']);
    await run.prints(RUNNING);
    await until(() => cluster.leaseHolder !== undefined);
    const urls = plain(run.stdout).match(/http:\/\/127\.0\.0\.1:\d+(?=\/katalog$|$)/gm) ?? [];
    expect(urls).toHaveLength(3);
    run.process.kill('SIGKILL');
    for (const url of urls) await until(async () => !(await answers(url)));
    expect(cluster.leaseHolder).toBeUndefined();
  });
});

describe('log lines of ork run', () => {
  const env = { LOG_LEVEL: 'info' };
  const HUMAN = /^\d\d:\d\d:\d\d info {2}http\.listening url=http/m;

  it('are JSON when nobody watches', async () => {
    const run = start([], { env });
    await run.prints('http.listening');
    const [line = ''] = run.stderr.split('\n');
    expect(JSON.parse(line)).toMatchObject({ level: 'info', process: 'runtime', event: 'http.listening' });
    expect(run.stderr + run.stdout).not.toContain('\u001b');
  });

  it('are for people at a terminal, where Ctrl-C works, too', async () => {
    const run = start([], { env, terminal: true });
    await run.prints(RUNNING);
    expect(plain(run.stdout)).toMatch(HUMAN);
    run.process.stdin?.write('\u0003');
    expect((await run.ended).code).toBe(0);
  });

  it('are what --log-format says, terminal or not', async () => {
    const piped = start(['--log-format', 'human'], { env });
    await piped.prints(HUMAN);
    const watched = start(['--log-format', 'json'], { env, terminal: true });
    await watched.prints('"event":"http.listening"');
    expect(plain(watched.stdout)).not.toMatch(HUMAN);
  });
});

describe('ork run refuses', () => {
  /** One message, exit code 1, nothing said to run, no stack, no secret. */
  function expectRefusal({ code, stdout, stderr }: Ended, message: RegExp): void {
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(message) });
    expect(stderr.match(/error:/g)).toHaveLength(1);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(stdout).not.toContain('http://127.0.0.1:80');
    expect(stdout + stderr).not.toContain('the-secret-token');
  }

  const given = ['--kubeconfig', 'kubeconfig'];

  it('to guess a cluster: it says how to name one, and how to do without', async () => {
    expectRefusal(
      await refused([]),
      /^error: no cluster found: .*--kubeconfig <file>, or run without a cluster: ork run --dev$/m,
    );
  });

  it('a kubeconfig that does not exist', async () => {
    expectRefusal(await refused(['--kubeconfig', 'nope']), /^error: kubeconfig .*nope: no such file/);
  });

  it('a context that does not exist, with the nearest name', async () => {
    const message = /^error: .*no context "tset" \(did you mean "test"\?\)/;
    expectRefusal(await refused([...given, '--context', 'tset']), message);
  });

  it('a cluster that nobody serves', async () => {
    const { port, close } = await openPort();
    await close();
    project.kubeconfig(`http://127.0.0.1:${port}`);
    const message = new RegExp(`^error: the API server of context "test" can't be reached: .*127\\.0\\.0\\.1:${port}`);
    expectRefusal(await refused(given), message);
  });

  it('credentials that the server refuses', async () => {
    cluster.override = () => UNAUTHORIZED;
    expectRefusal(await refused(given), /^error: the API server .* refused the credentials of context "test" \(401/);
  });

  it('an account without the rights that the Katalog needs, and names the rules', async () => {
    const none = json(201, { kind: 'SelfSubjectRulesReview', status: { incomplete: false, resourceRules: [] } });
    cluster.override = ({ path }) => (path.endsWith('/selfsubjectrulesreviews') ? none : undefined);
    expectRefusal(
      await refused(given),
      /lacks rights that the Katalog "hello-website" needs[^]*resources: \["websites"\]/,
    );
  });

  it('an account without rights before it applies anything, though the CRDs are not served yet', async () => {
    const none = json(201, { kind: 'SelfSubjectRulesReview', status: { incomplete: false, resourceRules: [] } });
    cluster.override = ({ path }) => (path.endsWith('/selfsubjectrulesreviews') ? none : undefined);
    project.change('crdFile: ./crd.yaml', 'apiTypes: { group: demo.orkestra.io, version: v1, kind: Website }');
    const { code, stderr } = await refused([...given, '--apply-cr']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/resources: \["websites"\]/);
    expect(stderr).toMatch(/resources: \["customresourcedefinitions"\], verbs: \[.*"patch"/);
    expect(cluster.seen.filter(({ method, path }) => method === 'PATCH' || !/review|version/.test(path))).toEqual([]);
  });

  it('a right that is missing where the server does not list them', async () => {
    cluster.override = ({ path }) => {
      if (path.endsWith('/selfsubjectrulesreviews')) return FORBIDDEN;
      return path === '/apis/demo.orkestra.io/v1/websites' ? FORBIDDEN : undefined;
    };
    expectRefusal(await refused(given), /forbidden[^]*resources: \["websites"\]/);
  });

  it('a namespace whose lease belongs to another Katalog', async () => {
    cluster.lead('somebody_1', 'another');
    const { code, stderr } = await refused(given);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^error: the lease default\/orkestra-konductor is held by somebody_1 .*"another".*ORK_NAMESPACE/,
    );
  });

  it('a requested port that is in use, before it asks the cluster anything', async () => {
    const { port, close } = await openPort();
    expectRefusal(await refused([...given, '--port', String(port)]), /^error: port \d+ is in use by another process/);
    expectRefusal(await refused(given, { ORK_PORT: String(port) }), /^error: port \d+ is in use by another process/);
    expect(cluster.seen).toHaveLength(0);
    await close();
  });

  it('a Katalog with a mistake, before it asks the cluster anything', async () => {
    project.change('workers: 8', 'workers: many');
    expectRefusal(await refused(given), /^error: katalog\.yaml:16:20: /);
    expect(cluster.seen).toHaveLength(0);
  });

  it('with a stack when --debug asks for it', async () => {
    cluster.override = () => UNAUTHORIZED;
    const { code, stderr } = await refused([...given, '--debug', '--log-format', 'json']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: the API server .* refused the credentials/m);
    expect(stderr).toMatch(/^\s+at /m);
    expect(stderr).not.toContain('the-secret-token');
  });
});
