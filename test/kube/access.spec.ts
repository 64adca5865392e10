// Ways to log in to a real API server, and what a refused one is told. No secret may appear in any output.
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type JsonObject } from '../../src/modules/common';
import { CertificateAuthority } from './support/certificates';
import { ControlPlane } from './support/control-plane';
import { eventually } from './support/eventually';
import { Operator } from './support/operator';
import { freePorts } from '../../scripts/real-servers';
import { CRD_MANIFEST, katalog, Websites } from './support/websites';

const KATALOG = katalog();
const MASTERS = 'system:masters';
/** The token of an account is its name and this. */
const SECRET_PART = '-token';

let plane: ControlPlane;
let websites: Websites;
let folders = 0;
let operator: Operator | undefined;

beforeAll(async () => {
  plane = await ControlPlane.start({ manifests: [CRD_MANIFEST], administrators: ['alpha', 'beta'] });
  websites = new Websites(plane);
  await websites.install();
  await websites.create('one');
});

afterAll(() => plane?.stop());

afterEach(async () => {
  const output = operator?.output ?? '';
  await operator?.stop('SIGKILL');
  operator = undefined;
  expect(output).not.toContain(SECRET_PART);
  expect(output).not.toMatch(/PRIVATE KEY|eyJ[\w-]{10}|[Bb]earer \S/);
  // The next runtime need not wait for the lease of one that was killed.
  await plane.kubectl('delete', 'lease', '--all');
});

interface Login {
  readonly user: JsonObject;
  readonly cluster?: JsonObject;
  /** Written beside the kubeconfig. */
  readonly files?: Readonly<Record<string, string>>;
}

/** A kubeconfig in a folder of its own. */
function kubeconfig({ user, cluster, files = {} }: Login): string {
  const folder = join(plane.folder, `login-${++folders}`);
  mkdirSync(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const file = join(folder, 'kubeconfig');
  const trust = { server: plane.server, 'certificate-authority-data': base64(authority()) };
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'test', cluster: cluster ?? trust }],
    users: [{ name: 'somebody', user }],
    contexts: [{ name: 'here', context: { cluster: 'test', user: 'somebody' } }],
    'current-context': 'here',
  };
  writeFileSync(file, JSON.stringify(config));
  return file;
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

/** The file of the API server's own certificate holds its authority as well. */
function authority(): string {
  return readFileSync(join(plane.folder, 'certs', 'apiserver.crt'), 'utf8');
}

async function start(login: Login | string, env: Readonly<Record<string, string>> = {}): Promise<Operator> {
  const file = typeof login === 'string' ? login : kubeconfig(login);
  operator = await Operator.start(plane, { katalog: KATALOG, kubeconfig: file, env, waitsForReady: false });
  return operator;
}

async function works(login: Login | string, account: string): Promise<Operator> {
  const runtime = await start(login);
  await runtime.ready();
  await eventually('it leads', async () => (await runtime.get<{ OrkReady: boolean }>('/katalog')).OrkReady);
  const leases = plane.audit.ofUser(account).filter(({ objectRef }) => objectRef?.resource === 'leases');
  expect(leases.length).toBeGreaterThan(0);
  return runtime;
}

/** Ends with exit code 1; gives what it said on one line without a stack. */
async function refused(login: Login | string): Promise<string> {
  const runtime = await start(login);
  expect(await runtime.process.ended).toBe(1);
  expect(runtime.output).not.toMatch(/^\s+at /m);
  const told = runtime.output.split('\n').filter((line) => line.startsWith('error: '));
  expect(told).toHaveLength(1);
  await expect(fetch(`${runtime.url}/health`)).rejects.toThrow();
  return told[0] ?? '';
}

