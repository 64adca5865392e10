// Exec plugins and auth providers: a real worker thread, real programs.
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { type ClusterConfig } from '../../../src/modules/kube';
import { resolveCluster } from '../../../src/modules/kube/config/resolve-cluster';
import { testAuthority } from '../../../src/modules/kube/testing/test-certificates';
import { type BuiltWorker, buildWorker } from '../support/built-worker';

const TOKEN = 'token-that-nobody-may-see';
const NOW = Date.UTC(2030, 0, 1);

describe('credentials of an exec plugin', () => {
  let folder: string;
  let worker: BuiltWorker;

  beforeAll(() => {
    worker = buildWorker('kube/config/credentials.worker.ts');
  });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'credentials-'));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  afterAll(() => worker.remove());

  /** A program beside the kubeconfig. */
  function program(body: string): string {
    const path = join(folder, 'bin', 'login');
    mkdirSync(join(folder, 'bin'), { recursive: true });
    writeFileSync(path, `#!/bin/sh\n${body}\n`);
    chmodSync(path, 0o755);
    return path;
  }

  function resolve(user: object, cluster: object = {}, timeoutMs = 30_000): Promise<ClusterConfig> {
    const kubeconfig = join(folder, 'config');
    writeFileSync(
      kubeconfig,
      stringify({
        'current-context': 'dev',
        clusters: [{ name: 'c', cluster: { server: 'https://dev.example:6443', ...cluster } }],
        contexts: [{ name: 'dev', context: { cluster: 'c', user: 'me' } }],
        users: [{ name: 'me', user }],
      }),
    );
    return resolveCluster({ kubeconfig }, {}, { workerFile: worker.file, timeoutMs, now: () => NOW });
  }

  function exec(more: object = {}): object {
    return { exec: { apiVersion: 'client.authentication.k8s.io/v1', command: './bin/login', ...more } };
  }

  const answer = (status: object): string =>
    `cat <<'END'\n${JSON.stringify({ kind: 'ExecCredential', apiVersion: 'client.authentication.k8s.io/v1', status })}\nEND`;

  async function problem(work: Promise<unknown>): Promise<string> {
    const error = await work.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ code: 'CLUSTER_CREDENTIALS', kind: 'UserError' });
    expect(JSON.stringify([error, (error as Error).message])).not.toContain(TOKEN);
    return (error as Error).message;
  }

  it('are a token with its end; it is renewed a minute before', async () => {
    program(answer({ token: TOKEN, expirationTimestamp: '2030-01-01T01:00:00Z' }));
    expect(await resolve(exec())).toEqual({
      server: 'https://dev.example:6443',
      insecureSkipTlsVerify: false,
      contextName: 'dev',
      source: 'flag',
      token: TOKEN,
      expiresAt: NOW + 3_600_000,
      refreshAt: NOW + 3_540_000,
    });
  });

  it('without an end are renewed every five minutes, and never block', async () => {
    program(answer({ token: TOKEN }));
    const config = await resolve(exec());
    expect(config.refreshAt).toBe(NOW + 300_000);
    expect(config).not.toHaveProperty('expiresAt');
  });

  it('may be a client certificate, whose end counts', async () => {
    const notAfter = new Date(Date.UTC(2030, 0, 1, 2));
    const { cert, key } = testAuthority().issue('me', { notAfter });
    program(answer({ clientCertificateData: cert, clientKeyData: key }));
    expect(await resolve(exec())).toMatchObject({ cert, key, expiresAt: notAfter.getTime() });
  });

  it('reach the plugin’s arguments, its variables and the cluster that it asked for', async () => {
    program(
      `printf '%s' "{\\"status\\": {\\"token\\": \\"$1 $REGION $(echo "$KUBERNETES_EXEC_INFO" | base64 -w0)\\"}}"`,
    );
    const user = exec({ args: ['login'], env: [{ name: 'REGION', value: 'north' }], provideClusterInfo: true });
    const { token } = await resolve(user, { 'tls-server-name': 'kubernetes' });
    const [argument, region, info] = (token ?? '').split(' ');
    expect([argument, region]).toEqual(['login', 'north']);
    expect(JSON.parse(Buffer.from(info ?? '', 'base64').toString())).toEqual({
      kind: 'ExecCredential',
      apiVersion: 'client.authentication.k8s.io/v1',
      spec: { interactive: false, cluster: { server: 'https://dev.example:6443', 'tls-server-name': 'kubernetes' } },
    });
  });

  it('name a plugin that is not installed, with its own hint', async () => {
    const message = await problem(
      resolve(exec({ command: 'no-such-plugin', installHint: 'Install it from the shop.' })),
    );
    expect(message).toBe('user "me": the plugin no-such-plugin was not found\nInstall it from the shop.');
  });

  it('pass on what a failing plugin said', async () => {
    program('echo "your session ended: log in again" >&2; exit 3');
    const message = await problem(resolve(exec()));
    expect(message).toBe('user "me": the plugin ./bin/login failed: your session ended: log in again');
  });

  it.each([
    ['no JSON', `echo "hello ${TOKEN}"`, 'did not print an ExecCredential'],
    ['no status', `echo '{"token": "${TOKEN}"}'`, 'did not print an ExecCredential'],
    ['neither token nor certificate', `echo '{"status": {}}'`, 'gave neither a token nor a client certificate'],
    ['nothing and fails', 'exit 1', 'failed without a word'],
  ])('refuse a plugin that prints %s, and repeat nothing of it', async (_name, body, expected) => {
    program(body);
    expect(await problem(resolve(exec()))).toContain(expected);
  });

  it('give up a plugin that hangs', async () => {
    program('exec sleep 5');
    expect(await problem(resolve(exec(), {}, 1_500))).toContain('failed: no answer within 1.5 s');
  });

  it('of an auth provider say which one gave nothing', async () => {
    const user = { 'auth-provider': { name: 'oidc', config: { 'client-id': 'ork' } } };
    expect(await problem(resolve(user))).toBe(
      'user "me": the auth provider "oidc" gave neither a token nor a client certificate',
    );
  });
});
