// Fetchers over loopback. A real helm: test/kube/sources.spec.ts; Git: test/integration/sources.spec.ts; a registry: test/real.
import { Readable } from 'node:stream';
import { asOrkestraError } from '../../common';
import { type KubeApi, KubeApiError } from '../../kube';
import { answer, LoopbackServer } from '../../net/testing/loopback-server';
import { OciFixture } from '../../net/testing/oci-fixture';
import { type SourceRequest } from '../source/source-texts';
import { type FetchPorts } from './fetch-ports';
import { sourceFetcher } from './fetch-source';

const fixture = new OciFixture();
let server: LoopbackServer;

beforeAll(async () => {
  await fixture.start();
  server = await LoopbackServer.start(({ target }, response) => {
    if (target === '/katalog.yaml') answer(response, 200, 'kind: Katalog\n');
    else answer(response, 404);
  });
});
afterAll(async () => {
  await Promise.all([fixture.stop(), server.close()]);
  fixture.removeFolder();
});

const UNUSED = (): never => {
  throw new Error('not asked for');
};

function fetch(request: SourceRequest, ports: Partial<FetchPorts> = {}): Promise<Readonly<Record<string, string>>> {
  const fetcher = sourceFetcher({
    http: UNUSED,
    oci: UNUSED,
    kube: undefined,
    environment: {},
    stdin: Readable.from([]),
    ...ports,
  });
  return fetcher(request, new AbortController().signal).then(({ container, texts }) => ({
    container,
    ...Object.fromEntries(texts),
  }));
}

async function messageOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'nothing failed',
    (error: unknown) => asOrkestraError(error).message,
  );
}

describe('a URL', () => {
  const http = (): ReturnType<FetchPorts['http']> => fixture.httpClient([]);

  it('is read, on loopback too when the Katalog says so', async () => {
    const url = `${server.url}/katalog.yaml`;
    expect(await fetch({ kind: 'http', url }, { http })).toEqual({ container: url, '': 'kind: Katalog\n' });
    expect(server.seen.at(-1)?.headers.authorization).toBeUndefined();
  });

  it.each([
    [{ type: 'bearer', fromEnv: 'TOKEN' }, 'Bearer secret'],
    [{ type: 'github', fromEnv: 'TOKEN' }, 'Bearer secret'],
    [{ type: 'basic', usernameFromEnv: 'USER', passwordFromEnv: 'TOKEN' }, `Basic ${btoa('me:secret')}`],
    [{ type: 'basic', usernameFromEnv: 'USER', passwordFromEnv: 'NONE' }, `Basic ${btoa('me:')}`],
  ] as const)('gets the credentials of %j', async (login, header) => {
    const environment = { TOKEN: 'secret', USER: 'me' };
    await fetch({ kind: 'http', url: `${server.url}/katalog.yaml`, login }, { http, environment });
    expect(server.seen.at(-1)?.headers.authorization).toBe(header);
  });

  it('says which variable is missing, and never its value', async () => {
    const login = { type: 'bearer', fromEnv: 'TOKEN' } as const;
    const request = { kind: 'http', url: `${server.url}/katalog.yaml`, login } as const;
    expect(await messageOf(fetch(request, { http }))).toContain('the environment variable TOKEN is not set');
    const url = `${server.url}/none.yaml`;
    const refused = await messageOf(fetch({ ...request, url }, { http, environment: { TOKEN: 'secret' } }));
    expect(refused).toBe(`GET ${url}: answers 404: there is nothing at this address`);
  });
});

