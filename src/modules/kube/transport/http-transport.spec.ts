import { KubeApiError } from '../kube.errors';
import { cut, json, type Script, type SeenRequest, silence, status, text } from '../testing/scripted-api-server';
import { failure, OK, read, SECRET, TransportFixture, write } from '../testing/transport-fixture';

describe('HttpTransport', () => {
  const fixture = new TransportFixture();

  afterEach(() => fixture.close());

  describe('a request', () => {
    it('carries who asks, the login and its body', async () => {
      const transport = await fixture.start(() => OK);
      await transport.send(write({ contentType: 'application/apply-patch+yaml', body: '{"a":"ü"}' }));
      const [{ method, headers, body }] = fixture.server.seen as [SeenRequest];
      expect([method, body]).toEqual(['PATCH', '{"a":"ü"}']);
      expect(headers).toMatchObject({
        'user-agent': 'orkestra/1.2.3 (runtime)',
        authorization: `Bearer ${SECRET}`,
        accept: 'application/json',
        'content-type': 'application/apply-patch+yaml',
      });
    });

    it('goes below the path of the server address', async () => {
      await fixture.listen(() => OK);
      const transport = fixture.transport({}, { server: `${fixture.server.url}/k8s/clusters/c-1` });
      await transport.send(read({ path: '/api/v1/pods?limit=1' }));
      expect(fixture.server.seen[0]?.target).toBe('/k8s/clusters/c-1/api/v1/pods?limit=1');
    });

    it('uses a connection of those before', async () => {
      const transport = await fixture.start(() => OK);
      for (let count = 0; count < 20; count++) await transport.send(read());
      // undici frees a connection a moment after it gave the answer: the second request may open the second one.
      expect(fixture.server.connections).toBeLessThanOrEqual(2);
    });

    it('opens no more connections than allowed, however many wait', async () => {
      const transport = await fixture.start(() => OK, { connections: 3 });
      await Promise.all(Array.from({ length: 30 }, () => transport.send(read())));
      expect(fixture.server.seen).toHaveLength(30);
      expect(fixture.server.connections).toBeLessThanOrEqual(3);
    });

    it('is counted by verb, resource and code', async () => {
      const transport = await fixture.start((_request, count) =>
        count === 0 ? OK : count === 1 ? status(404, 'NotFound') : cut,
      );
      await transport.send(read());
      await failure(transport.send(read({ verb: 'delete', method: 'DELETE' })));
      await failure(transport.send(write()));
      expect(fixture.records.map(({ verb, group, resource, code }) => [verb, group, resource, code])).toEqual([
        ['get', 'apps', 'deployments', 200],
        ['delete', 'apps', 'deployments', 404],
        ['apply', 'apps', 'deployments', 0],
      ]);
    });
  });

  describe('a refusal', () => {
    it('becomes an error with the server’s words, status and causes', async () => {
      const causes = [{ field: 'spec.replicas', message: 'must be positive', reason: 'FieldValueInvalid' }];
      const transport = await fixture.start(() => status(422, 'Invalid', 'Deployment "web" is invalid', { causes }));
      const error = (await failure(transport.send(write()))) as KubeApiError;
      expect(error).toBeInstanceOf(KubeApiError);
      expect(error.message).toBe('apply deployments.apps default/web: Deployment "web" is invalid');
      expect(error.status).toMatchObject({ code: 422, reason: 'Invalid', causes });
    });

    it.each([
      [400, 'UserError'],
      [401, 'Transient'],
      [403, 'UserError'],
      [404, 'Transient'],
      [405, 'Bug'],
      [409, 'Conflict'],
      [410, 'Transient'],
      [413, 'UserError'],
      [415, 'Bug'],
      [422, 'UserError'],
      [500, 'Transient'],
      [503, 'Transient'],
    ])('%i is of kind %s', async (code, kind) => {
      const transport = await fixture.start(() => status(code, 'Whatever'));
      expect(await failure(transport.send(write()))).toMatchObject({ kind, status: { code } });
      expect(fixture.server.seen).toHaveLength(1);
    });

    it('of a namespace that is being deleted is not the user’s fault', async () => {
      const causes = [{ reason: 'NamespaceTerminating', field: 'metadata.namespace' }];
      const transport = await fixture.start(() =>
        status(403, 'Forbidden', 'namespace is being terminated', { causes }),
      );
      expect(await failure(transport.send(write()))).toMatchObject({ kind: 'Transient' });
    });

    it('by something that is no API server is told by its code', async () => {
      const transport = await fixture.start(() => text(502, '<html><body>Bad gateway</body></html>'));
      expect((await failure(transport.send(read()))).message).toBe('get deployments.apps default/web: HTTP 502');
    });
  });

  describe('429', () => {
    it('is waited for, for writes too: the server did nothing', async () => {
      const transport = await fixture.start((_request, count) => (count < 3 ? status429('0') : OK));
      await expect(transport.send(write())).resolves.toMatchObject({ status: 200 });
      expect(fixture.server.seen).toHaveLength(4);
    });

    it('without a time is waited for a second, if the call has it', async () => {
      const transport = await fixture.start(() => status(429, 'TooManyRequests'));
      expect(await failure(transport.send(write({ timeoutMs: 900 })))).toMatchObject({ status: { code: 429 } });
      expect(fixture.server.seen).toHaveLength(1);
    });

    it('lets other requests have its connection in the meantime', async () => {
      const transport = await fixture.start((request) => (request.method === 'PATCH' ? status(429, 'Busy') : OK), {
        connections: 1,
      });
      const stop = new AbortController();
      const waiting = failure(transport.send(write({ signal: stop.signal })));
      await fixture.server.untilSeen(1);
      await transport.send(read());
      stop.abort();
      expect(await waiting).toMatchObject({ reason: 'aborted' });
    });

    it.each([
      ['seconds', '60', 60_000],
      ['a date', new Date(Date.now() + 3_600_000).toUTCString(), 3_600_000],
    ])('with a long Retry-After in %s is handed on instead of being waited for', async (_name, after, expected) => {
      const transport = await fixture.start(() => status429(after));
      const error = await failure(transport.send(write()));
      expect(error).toMatchObject({ kind: 'Transient', status: { code: 429 } });
      expect(error.retryAfterMs).toBeGreaterThan(expected - 5_000);
      expect(error.retryAfterMs).toBeLessThanOrEqual(expected);
      expect(fixture.server.seen).toHaveLength(1);
    });

    it('is handed on when the call has no time left to wait', async () => {
      const transport = await fixture.start(() => status(429, 'TooManyRequests', 'busy', { retryAfterSeconds: 5 }));
      expect(await failure(transport.send(write({ timeoutMs: 2_000 })))).toMatchObject({ retryAfterMs: 5_000 });
    });

    const status429 = (after: string): ReturnType<Script> =>
      json(429, { kind: 'Status', code: 429, reason: 'TooManyRequests', message: 'busy' }, { 'retry-after': after });
  });

  describe('503 with Retry-After', () => {
    const busy = json(503, { kind: 'Status', code: 503, reason: 'ServiceUnavailable' }, { 'retry-after': '0' });

    it('is waited for by a read', async () => {
      const transport = await fixture.start((_request, count) => (count === 0 ? busy : OK));
      await expect(transport.send(read())).resolves.toMatchObject({ status: 200 });
    });

    it('is handed on by a write: the server may have acted', async () => {
      const transport = await fixture.start(() => busy);
      expect(await failure(transport.send(write()))).toMatchObject({ status: { code: 503 }, retryAfterMs: 0 });
      expect(fixture.server.seen).toHaveLength(1);
    });
  });

  describe('a broken connection', () => {
    it('makes a read try once more', async () => {
      const transport = await fixture.start((_request, count) => (count === 0 ? cut : OK));
      await expect(transport.send(read())).resolves.toMatchObject({ status: 200 });
    });

    it('makes a write fail: whether it happened is not known', async () => {
      const transport = await fixture.start(() => cut);
      expect(await failure(transport.send(write()))).toMatchObject({ reason: 'reset', kind: 'Transient' });
      expect(fixture.server.seen).toHaveLength(1);
    });

    it('in the middle of an answer is no answer', async () => {
      const transport = await fixture.start(() => (response) => {
        response.writeHead(200, { 'content-length': '100' });
        response.write('{"kind":');
        setImmediate(() => response.destroy());
      });
      expect(await failure(transport.send(write()))).toMatchObject({ reason: 'reset' });
    });

    it('is told apart from a server that is not there', async () => {
      const transport = await fixture.start(() => OK);
      const { url } = fixture.server;
      await fixture.server.close();
      const error = await failure(transport.send(read()));
      expect(error).toMatchObject({
        reason: 'refused',
        message: `get deployments.apps default/web: nobody listens at ${url}`,
      });
    });
  });

  describe('the deadline', () => {
    it('ends a request that nobody answers', async () => {
      const transport = await fixture.start(() => silence);
      const error = await failure(transport.send(read({ timeoutMs: 40 })));
      expect(error).toMatchObject({ reason: 'timeout', kind: 'Transient' });
      expect(error.message).toBe(`get deployments.apps default/web: no answer from ${fixture.server.url} in time`);
      await fixture.server.until(() => fixture.server.openResponses === 0);
    });

    it('ends an answer that drips for ever', async () => {
      const transport = await fixture.start(() => (response) => {
        response.writeHead(200);
        const drip = setInterval(() => response.write(' '), 5);
        response.on('close', () => clearInterval(drip));
      });
      expect(await failure(transport.send(read({ timeoutMs: 60 })))).toMatchObject({ reason: 'timeout' });
      await fixture.server.until(() => fixture.server.openResponses === 0);
    });

    it('counts while a request waits for a connection', async () => {
      const transport = await fixture.start(() => silence, { connections: 1 });
      const stop = new AbortController();
      const first = failure(transport.send(read({ signal: stop.signal })));
      await fixture.server.untilSeen(1);
      expect(await failure(transport.send(read({ timeoutMs: 30 })))).toMatchObject({ reason: 'timeout' });
      expect(fixture.server.seen).toHaveLength(1);
      stop.abort();
      await first;
    });
  });

  describe('an abort', () => {
    it('ends a request under way, at the server too', async () => {
      const transport = await fixture.start(() => silence);
      const stop = new AbortController();
      const sending = failure(transport.send(write({ signal: stop.signal })));
      await fixture.server.untilSeen(1);
      stop.abort();
      expect(await sending).toMatchObject({ reason: 'aborted' });
      await fixture.server.until(() => fixture.server.openResponses === 0);
    });

    it('before the call sends nothing', async () => {
      const transport = await fixture.start(() => OK);
      expect(await failure(transport.send(write({ signal: AbortSignal.abort() })))).toMatchObject({
        reason: 'aborted',
      });
      expect(fixture.server.seen).toHaveLength(0);
    });

    it('frees the place in the line', async () => {
      const transport = await fixture.start((request) => (request.path === '/slow' ? silence : OK), { connections: 1 });
      const [stop, other] = [new AbortController(), new AbortController()];
      const slow = failure(transport.send(read({ path: '/slow', signal: stop.signal })));
      await fixture.server.untilSeen(1);
      const waiting = failure(transport.send(read({ signal: other.signal })));
      const next = transport.send(read({ path: '/next' }));
      other.abort();
      expect(await waiting).toMatchObject({ reason: 'aborted' });
      stop.abort();
      await slow;
      await next;
      expect(fixture.server.seen.map(({ path }) => path)).toEqual(['/slow', '/next']);
    });

    it('of the whole transport ends everything, also what waits', async () => {
      const transport = await fixture.start(() => silence, { connections: 1 });
      const both = [failure(transport.send(read())), failure(transport.send(read()))];
      await fixture.server.untilSeen(1);
      await transport.close();
      expect(await Promise.all(both)).toEqual([
        expect.objectContaining({ reason: 'aborted' }),
        expect.objectContaining({ reason: 'aborted' }),
      ]);
      await fixture.server.until(() => fixture.server.openConnections === 0);
    });
  });

  it('lets Events wait behind writes', async () => {
    const release: (() => void)[] = [];
    const transport = await fixture.start(() => (response, request) => void release.push(() => OK(response, request)), {
      connections: 1,
    });
    const calls = [
      transport.send(write({ path: '/first' })),
      transport.send(write({ path: '/event', priority: 'low' })),
      transport.send(write({ path: '/child' })),
    ];
    for (let count = 1; count <= calls.length; count++) {
      await fixture.server.untilSeen(count);
      release.shift()?.();
    }
    await Promise.all(calls);
    expect(fixture.server.seen.map(({ path }) => path)).toEqual(['/first', '/child', '/event']);
  });
});
