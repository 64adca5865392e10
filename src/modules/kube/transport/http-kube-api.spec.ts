import { type ResourceType, type WatchEvent } from '../kube-object';
import { json, type Script, ScriptedApiServer, ScriptedStream, status, text } from '../testing/scripted-api-server';
import { website, websiteList, WEBSITES, WEBSITES_PATH } from '../testing/websites';
import { HttpKubeApi } from './http-kube-api';
import { HttpTransport } from './http-transport';

const PATH = '/apis/demo.orkestra.io/v1/namespaces/default/websites';
const REF = { resource: WEBSITES, namespace: 'default', name: 'home' };
const SECRET = 'secret-that-nobody-may-see';

describe('HttpKubeApi', () => {
  let server: ScriptedApiServer;
  let transport: HttpTransport;

  async function start(script: Script = () => json(200, website('home', 7))): Promise<HttpKubeApi> {
    server = await ScriptedApiServer.start(script);
    transport = new HttpTransport({
      config: { server: server.url, insecureSkipTlsVerify: false, contextName: 'test', source: 'flag' },
      userAgent: 'orkestra/test (spec)',
    });
    return new HttpKubeApi(transport);
  }

  afterEach(async () => {
    await transport.close();
    await server.close();
  });

  const request = (): readonly [string, string, string | undefined, unknown] => {
    const { method, target, headers, body } = server.seen[0]!;
    return [method, target, headers['content-type'], body === '' ? undefined : JSON.parse(body)];
  };

  describe('requests', () => {
    it('get', async () => {
      const api = await start();
      expect(await api.get(REF)).toEqual(website('home', 7));
      expect(request()).toEqual(['GET', `${PATH}/home`, undefined, undefined]);
    });

    it('create', async () => {
      const api = await start();
      await api.create(WEBSITES, 'default', website('home', 1));
      expect(request()).toEqual(['POST', PATH, 'application/json', website('home', 1)]);
    });

    it('replace', async () => {
      const api = await start();
      await api.replace(REF, website('home', 1));
      expect(request()).toEqual(['PUT', `${PATH}/home`, 'application/json', website('home', 1)]);
    });

    it.each([
      [{ fieldManager: 'orkestra', force: true }, '/home?fieldManager=orkestra&force=true'],
      [{ fieldManager: 'orkestra', force: false }, '/home?fieldManager=orkestra'],
      [
        { fieldManager: 'orkestra-status', force: true, subresource: 'status' as const },
        '/home/status?fieldManager=orkestra-status&force=true',
      ],
      [
        { fieldManager: 'ork', force: true, fieldValidation: 'Strict' as const },
        '/home?fieldManager=ork&force=true&fieldValidation=Strict',
      ],
    ])('server-side apply with %j', async (options, expected) => {
      const api = await start();
      const object = { apiVersion: 'demo.orkestra.io/v1', kind: 'Website', metadata: { name: 'home', uid: 'u-1' } };
      await api.apply(REF, object, options);
      expect(request()).toEqual(['PATCH', PATH + expected, 'application/apply-patch+yaml', object]);
    });

    it.each([
      ['merge', { metadata: { labels: { a: null } } }, 'application/merge-patch+json'],
      ['json', [{ op: 'remove', path: '/metadata/managedFields/0' }], 'application/json-patch+json'],
    ] as const)('%s patch', async (type, body, contentType) => {
      const api = await start();
      await api.patch(REF, { type, body: body, subresource: 'status', fieldManager: 'x' });
      expect(request()).toEqual(['PATCH', `${PATH}/home/status?fieldManager=x`, contentType, body]);
    });

    it('delete, with its preconditions', async () => {
      const api = await start(() => json(200, { kind: 'Status', status: 'Success' }));
      await api.delete(REF, { uid: 'u-1', resourceVersion: '7', propagation: 'Background' });
      expect(request()).toEqual([
        'DELETE',
        `${PATH}/home`,
        'application/json',
        {
          kind: 'DeleteOptions',
          apiVersion: 'v1',
          preconditions: { uid: 'u-1', resourceVersion: '7' },
          propagationPolicy: 'Background',
        },
      ]);
    });

    it('with an address that would be that of another thing are rejected, and nothing is sent', async () => {
      const api = await start();
      await expect(api.delete({ ...REF, name: '' }, { uid: 'u-1' })).rejects.toMatchObject({ code: 'NAME_INVALID' });
      await expect(api.get({ resource: WEBSITES, name: 'home' })).rejects.toMatchObject({ code: 'NAMESPACE_MISSING' });
      expect(server.seen).toHaveLength(0);
    });
  });

  it('keeps every field of an object, known or not', async () => {
    const object = { ...website('home', 7), future: { field: [1.5, null, { deep: true }] }, big: 9007199254740991 };
    const api = await start(() => json(200, object));
    expect(await api.get(REF)).toEqual(object);
  });

  describe('delete answers', () => {
    const finalized = website('home', 7, {
      metadata: { ...website('home', 7).metadata, deletionTimestamp: '2026-01-01T00:00:00Z' },
    });

    it.each<[string, unknown, unknown]>([
      ['a Status: gone', { kind: 'Status', status: 'Success' }, undefined],
      ['the object without time of deletion: gone', website('home', 7), undefined],
      ['the object with a time of deletion: still there', finalized, finalized],
    ])('%s', async (_name, answer, expected) => {
      const api = await start(() => json(200, answer));
      expect(await api.delete(REF, { uid: 'uid-home' })).toEqual(expected);
    });

    it('404 is an error, which callers tell apart', async () => {
      const api = await start(() => status(404, 'NotFound'));
      await expect(api.delete(REF, { uid: 'u-1' })).rejects.toMatchObject({ isNotFound: true, isConflict: false });
    });
  });

  describe('lists', () => {
    it('give items and the version', async () => {
      const api = await start(() => json(200, websiteList(9, [website('home', 7)], 'next')));
      expect(await api.list({ resource: WEBSITES, limit: 1 })).toEqual({
        items: [website('home', 7)],
        metadata: { resourceVersion: '9', continue: 'next' },
      });
      expect(server.seen[0]?.target).toBe(`${WEBSITES_PATH}?limit=1`);
    });

    it('may have no items at all', async () => {
      const api = await start(() => json(200, { kind: 'WebsiteList', metadata: {}, items: null }));
      expect(await api.list({ resource: WEBSITES })).toEqual({ items: [], metadata: {} });
    });

    it('of metadata ask for partial objects, and take whole ones from a server that has none', async () => {
      const api = await start(() => json(200, websiteList(9, [])));
      await api.list({ resource: WEBSITES, metadataOnly: true });
      expect(server.seen[0]?.headers.accept).toBe(
        'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json',
      );
    });
  });

  it.each(['<html>', '', 'null', '[]', `{"token":"${SECRET}"`])(
    'an answer like %p is no object, and is not repeated',
    async (body) => {
      const api = await start(() => text(200, body));
      const error = await api.get(REF).catch((thrown: unknown) => thrown as Error);
      expect(error).toMatchObject({
        reason: 'protocol',
        message: 'get websites.demo.orkestra.io default/home: the answer is not a JSON object',
      });
    },
  );

  it('sends Events at low priority, behind every other request', async () => {
    const events: ResourceType = {
      group: 'events.k8s.io',
      version: 'v1',
      kind: 'Event',
      plural: 'events',
      namespaced: true,
    };
    const sent: (string | undefined)[] = [];
    const send = async ({ priority }: { priority?: string }): Promise<unknown> => {
      sent.push(priority);
      return { status: 200, headers: {}, body: '{}' };
    };
    await start();
    const api = new HttpKubeApi({ send } as unknown as HttpTransport);
    await api.create(events, 'default', {});
    await api.patch({ resource: events, namespace: 'default', name: 'a' }, { type: 'merge', body: {} });
    await api.create(WEBSITES, 'default', {});
    expect(sent).toEqual(['low', 'low', undefined]);
  });

  describe('watches', () => {
    const stream = new ScriptedStream();

    async function collect(api: HttpKubeApi, count: number, signal?: AbortSignal): Promise<readonly WatchEvent[]> {
      const events: WatchEvent[] = [];
      for await (const event of api.watch({ resource: WEBSITES }, signal === undefined ? {} : { signal })) {
        if (events.push(event) === count) break;
      }
      return events;
    }

    it('give events, bookmarks and errors', async () => {
      const api = await start(() => stream.answer);
      const collecting = collect(api, 4);
      await server.untilSeen(1);
      const bookmark = { metadata: { resourceVersion: '9', annotations: { 'k8s.io/initial-events-end': 'true' } } };
      stream.send(
        { type: 'ADDED', object: website('a', 7) },
        { type: 'BOOKMARK', object: bookmark },
        { type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired', message: 'too old' } },
        { type: 'SOMETHING', object: {} },
      );
      expect(await collecting).toEqual([
        { type: 'ADDED', object: website('a', 7) },
        { type: 'BOOKMARK', resourceVersion: '9', initialEventsEnd: true },
        { type: 'ERROR', status: { code: 410, reason: 'Expired', message: 'too old', causes: [] } },
        { type: 'ERROR', status: { code: 500, reason: '', message: '', causes: [] } },
      ]);
    });

    it('put an event together whose bytes come one by one, inside of a character too', async () => {
      const api = await start(() => stream.answer);
      const collecting = collect(api, 1);
      await server.untilSeen(1);
      const object = website('a', 7, { spec: { message: 'Grüße 🚢' } });
      for (const byte of Buffer.from(`${JSON.stringify({ type: 'ADDED', object })}\n`)) {
        stream.write(Buffer.from([byte]));
        await new Promise((resolve) => setImmediate(resolve));
      }
      expect(await collecting).toEqual([{ type: 'ADDED', object }]);
    });

    it('end without error when the server ends them or the signal aborts', async () => {
      const api = await start(() => stream.answer);
      const ended = collect(api, 9);
      await server.untilSeen(1);
      stream.end();
      expect(await ended).toEqual([]);
      const stop = new AbortController();
      const aborted = collect(api, 9, stop.signal);
      await server.untilSeen(2);
      stop.abort();
      expect(await aborted).toEqual([]);
      await server.until(() => server.openResponses === 0);
    });

    it('close their connection when nobody reads on', async () => {
      const api = await start(() => stream.answer);
      const collecting = collect(api, 1);
      await server.untilSeen(1);
      stream.send({ type: 'ADDED', object: website('a', 7) });
      await collecting;
      await server.until(() => server.openResponses === 0);
    });

    it('fail with a broken line, which is not repeated', async () => {
      const api = await start(() => stream.answer);
      const collecting = collect(api, 9);
      await server.untilSeen(1);
      stream.write(Buffer.from(`{"token": "${SECRET}\n`));
      await expect(collecting).rejects.toMatchObject({
        reason: 'protocol',
        message: 'watch websites.demo.orkestra.io: the answer is not a JSON object',
      });
    });
  });
});
