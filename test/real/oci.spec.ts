// Packages in a real registry: what the fake one of the unit tests can't prove.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type LookupFunction } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CompiledKatalog, loadKatalog, processFetcher } from '../../src/modules/katalog';
import { type OciSettings, readSettings } from '../../src/modules/konfig';
import {
  AddressGuard,
  HttpClient,
  OciClient,
  type OciReference,
  parseReference,
  type PulledPackage,
  type PushRequest,
} from '../../src/modules/net';
import { failure } from '../../src/modules/net/testing/oci-fixture';
import { DockerRegistry } from './support/docker-registry';
import { TokenService } from './support/token-service';

const PASSWORD = 'right-password';
/** Made by `htpasswd -nbB me right-password`. */
const HTPASSWD = 'me:$2y$04$L2IJtY0rBowvGfc5quOqse8RxmvseN6iMmbgWIF003teyXt8Gocdi\n';
const KATALOG = [
  'apiVersion: orkestra.orkspace.io/v1',
  'kind: Katalog',
  'metadata: { name: web }',
  'spec: { crds: { website: { crdFile: crd.yaml } } }',
].join('\n');
const CRD = [
  'apiVersion: apiextensions.k8s.io/v1',
  'kind: CustomResourceDefinition',
  'metadata: { name: websites.demo.example.org }',
  'spec:',
  '  group: demo.example.org',
  '  scope: Namespaced',
  '  names: { kind: Website, plural: websites }',
  '  versions: [{ name: v1, served: true, storage: true, subresources: { status: {} } }]',
].join('\n');
const folder = mkdtempSync(join(tmpdir(), 'ork-real-oci-'));
const resolveToLoopback: LookupFunction = (_host, _options, callback) =>
  callback(null, [{ address: '127.0.0.1', family: 4 }] as never);

const http = new HttpClient({
  userAgent: 'orkestra (test)',
  guard: new AddressGuard(['loopback']),
  resolve: resolveToLoopback,
});
let caches = 0;

function newCacheFolder(): string {
  return join(folder, `cache-${++caches}`);
}

function client(over: Partial<OciSettings> = {}): OciClient {
  const { oci } = readSettings({});
  const dockerConfigFile = join(folder, 'none.json');
  return new OciClient({ http, settings: { ...oci, cacheFolder: newCacheFolder(), dockerConfigFile, ...over } });
}

function packageOf(files: Readonly<Record<string, string>>): PushRequest {
  const given = Object.entries(files);
  return {
    artifactType: 'application/vnd.example.package',
    files: given.map(([name, text]) => ({ name, mediaType: 'text/yaml', content: Buffer.from(text) })),
    annotations: { 'org.opencontainers.image.description': 'ü' },
  };
}

const textsOf = ({ contents }: PulledPackage): unknown =>
  Object.fromEntries([...contents].map(([name, content]) => [name, content.toString()]));

afterAll(async () => {
  await http.close();
  rmSync(folder, { recursive: true });
});

