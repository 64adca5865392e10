// The sandbox as its users see it: through the product's own client over HTTPS, and by direct call.
import { HttpKubeApi, HttpTransport, type KubeApi, type KubeApiError, type WatchEvent } from '../kube';
import { startSandbox } from './sandbox';
import { type RequestLogEntry, type RunningSandbox } from './sandbox.types';

const CONFIG_MAPS = { group: '', version: 'v1', kind: 'ConfigMap', plural: 'configmaps', namespaced: true };

const logged: RequestLogEntry[] = [];
let sandbox: RunningSandbox;
let transport: HttpTransport;
let http: KubeApi;

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, onRequest: (entry) => void logged.push(entry) });
  transport = new HttpTransport({
    config: {
      server: sandbox.url!,
      ca: sandbox.caPem!,
      token: sandbox.token,
      insecureSkipTlsVerify: false,
      contextName: 'sandbox',
      source: 'flag',
    },
    userAgent: 'spec/1 (test)',
  });
  http = new HttpKubeApi(transport);
});

afterAll(async () => {
  await transport.close();
  await sandbox.stop();
});

async function errorOf(work: Promise<unknown>): Promise<KubeApiError> {
  return work.then(
    () => {
      throw new Error('it was not refused');
    },
    (error: unknown) => error as KubeApiError,
  );
}

describe.each([
  ['over HTTPS', (): KubeApi => http],
  ['by direct call', (): KubeApi => sandbox.api],
])('%s', (way, apiOf) => {
  const namespace = 'default';
  const prefix = way === 'over HTTPS' ? 'h' : 'd';
  const refOf = (name: string): { resource: typeof CONFIG_MAPS; namespace: string; name: string } => ({
    resource: CONFIG_MAPS,
    namespace,
    name: `${prefix}-${name}`,
  });

  it('an object is made, read, replaced and deleted', async () => {
    const api = apiOf();
    const ref = refOf('life');
    const made = await api.create(CONFIG_MAPS, namespace, { metadata: { name: ref.name }, data: { a: '1' } });
    expect(made).toMatchObject({
      kind: 'ConfigMap',
      apiVersion: 'v1',
      metadata: { name: ref.name, namespace },
      data: { a: '1' },
    });
    expect(Number(made.metadata.resourceVersion)).toBeGreaterThan(1);
    expect(await api.get(ref)).toEqual(made);
    const replaced = await api.replace(ref, { ...made, data: { a: '2' } });
    expect(Number(replaced.metadata.resourceVersion)).toBeGreaterThan(Number(made.metadata.resourceVersion));
    expect((await errorOf(api.replace(ref, { ...made, data: { a: '3' } }))).status).toMatchObject({
      code: 409,
      reason: 'Conflict',
    });
    expect(await api.replace(ref, replaced)).toEqual(replaced);
    expect(await api.delete(ref, { uid: made.metadata.uid! })).toBeUndefined();
    expect((await errorOf(api.get(ref))).status).toEqual({
      code: 404,
      reason: 'NotFound',
      message: `configmaps "${ref.name}" not found`,
      causes: [],
    });
  });

  it('a list goes on from its first page as it was then', async () => {
    const api = apiOf();
    const labelSelector = `page=${prefix}`;
    for (const name of ['1', '2', '3']) {
      await api.create(CONFIG_MAPS, namespace, {
        metadata: { name: `${prefix}-page-${name}`, labels: { page: prefix } },
      });
    }
    const first = await api.list({ resource: CONFIG_MAPS, namespace, labelSelector, limit: 2 });
    await api.delete(refOf('page-3'), {});
    const rest = await api.list({
      resource: CONFIG_MAPS,
      namespace,
      labelSelector,
      limit: 2,
      continue: first.metadata.continue!,
    });
    expect([...first.items, ...rest.items].map(({ metadata }) => metadata.name)).toEqual(
      ['1', '2', '3'].map((name) => `${prefix}-page-${name}`),
    );
    expect(rest.metadata).toEqual({ resourceVersion: first.metadata.resourceVersion });
  });

  it('a watch tells what was there and what happens, as the selector sees it', async () => {
    const api = apiOf();
    const ref = refOf('seen');
    await api.create(CONFIG_MAPS, namespace, { metadata: { name: ref.name, labels: { seen: prefix } } });
    const events: WatchEvent[] = [];
    const abort = new AbortController();
    const query = { resource: CONFIG_MAPS, namespace, labelSelector: `seen=${prefix}`, allowBookmarks: true };
    for await (const event of api.watch(query, { signal: abort.signal })) {
      events.push(event);
      if (event.type === 'BOOKMARK') {
        const object = await api.get(ref);
        const hidden = await api.replace(ref, { ...object, metadata: { ...object.metadata, labels: {} } });
        await api.replace(ref, { ...hidden, metadata: { ...hidden.metadata, labels: { seen: prefix } } });
        await api.delete(ref, {});
      }
      if (events.length === 5) abort.abort();
    }
    expect(events.map(({ type }) => type)).toEqual(['ADDED', 'BOOKMARK', 'DELETED', 'ADDED', 'DELETED']);
  });
});

it('a token that is not the right one is refused', async () => {
  const answer = await fetchJson('/api/v1/namespaces', { authorization: 'Bearer wrong' });
  expect(answer).toMatchObject({ code: 401, reason: 'Unauthorized', message: 'Unauthorized' });
});

it('the request log tells who asked for what', () => {
  const entry = logged.find(({ verb, userAgent }) => verb === 'create' && userAgent === 'spec/1 (test)');
  expect(entry).toMatchObject({
    requestURI: '/api/v1/namespaces/default/configmaps',
    user: { username: 'admin' },
    objectRef: { resource: 'configmaps', namespace: 'default', apiVersion: 'v1' },
    responseStatus: { code: 201 },
  });
});

async function fetchJson(path: string, headers: Record<string, string>): Promise<unknown> {
  const { request } = await import('node:https');
  return new Promise((resolve, reject) => {
    request(`${sandbox.url}${path}`, { ca: sandbox.caPem, headers }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => resolve(JSON.parse(text)));
    })
      .on('error', reject)
      .end();
  });
}
