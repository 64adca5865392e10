import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { stringify } from 'yaml';
import { OrkestraError } from '../../common';
import { testAuthority } from '../testing/test-certificates';
import { type ClusterConfig, type ClusterSelection } from './cluster-config';
import { resolveCluster, type ResolveOptions } from './resolve-cluster';

const TOKEN = 'token-that-nobody-may-see';
const authority = testAuthority();

interface Parts {
  readonly cluster?: object;
  readonly user?: object | null;
  readonly context?: object;
  readonly current?: string;
  readonly name?: string;
}

function kubeconfig({
  cluster = {},
  user = { token: TOKEN },
  context = {},
  current,
  name = 'dev',
}: Parts = {}): string {
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': current ?? name,
    clusters: [{ name: `${name}-cluster`, cluster: { server: `https://${name}.example:6443`, ...cluster } }],
    contexts: [{ name, context: { cluster: `${name}-cluster`, user: `${name}-user`, ...context } }],
    users: user === null ? [] : [{ name: `${name}-user`, user }],
  });
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('resolveCluster', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'kubeconfig-'));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function file(name: string, content: string): string {
    const path = join(folder, name);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, content);
    return path;
  }

  function resolve(
    parts: Parts,
    selection: ClusterSelection = {},
    options: ResolveOptions = {},
  ): Promise<ClusterConfig> {
    return resolveCluster({ kubeconfig: file('config', kubeconfig(parts)), ...selection }, {}, options);
  }

  async function problem(work: Promise<unknown>): Promise<string> {
    const error = await work.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(OrkestraError);
    expect(error).toMatchObject({ kind: 'UserError' });
    const { message } = error as OrkestraError;
    expect(message).not.toContain(TOKEN);
    return message;
  }

  describe('where it looks', () => {
    it('takes --kubeconfig before KUBECONFIG before the home folder', async () => {
      file('home/.kube/config', kubeconfig({ name: 'home' }));
      const environment = {
        KUBECONFIG: file('listed', kubeconfig({ name: 'listed' })),
        HOME: join(folder, 'home'),
      };
      const flag = file('flag', kubeconfig({ name: 'flag' }));
      expect(await resolveCluster({ kubeconfig: flag }, environment)).toMatchObject({
        contextName: 'flag',
        source: 'flag',
      });
      expect(await resolveCluster({}, environment)).toMatchObject({ contextName: 'listed', source: 'KUBECONFIG' });
      expect(await resolveCluster({}, { HOME: environment.HOME })).toMatchObject({
        contextName: 'home',
        source: 'home',
      });
    });

    it('says which file is not there', async () => {
      const missing = join(folder, 'missing');
      expect(await problem(resolveCluster({ kubeconfig: missing }, {}))).toBe(`kubeconfig ${missing}: no such file`);
    });

    it('never falls back to the home folder when KUBECONFIG names no file that exists', async () => {
      file('home/.kube/config', kubeconfig({ name: 'production' }));
      const environment = { KUBECONFIG: join(folder, 'slip'), HOME: join(folder, 'home') };
      expect(await problem(resolveCluster({}, environment))).toBe(
        `KUBECONFIG names ${join(folder, 'slip')}: no such file`,
      );
    });

    it('takes an empty KUBECONFIG for none', async () => {
      file('home/.kube/config', kubeconfig({ name: 'home' }));
      const environment = { KUBECONFIG: '', HOME: join(folder, 'home') };
      expect(await resolveCluster({}, environment)).toMatchObject({ contextName: 'home' });
    });

    it('merges the files of KUBECONFIG: the first definition of a name wins', async () => {
      const first = file('first', kubeconfig({ name: 'dev', cluster: { server: 'https://first:1' }, current: '' }));
      const second = file(
        'second/config',
        stringify({
          'current-context': 'mixed',
          clusters: [{ name: 'dev-cluster', cluster: { server: 'https://second:2' } }],
          contexts: [{ name: 'mixed', context: { cluster: 'dev-cluster', user: 'dev-user', namespace: 'team' } }],
        }),
      );
      const environment = { KUBECONFIG: [first, join(folder, 'missing'), second].join(delimiter) };
      expect(await resolveCluster({}, environment)).toEqual({
        server: 'https://first:1',
        contextName: 'mixed',
        namespace: 'team',
        insecureSkipTlsVerify: false,
        token: TOKEN,
        source: 'KUBECONFIG',
      });
    });

    it('says what was looked for when there is no cluster at all', async () => {
      expect(await problem(resolveCluster({}, { HOME: folder }))).toContain('name one with --kubeconfig <file>');
    });
  });

  describe('in a pod', () => {
    const environment = (): Record<string, string> => ({
      HOME: folder,
      KUBERNETES_SERVICE_HOST: 'fd00::1',
      KUBERNETES_SERVICE_PORT: '443',
    });

    it('uses the service account, its token by file', async () => {
      file('account/token', TOKEN);
      file('account/ca.crt', authority.cert);
      file('account/namespace', 'orkestra-system\n');
      const serviceAccount = join(folder, 'account');
      expect(await resolveCluster({}, environment(), { serviceAccount })).toEqual({
        server: 'https://[fd00::1]:443',
        ca: authority.cert,
        tokenFile: join(serviceAccount, 'token'),
        insecureSkipTlsVerify: false,
        contextName: 'in-cluster',
        namespace: 'orkestra-system',
        source: 'in-cluster',
      });
    });

    it('names the file of the service account that is missing', async () => {
      file('account/token', TOKEN);
      const work = resolveCluster({}, environment(), { serviceAccount: join(folder, 'account') });
      expect(await problem(work)).toContain('ca.crt of the pod');
    });

    it('refuses --context, of which a pod has none', async () => {
      file('account/token', TOKEN);
      const work = resolveCluster({ context: 'dev' }, environment(), { serviceAccount: join(folder, 'account') });
      expect(await problem(work)).toContain('no context "dev"');
    });
  });

  describe('contexts', () => {
    it('takes --context before the current one', async () => {
      const listed = [file('a', kubeconfig({ name: 'a' })), file('b', kubeconfig({ name: 'b' }))].join(delimiter);
      expect(await resolveCluster({ context: 'b' }, { KUBECONFIG: listed })).toMatchObject({
        server: 'https://b.example:6443',
      });
    });

    it('names the nearest context for one that does not exist', async () => {
      const message = await problem(resolve({ name: 'production' }, { context: 'prodution' }));
      expect(message).toContain('no context "prodution" (did you mean "production"?); there are production');
    });

    it('doubts that a file without any context is a kubeconfig', async () => {
      const other = file('other', 'kind: Katalog\n');
      await expect(resolveCluster({ kubeconfig: other }, {})).rejects.toThrow(
        `${other}: no context; is it a kubeconfig?`,
      );
    });

    it('asks for --context when none is current', async () => {
      expect(await problem(resolve({ current: '' }))).toContain('no current-context; name one with --context (dev)');
    });

    it.each([
      ['cluster', { cluster: 'dev-clutser' }, 'names an unknown cluster "dev-clutser" (did you mean "dev-cluster"?)'],
      ['user', { user: 'dev-usre' }, 'names an unknown user "dev-usre" (did you mean "dev-user"?)'],
    ])('names a %s that is not defined', async (_what, context, expected) => {
      expect(await problem(resolve({ context }))).toContain(expected);
    });

    it('lets a context without user be anonymous', async () => {
      const config = await resolve({ context: { user: '' }, user: null });
      expect(config).not.toHaveProperty('token');
    });
  });

  describe('the server', () => {
    it.each([
      ['https://host:6443/', 'https://host:6443'],
      ['https://host/k8s/clusters/c-1/', 'https://host/k8s/clusters/c-1'],
      ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ])('%s is used as %s', async (server, expected) => {
      expect(await resolve({ cluster: { server } })).toMatchObject({ server: expected });
    });

    it.each(['', 'host:6443', 'ftp://host', 'https://'])('refuses the address "%s"', async (server) => {
      expect(await problem(resolve({ cluster: { server } }))).toContain(
        'cluster "dev-cluster" has no usable server address',
      );
    });

    it('refuses a password in the address and does not repeat it', async () => {
      const message = await problem(resolve({ cluster: { server: `https://admin:${TOKEN}@host:6443` } }));
      expect(message).toContain('has a user or password in its server address');
    });

    it('passes tls-server-name and insecure-skip-tls-verify on', async () => {
      const cluster = { 'tls-server-name': 'kubernetes', 'insecure-skip-tls-verify': true };
      expect(await resolve({ cluster })).toMatchObject({ serverName: 'kubernetes', insecureSkipTlsVerify: true });
    });

    it('refuses proxy-url in so many words', async () => {
      const message = await problem(resolve({ cluster: { 'proxy-url': 'http://proxy:3128' } }));
      expect(message).toBe(
        'cluster "dev-cluster" wants a proxy (proxy-url), which is not supported; use a context without one',
      );
    });
  });

  describe('certificates', () => {
    const { cert, key } = authority.issue('admin');

    it('are read from inline base64 and from files beside the kubeconfig', async () => {
      file('pki/ca.crt', authority.cert);
      file('pki/admin.key', key);
      const config = await resolve({
        cluster: { 'certificate-authority': 'pki/ca.crt' },
        user: { 'client-certificate-data': base64(cert), 'client-key': 'pki/admin.key' },
      });
      expect(config).toMatchObject({ ca: authority.cert, cert, key });
    });

    it('tell when they end, and ask to be read again before that', async () => {
      const notAfter = new Date(Date.UTC(2040, 0, 2));
      const late = authority.issue('admin', { notAfter });
      const config = await resolve({
        user: { 'client-certificate-data': base64(late.cert), 'client-key-data': base64(late.key) },
      });
      expect(config.expiresAt).toBe(notAfter.getTime());
      expect(config.refreshAt).toBe(notAfter.getTime() - 60_000);
    });

    it('that are over are refused with their end', async () => {
      const old = authority.issue('admin', { notAfter: new Date(Date.UTC(2026, 0, 2)) });
      const user = { 'client-certificate-data': base64(old.cert), 'client-key-data': base64(old.key) };
      const message = await problem(resolve({ user }, {}, { now: () => Date.UTC(2026, 0, 3) }));
      expect(message).toContain('user "dev-user": the client certificate expired on 2026-01-02T00:00:00Z');
    });

    it.each<[string, object, string]>([
      ['a certificate alone', { 'client-certificate-data': base64(cert) }, 'has a client certificate without key'],
      ['a key alone', { 'client-key-data': base64(key) }, 'has a client key without certificate'],
      [
        'the key of another certificate',
        { 'client-certificate-data': base64(cert), 'client-key-data': base64(authority.issue('other').key) },
        'is not that of its certificate',
      ],
      [
        'what is not PEM',
        { 'client-certificate-data': base64('hello') },
        'client-certificate-data of user "dev-user" is not PEM',
      ],
      [
        'a broken key',
        {
          'client-certificate-data': base64(cert),
          'client-key-data': base64('-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----'),
        },
        'the client key of user "dev-user" cannot be read',
      ],
      [
        'a file that is not there',
        { 'client-certificate': 'gone.crt' },
        'gone.crt of user "dev-user" cannot be read (ENOENT)',
      ],
    ])('refuse %s', async (_name, user, expected) => {
      expect(await problem(resolve({ user }))).toContain(expected);
    });
  });

  describe('users', () => {
    it('may have a token file beside the kubeconfig', async () => {
      expect(await resolve({ user: { tokenFile: 'secret/token' } })).toMatchObject({
        tokenFile: join(folder, 'secret', 'token'),
      });
    });

    it('with a password are refused without it being told', async () => {
      expect(await problem(resolve({ user: { username: 'admin', password: TOKEN } }))).toContain(
        'password login is gone',
      );
    });

    it.each(['as', 'as-groups'])('that impersonate (%s) are refused: we would act as somebody else', async (field) => {
      expect(await problem(resolve({ user: { token: TOKEN, [field]: 'root' } }))).toContain(
        `impersonates somebody ("${field}")`,
      );
    });

    it('with a plugin that wants to ask questions are refused before it is started', async () => {
      const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: 'login', interactiveMode: 'Always' };
      expect(await problem(resolve({ user: { exec } }))).toContain('"login" wants to ask questions');
    });
  });

  describe('a file that is no kubeconfig', () => {
    it('is told by its place, never by its content', async () => {
      const path = file('broken', `users:\n- name: a\n  user: {token: ${TOKEN}, : ]\n`);
      expect(await problem(resolveCluster({ kubeconfig: path }, {}))).toMatch(/broken:3:\d+: not YAML$/);
    });

    it('is told when it is only a text', async () => {
      const path = file('text', 'hello');
      expect(await problem(resolveCluster({ kubeconfig: path }, {}))).toBe(`kubeconfig ${path}: not a kubeconfig`);
    });

    it('is told when it is a folder', async () => {
      expect(await problem(resolveCluster({ kubeconfig: folder }, {}))).toBe(
        `kubeconfig ${folder}: cannot be read (EISDIR)`,
      );
    });
  });
});