describe('a registry', () => {
  let registry: DockerRegistry;
  const named = (path: string): OciReference => parseReference(`oci://${registry.host}/${path}`);

  beforeAll(async () => {
    registry = await DockerRegistry.start();
  });
  afterAll(() => registry.remove());

  it('gives back what was pushed, by tag and by digest, whole', async () => {
    const files = { 'katalog.yaml': 'kind: Katalog\n', 'sub/empty.yaml': '', 'big.yaml': '#'.repeat(3_000_000) };
    const digest = await client().push(named('team/web:1.0'), packageOf(files));
    for (const path of ['team/web:1.0', `team/web@${digest}`, `team/web:1.0@${digest}`]) {
      const pulled = await client().pull(named(path));
      expect(textsOf(pulled)).toEqual(files);
      expect(pulled).toMatchObject({
        digest,
        manifest: {
          artifactType: 'application/vnd.example.package',
          annotations: { 'org.opencontainers.image.description': 'ü' },
        },
      });
    }
    expect(await client().push(named('team/web:again'), packageOf(files))).toBe(digest);
  });

  it('holds a Katalog that a Komposer imports, with the CRD beside it', async () => {
    await client().push(named('team/website:1.0'), packageOf({ 'katalog.yaml': KATALOG, 'crd.yaml': CRD }));
    const load = (version: string): Promise<CompiledKatalog> => {
      const file = join(folder, 'komposer.yaml');
      const imports = `{ registry: [{ url: "oci://${registry.host}/team/website", version: "${version}" }] }`;
      writeFileSync(
        file,
        `apiVersion: orkestra.orkspace.io/v1\nkind: Komposer\nmetadata: { name: all }\nimports: ${imports}\n`,
      );
      const settings = readSettings({ XDG_CACHE_HOME: newCacheFolder() });
      const fetcher = processFetcher({
        settings,
        userAgent: 'orkestra (test)',
        kube: undefined,
        warn: () => undefined,
      });
      return loadKatalog([file], { fetcher, signal: new AbortController().signal, environment: {} });
    };
    const [crd] = (await load('1.0')).crds;
    expect(crd).toMatchObject({ name: 'website', resource: { plural: 'websites' } });
    expect(crd?.position.file).toBe(`oci://${registry.host}/team/website:1.0!/katalog.yaml`);
    await expect(load('1.1')).rejects.toThrow(/komposer\.yaml:4:23: .*team\/website has no tag "1\.1".*it has 1\.0/);
  });

  it('has no such tag: the nearest is named', async () => {
    for (const tag of ['1.0.0', '1.1.0']) await client().push(named(`team/tags:${tag}`), packageOf({ a: tag }));
    const error = await failure(client().pull(named('team/tags:1.1.1')));
    expect(error).toMatchObject({ reason: 'not-found', kind: 'UserError' });
    expect(error.message).toContain('team/tags has no tag "1.1.1" (did you mean "1.1.0"?); it has 1.0.0, 1.1.0');
  });

  it('has no such digest', async () => {
    await client().push(named('team/tags:1.0.0'), packageOf({ a: '1.0.0' }));
    const error = await failure(client().pull(named(`team/tags@sha256:${'0'.repeat(64)}`)));
    expect(error).toMatchObject({ reason: 'not-found' });
    expect(error.message).toContain('team/tags has no manifest with this digest');
  });

  it('has no such repository: the nearest is named', async () => {
    await client().push(named('team/website:1'), packageOf({ a: 'a' }));
    const error = await failure(client().pull(named('team/wesbite:1')));
    expect(error).toMatchObject({ reason: 'not-found', kind: 'UserError' });
    expect(error.message).toContain(`there is no team/wesbite at ${registry.host} (did you mean "team/website"?)`);
  });

  it('stands in for another one', async () => {
    await client().push(named('ghcr/team/web:1'), packageOf({ a: 'mirrored' }));
    const mirrored = client({ mirrors: [{ registry: 'ghcr.io', mirror: `${registry.host}/ghcr` }] });
    expect(textsOf(await mirrored.pull(parseReference('oci://ghcr.io/team/web:1')))).toEqual({ a: 'mirrored' });
  });

  it('is not spoken to without TLS under a name, unless it is told', async () => {
    await client().push(named('plain:1'), packageOf({ a: 'a' }));
    const host = registry.host.replace('127.0.0.1', 'registry.example');
    const reference = parseReference(`oci://${host}/plain:1`);
    const error = await failure(client().pull(reference));
    expect(error.message).toContain(`does not speak TLS`);
    expect(error.message).toContain(`ORK_OCI_PLAIN_HTTP=${host}`);
    expect(textsOf(await client({ plainHttp: [host] }).pull(reference))).toEqual({ a: 'a' });
  });

  it('that went away is not missed by what is in the cache', async () => {
    const digest = await client().push(named('gone:1'), packageOf({ a: 'kept' }));
    const cacheFolder = newCacheFolder();
    await client({ cacheFolder }).pull(named('gone:1'));
    await registry.stop();
    try {
      const again = client({ cacheFolder });
      expect(textsOf(await again.pull(named(`gone@${digest}`)))).toEqual({ a: 'kept' });
      expect(textsOf(await again.pull(named('gone:1'), { tags: 'cached' }))).toEqual({ a: 'kept' });
      expect(textsOf(await client({ cacheFolder, isOffline: true }).pull(named('gone:1')))).toEqual({ a: 'kept' });
      const offline = await failure(client({ isOffline: true }).pull(named('gone:1')));
      expect(offline).toMatchObject({ reason: 'offline', kind: 'UserError' });
      const refused = await failure(again.pull(named('gone:1')));
      expect(refused).toMatchObject({ reason: 'network', kind: 'Transient' });
      expect(refused.message).toContain(`nobody listens at ${registry.host}, tried 3 times`);
    } finally {
      await registry.run();
    }
  });

  it('that does not answer is given up after the time that is told', async () => {
    registry.freeze();
    try {
      const error = await failure(client().pull(named('team/web:1.0'), { timeoutMs: 300 }));
      expect(error).toMatchObject({ reason: 'network', kind: 'Transient' });
      expect(error.message).toContain(`no answer from http://${registry.host} within 300ms`);
    } finally {
      registry.thaw();
    }
  });

  it('that lost the end of a file, or has another one, gives nothing', async () => {
    await client().push(named('broken:1'), packageOf({ a: 'the whole file', b: 'the other file' }));
    const { files } = await client().resolve(named('broken:1'));
    registry.damage(files[0]!.digest, (content) => content.subarray(0, 5));
    const short = await failure(client().pull(named('broken:1')));
    expect(['digest', 'network']).toContain(short.reason);
    registry.damage(files[1]!.digest, (content) => Buffer.from(content).fill('x'));
    const found = await client().resolve(named('broken:1'));
    const other = await failure(client().read(found, files[1]!));
    expect(other).toMatchObject({ reason: 'digest' });
    expect(other.message).toContain(`but should be ${files[1]!.digest}`);
  });

  it('with a manifest that was changed is not believed', async () => {
    const changed = await client().push(named('changed:1'), packageOf({ a: 'changed' }));
    registry.damage(changed, (content) => Buffer.from(content.toString().replace('ü', 'u')));
    expect(await failure(client().pull(named(`changed@${changed}`)))).toMatchObject({ reason: 'digest' });
  });
});