describe('a package', () => {
  const oci = (): ReturnType<FetchPorts['oci']> => fixture.client();

  it('is pulled with all its files', async () => {
    await fixture.push('team/website:1.0', { 'katalog.yaml': 'kind: Katalog\n', 'crd.yaml': 'a: b\n' });
    const reference = `oci://${fixture.registry.host}/team/website:1.0`;
    expect(await fetch({ kind: 'oci', reference }, { oci })).toEqual({
      container: reference,
      'katalog.yaml': 'kind: Katalog\n',
      'crd.yaml': 'a: b\n',
    });
  });

  it('that is not there is told with what is', async () => {
    await fixture.push('team/shop:1.0');
    const reference = `oci://${fixture.registry.host}/team/shop:1.1`;
    expect(await messageOf(fetch({ kind: 'oci', reference }, { oci }))).toMatch(/team\/shop:1\.1.*1\.0/);
  });
});

describe('a ConfigMap', () => {
  const request = { kind: 'configMap', namespace: 'apps', name: 'website' } as const;
  const kube =
    (data: unknown): NonNullable<FetchPorts['kube']> =>
    (work) =>
      work({ get: () => Promise.resolve({ data }) } as unknown as KubeApi);

  it.each([
    [{ other: 'b', 'katalog.yaml': 'a' }, ['container', 'katalog.yaml', 'other']],
    [{ katalog: 'a', x: 'b' }, ['container', 'katalog', 'x']],
    [{ anything: 'a' }, ['container', 'anything']],
  ])('gives %j with the Katalog first', async (data, keys) => {
    expect(Object.keys(await fetch(request, { kube: kube(data) }))).toEqual(keys);
  });

  it.each([
    [{ a: '1', b: '2' }, 'configmap://apps/website: expected the key katalog.yaml, found a, b'],
    [undefined, 'configmap://apps/website: expected the key katalog.yaml, found no data'],
  ])('with %j holds no Katalog', async (data, message) => {
    expect(await messageOf(fetch(request, { kube: kube(data) }))).toBe(message);
  });

  it('needs a cluster, and one that has it', async () => {
    expect(await messageOf(fetch(request))).toBe(
      'configmap://apps/website: no cluster is asked here: save it as a file',
    );
    const status = { code: 404, reason: 'NotFound', message: 'not found', causes: [] };
    const missing: NonNullable<FetchPorts['kube']> = () =>
      Promise.reject(new KubeApiError(status as never, { what: 'get configmaps' } as never));
    expect(await messageOf(fetch(request, { kube: missing }))).toBe(
      'configmap://apps/website: there is no such ConfigMap',
    );
  });
});

describe('standard input', () => {
  it('is read to its end', async () => {
    const stdin = Readable.from([Buffer.from('kind: '), Buffer.from('Katalog')]);
    expect(await fetch({ kind: 'stdin' }, { stdin })).toEqual({ container: '<stdin>', '': 'kind: Katalog' });
  });

  it('has a bound', async () => {
    const stdin = Readable.from([Buffer.alloc(11 * 1_024 * 1_024)]);
    expect(await messageOf(fetch({ kind: 'stdin' }, { stdin }))).toBe('<stdin>: more than 10 MiB');
  });
});

describe('a program that is not there', () => {
  const environment = { PATH: '/nowhere' };
  const HELM = {
    kind: 'helm',
    repo: 'https://c.example',
    chart: 'web',
    version: '1.2.3',
    valueFiles: [],
    values: '{}',
  } as const;

  it.each<[SourceRequest, string]>([
    [
      HELM,
      'chart web 1.2.3 of https://c.example: needs helm, which is not there: install helm, or name it with ORK_HELM',
    ],
    [
      { kind: 'git', url: 'https://me:secret@g.example/a', revision: 'v1' },
      'https://g.example/a@v1: needs git, which is not there: install git, or name it with ORK_GIT',
    ],
  ])('%#', async (request, message) => {
    expect(await messageOf(fetch(request, { environment }))).toBe(message);
  });

  it('may have been named', async () => {
    const named = { ...environment, ORK_HELM: '/nowhere/helm' };
    expect(await messageOf(fetch(HELM, { environment: named }))).toContain('needs /nowhere/helm, which is not there');
  });
});