describe('logs in with', () => {
  it('a token', async () => {
    await works({ user: { token: 'alpha-token' } }, 'alpha');
  });

  it('a client certificate inside the kubeconfig', async () => {
    const { pem, keyPem } = plane.clients.client('inline', MASTERS);
    const user = { 'client-certificate-data': base64(pem), 'client-key-data': base64(keyPem) };
    await works({ user }, 'inline');
  });

  it('files beside the kubeconfig, named by relative paths', async () => {
    const { pem, keyPem } = plane.clients.client('relative', MASTERS);
    await works(
      {
        user: { 'client-certificate': 'client.crt', 'client-key': './client.key' },
        cluster: { server: plane.server, 'certificate-authority': 'ca.crt' },
        files: { 'client.crt': pem, 'client.key': keyPem, 'ca.crt': authority() },
      },
      'relative',
    );
  });

  it('the first of several files in KUBECONFIG', async () => {
    const first = kubeconfig({ user: { token: 'alpha-token' } });
    const second = kubeconfig({ user: { token: 'wrong' } });
    const mark = Date.now();
    const runtime = await start('', { KUBECONFIG: `${first}:${second}` });
    await runtime.ready();
    expect(plane.audit.ofUser('alpha', mark).length).toBeGreaterThan(0);
  });

  it('a token file, and reads it again when its token is refused', async () => {
    const [first = '', second = ''] = await Promise.all(['first', 'second'].map(serviceAccountToken));
    const file = kubeconfig({ user: { tokenFile: 'token' }, files: { token: first } });
    const runtime = await works(file, 'system:serviceaccount:default:first');
    writeFileSync(join(file, '..', 'token'), second);
    const mark = Date.now();
    await plane.kubectl('delete', 'serviceaccount', 'first');
    await eventually(
      'the lease is renewed with the new token',
      () => plane.audit.ofUser('system:serviceaccount:default:second', mark).some(({ verb }) => verb === 'update'),
      30_000,
    );
    await websites.patch('one', { spec: { message: 'rotated' } });
    await eventually('children are written with the new token', () =>
      plane.audit.writesOfUser('system:serviceaccount:default:second', mark).some(({ verb }) => verb === 'patch'),
    );
    expect(await runtime.get<{ isKonductor: boolean }>('/katalog')).toMatchObject({ isKonductor: true });
  });

  it('an exec plugin beside the kubeconfig, and asks it again before its token ends', async () => {
    const file = kubeconfig({ user: plugin('./plugin'), files: { plugin: PLUGIN } });
    chmodSync(join(file, '..', 'plugin'), 0o755);
    const runtime = await works(file, 'alpha');
    // The plugin gives the token of alpha first, for a few seconds, and of beta from then on.
    await websites.patch('one', { spec: { message: 'plugged' } });
    const mark = Date.now();
    await eventually('the lease is renewed as beta', () =>
      plane.audit.ofUser('beta', mark).some(({ objectRef }) => objectRef?.resource === 'leases'),
    );
    await eventually('a child is written as beta', async () => {
      await websites.patch('one', { spec: { message: `plugged at ${Date.now()}` } });
      return plane.audit.writesOfUser('beta', mark).length > 0;
    });
    expect(plane.audit.ofUser('beta').filter(({ responseStatus }) => responseStatus?.code === 401)).toEqual([]);
    expect(await runtime.get<{ isKonductor: boolean }>('/katalog')).toMatchObject({ isKonductor: true });
  });
});

async function serviceAccountToken(name: string): Promise<string> {
  await plane.kubectl('create', 'serviceaccount', name);
  await plane.kubectl(
    'create',
    'clusterrolebinding',
    name,
    '--clusterrole=cluster-admin',
    `--serviceaccount=default:${name}`,
  );
  return plane.kubectl('create', 'token', name, '--duration', '1h').then((token) => token.trim());
}

/** Alpha's token ends soon; from the third call on it is beta's. Refuses to work without what kubectl tells a plugin. */
const PLUGIN = `#!/usr/bin/env node
const { readFileSync, writeFileSync } = require('node:fs');
const info = JSON.parse(process.env.KUBERNETES_EXEC_INFO);
if (info.kind !== 'ExecCredential' || info.spec.interactive !== false) process.exit(3);
const counter = __filename + '.calls';
let calls = 0;
try { calls = Number(readFileSync(counter, 'utf8')); } catch {}
writeFileSync(counter, String(calls + 1));
const isFirst = calls < 1;
const expirationTimestamp = new Date(Date.now() + (isFirst ? 6_000 : 3_600_000)).toISOString();
const status = { token: isFirst ? 'alpha' + '-token' : 'beta' + '-token', expirationTimestamp };
console.log(JSON.stringify({ apiVersion: info.apiVersion, kind: 'ExecCredential', status }));
`;