describe('a registry with names and passwords', () => {
  let registry: DockerRegistry;
  const named = (path: string): OciReference => parseReference(`oci://${registry.host}/${path}`);
  const right = { login: { username: 'me', password: PASSWORD } };

  beforeAll(async () => {
    registry = await DockerRegistry.start((own) => {
      writeFileSync(join(own, 'htpasswd'), HTPASSWD);
      return { htpasswd: { realm: 'registry', path: join(own, 'htpasswd') } };
    });
    await client().push(named('team/web:1'), packageOf({ a: 'secret' }), right);
  });
  afterAll(() => registry.remove());

  function dockerConfig(password: string): string {
    const file = join(folder, 'docker.json');
    const auth = Buffer.from(`me:${password}`).toString('base64');
    writeFileSync(file, JSON.stringify({ auths: { [registry.host]: { auth } } }));
    return file;
  }

  it('opens to the login of docker login', async () => {
    const pulled = await client({ dockerConfigFile: dockerConfig(PASSWORD) }).pull(named('team/web:1'));
    expect(textsOf(pulled)).toEqual({ a: 'secret' });
  });

  it('stays closed to a wrong one, which is not repeated', async () => {
    const dockerConfigFile = dockerConfig('wrong-password');
    const error = await failure(client({ dockerConfigFile }).pull(named('team/web:1')));
    expect(error).toMatchObject({ reason: 'login', kind: 'UserError' });
    expect(error.message).toContain(`the registry does not accept the login: that of ${dockerConfigFile}`);
    expect(JSON.stringify([error.message, error.details])).not.toContain('wrong-password');
  });

  it('stays closed to nobody', async () => {
    const error = await failure(client().pull(named('team/web:1')));
    expect(error).toMatchObject({ reason: 'login', kind: 'UserError' });
    expect(error.message).toContain(`the registry wants a login: there is no ${join(folder, 'none.json')}`);
    expect(await failure(client().push(named('team/web:2'), packageOf({ a: 'a' })))).toMatchObject({ reason: 'login' });
  });

  it('names the nearest tag to who may see it', async () => {
    const error = await failure(client().pull(named('team/web:2'), right));
    expect(error.message).toContain('team/web has no tag "2" (did you mean "1"?); it has 1');
  });
});

describe('a registry that wants tokens', () => {
  let registry: DockerRegistry;
  let tokens: TokenService;
  const named = (path: string): OciReference => parseReference(`oci://${registry.host}/${path}`);
  const right = { login: { username: 'me', password: PASSWORD } };

  beforeAll(async () => {
    tokens = await TokenService.start(`me:${PASSWORD}`);
    registry = await DockerRegistry.start((own) => {
      const rootcertbundle = join(own, 'tokens.pem');
      writeFileSync(rootcertbundle, tokens.authority);
      return { token: { realm: tokens.realm, service: 'registry', issuer: 'tests', rootcertbundle } };
    });
  });
  afterAll(() => Promise.all([registry.remove(), tokens.close()]));

  it('takes what somebody pushes and gives it to everybody, with one token for each', async () => {
    await client().push(named('team/web:1'), packageOf({ a: 'public' }), right);
    expect(textsOf(await client().pull(named('team/web:1')))).toEqual({ a: 'public' });
    expect(tokens.asked).toEqual(['me repository:team/web:pull,push', 'nobody repository:team/web:pull']);
  });

  it('does not let nobody push, nor a wrong login pull', async () => {
    const pushed = await failure(client().push(named('team/web:2'), packageOf({ a: 'new' })));
    expect(pushed).toMatchObject({ reason: 'login', kind: 'UserError' });
    expect(pushed.message).toContain('the registry wants a login');
    const wrong = { login: { username: 'me', password: 'wrong-password' } };
    const pulled = await failure(client().pull(named('team/web:1'), wrong));
    expect(pulled.message).toContain('the registry does not accept the login: that of the import');
  });
});