function plugin(command: string, more: JsonObject = {}): JsonObject {
  const apiVersion = 'client.authentication.k8s.io/v1';
  return { exec: { apiVersion, command, interactiveMode: 'Never', ...more } };
}

describe('ends with exit code 1 and one clear message for', () => {
  it('a wrong token', async () => {
    const told = await refused({ user: { token: `nobody${SECRET_PART}` } });
    expect(told).toContain(
      `the API server ${plane.server} refused the credentials of context "here" (401 Unauthorized)`,
    );
    expect(told).toContain('wrong or expired');
  });

  it('an expired client certificate', async () => {
    const { pem, keyPem } = plane.clients.client('late', MASTERS, new Date(Date.now() - 3_600_000));
    const user = { 'client-certificate-data': base64(pem), 'client-key-data': base64(keyPem) };
    const told = await refused({ user });
    expect(told).toMatch(/client certificate expired on \d{4}-\d\d-\d\dT/);
  });

  it('a client certificate of a stranger', async () => {
    const { pem, keyPem } = new CertificateAuthority('strangers').client('stranger', MASTERS);
    const user = { 'client-certificate-data': base64(pem), 'client-key-data': base64(keyPem) };
    expect(await refused({ user })).toContain('refused the credentials of context "here" (401 Unauthorized)');
  });

  it('a user without rights', async () => {
    const { pem, keyPem } = plane.clients.client('visitor', 'visitors');
    const user = { 'client-certificate-data': base64(pem), 'client-key-data': base64(keyPem) };
    expect(await refused({ user })).toContain(
      'the account "visitor" lacks rights that the Katalog "hello-website" needs',
    );
    expect(operator?.output).toContain('- {apiGroups: ["apps"], resources: ["deployments"], verbs: [');
  });

  it('nobody who listens', async () => {
    const [port] = await freePorts(1);
    const cluster = { server: `https://127.0.0.1:${port}` };
    expect(await refused({ user: { token: `alpha${SECRET_PART}` }, cluster })).toContain(
      `context "here" can't be reached: get /version: nobody listens at https://127.0.0.1:${port}`,
    );
  });

  it('an API server that the certificate authority does not vouch for', async () => {
    const cluster = {
      server: plane.server,
      'certificate-authority-data': base64(new CertificateAuthority('another').pem),
    };
    const told = await refused({ user: { token: `alpha${SECRET_PART}` }, cluster });
    expect(told).toContain(`TLS to ${plane.server} failed`);
    expect(told).toContain('certificate-authority');
  });

  it('a plugin that is not there', async () => {
    const user = plugin('no-such-plugin', { installHint: 'Install it with the package of your cloud.' });
    const told = await refused({ user });
    expect(told).toContain('the plugin no-such-plugin was not found');
    expect(operator?.output).toContain('Install it with the package of your cloud.');
  });

  it('a plugin that fails, in its own words', async () => {
    const told = await refused({ user: plugin('sh', { args: ['-c', 'echo log in first >&2; exit 7'] }) });
    expect(told).toContain('the plugin sh failed: log in first');
  });

  it('a plugin that prints a bare token, which is not repeated', async () => {
    const told = await refused({ user: plugin('sh', { args: ['-c', `echo my-own${SECRET_PART}`] }) });
    expect(told).toContain('the plugin sh did not print an ExecCredential');
  });

  it('a context that is not there', async () => {
    const file = kubeconfig({ user: { token: 'x' } });
    operator = await Operator.start(plane, {
      katalog: KATALOG,
      kubeconfig: file,
      env: { ORK_KUBE_CONTEXT: 'her' },
      waitsForReady: false,
    });
    expect(await operator.process.ended).toBe(1);
    expect(operator.output).toContain('no context "her" (did you mean "here"?)');
  });
});
