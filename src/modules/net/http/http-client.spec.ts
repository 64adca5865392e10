import { connect, createServer, type LookupFunction } from 'node:net';
import { loopbackCertificate } from '../x509/loopback-certificate';
import { answer, LoopbackServer, type Script } from '../testing/loopback-server';
import { AddressGuard } from './address-guard';
import { HttpClient } from './http-client';
import { HttpError } from './http.errors';
import { type HttpClientOptions, type HttpRequest } from './http.types';
import { assertSuccess } from './success';

const SECRET = 'hunter2';
const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function serve(script: Script, tls?: Parameters<typeof LoopbackServer.start>[1]): Promise<LoopbackServer> {
  const server = await LoopbackServer.start(script, tls);
  open.push(server);
  return server;
}

/** Allowed to reach loopback, where the tests are; no random pauses. */
function client(over: Partial<HttpClientOptions> = {}): HttpClient {
  const options = { userAgent: 'orkestra/1.2.3', guard: new AddressGuard(['loopback']), random: { next: () => 0 } };
  const made = new HttpClient({ ...options, ...over });
  open.push(made);
  return made;
}

async function failure(work: Promise<unknown>): Promise<HttpError> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(HttpError);
  return error as HttpError;
}

const get = (url: string, over: Partial<HttpRequest> = {}): HttpRequest => ({ method: 'GET', url, ...over });
const resolveToLoopback: LookupFunction = (_host, _options, callback) =>
  callback(null, [{ address: '127.0.0.1', family: 4 }] as never);

describe('a call', () => {
  it('says who asks, sends its body and headers, and gives the whole answer', async () => {
    const server = await serve((_call, response) => answer(response, 201, 'made', { 'x-a': 'b' }));
    const request = {
      method: 'POST',
      url: `${server.url}/a?b=c#d`,
      body: '{"ü":1}',
      headers: { 'x-key': '1' },
    } as const;
    const got = await client().send(request);
    expect({ status: got.status, body: got.body.toString(), header: got.headers['x-a'] }).toEqual({
      status: 201,
      body: 'made',
      header: 'b',
    });
    const [call] = server.seen;
    expect([call?.method, call?.target, call?.body.toString()]).toEqual(['POST', '/a?b=c', '{"ü":1}']);
    expect(call?.headers).toMatchObject({
      'user-agent': 'orkestra/1.2.3',
      'x-key': '1',
      'accept-encoding': 'identity',
    });
  });

  it('leaves the judgement of the status to the caller', async () => {
    const server = await serve((_call, response) => answer(response, 404, 'no'));
    const got = await client().send(get(`${server.url}/a?token=${SECRET}`));
    expect(got.status).toBe(404);
    expect(() => assertSuccess(got)).toThrow(`GET ${server.url}/a: answers 404: there is nothing at this address`);
    expect(() => assertSuccess({ ...got, status: 204 })).not.toThrow();
  });

  it.each([
    [403, 'UserError'],
    [429, 'Transient'],
    [500, 'Transient'],
  ])('that answers %d is a %s', (status, kind) => {
    const headers = { 'retry-after': '7' };
    expect.assertions(1);
    try {
      assertSuccess({ status, headers, url: 'http://a/', what: 'GET http://a/' });
    } catch (error) {
      expect(error).toMatchObject({ kind, status, reason: 'status', retryAfterMs: 7_000 });
    }
  });
});

describe('an address', () => {
  it.each([
    ['not a url', 'the text is no URL'],
    ['file:///etc/passwd', 'addresses begin with https:// or http://, not file:'],
    [`https://me:${SECRET}@example.org/a`, 'a login does not belong in an address'],
  ])('%s is refused', async (url, message) => {
    const error = await failure(client().send(get(url)));
    expect(error).toMatchObject({ reason: 'url', kind: 'UserError' });
    expect(error.message).toContain(message);
    expect(error.message).not.toContain(SECRET);
  });

  it('of loopback is refused, unless the user named it or the setting allows it', async () => {
    const server = await serve((_call, response) => answer(response, 200));
    const guarded = client({ guard: new AddressGuard([]) });
    const error = await failure(guarded.send(get(server.url)));
    expect(error).toMatchObject({ reason: 'blocked', kind: 'UserError' });
    expect(error.message).toContain('127.0.0.1 is a loopback address, which is not called; ORK_HTTP_ALLOW=loopback');
    expect(server.seen).toHaveLength(0);
    expect((await guarded.send(get(server.url, { reachesLoopback: true }))).status).toBe(200);
    expect((await failure(guarded.send(get(server.url)))).reason).toBe('blocked');
  });

  it('behind a name is looked at, too', async () => {
    const server = await serve((_call, response) => answer(response, 200));
    const guarded = client({ guard: new AddressGuard([]), resolve: resolveToLoopback });
    const error = await failure(guarded.send(get(`http://good.example:${server.port}/`)));
    expect(error.message).toContain('good.example leads to 127.0.0.1, a loopback address');
    expect(server.seen).toHaveLength(0);
  });
});

describe('a redirect', () => {
  it('is followed, without the headers of the caller when it leads elsewhere', async () => {
    const target = await serve((_call, response) => answer(response, 200, 'there'));
    const from = await serve((_call, response) => answer(response, 302, '', { location: `${target.url}/b?x=1` }));
    const headers = { authorization: `Bearer ${SECRET}`, 'x-api-key': SECRET, accept: 'text/plain' };
    const got = await client().send(get(from.url, { headers }));
    expect([got.body.toString(), got.url]).toEqual(['there', `${target.url}/b?x=1`]);
    expect(from.seen[0]?.headers.authorization).toBe(`Bearer ${SECRET}`);
    expect(JSON.stringify(target.seen[0]?.headers)).not.toContain(SECRET);
    expect(target.seen[0]?.headers.accept).toBe('text/plain');
  });

  it('keeps the headers within its origin', async () => {
    const server = await serve((call, response) =>
      call.target === '/a' ? answer(response, 307, '', { location: '/b' }) : answer(response, 200),
    );
    await client().send(get(`${server.url}/a`, { headers: { authorization: 'x' } }));
    expect(server.seen[1]).toMatchObject({ target: '/b', headers: { authorization: 'x' } });
  });

  it('to an address that may not be called is refused', async () => {
    const server = await serve((_call, response) =>
      answer(response, 302, '', { location: 'http://169.254.169.254/latest' }),
    );
    const error = await failure(client().send(get(server.url)));
    expect(error).toMatchObject({ reason: 'blocked' });
    expect(error.message).toContain('169.254.169.254 is a link-local address');
  });

  it('in a circle ends', async () => {
    const server = await serve((_call, response) => answer(response, 302, '', { location: '/' }));
    const error = await failure(client().send(get(server.url)));
    expect(error.message).toBe(`GET ${server.url}/: is sent on more than 5 times`);
    expect(server.seen).toHaveLength(6);
  });

  it('of what is written stays with its origin', async () => {
    const server = await serve((_call, response) => answer(response, 307, '', { location: 'http://127.0.0.2:1/' }));
    const error = await failure(client().send({ method: 'PUT', url: server.url, body: 'x' }));
    expect(error).toMatchObject({ reason: 'redirects' });
    const post = await serve((_call, response) => answer(response, 302, '', { location: '/b' }));
    expect((await client().send({ method: 'POST', url: post.url, body: 'x' })).status).toBe(302);
  });
});

describe('a limit', () => {
  it('of time is told', async () => {
    const server = await serve(() => undefined);
    const error = await failure(client().send(get(`${server.url}/a?b=${SECRET}`, { timeoutMs: 50 })));
    expect(error).toMatchObject({ reason: 'timeout', kind: 'Transient' });
    expect(error.message).toBe(`GET ${server.url}/a: no answer from ${server.url} within 50ms`);
  });

  it('of time counts for the body as well', async () => {
    const server = await serve((_call, response) => void response.writeHead(200).write('begun'));
    const error = await failure(client().send(get(server.url, { timeoutMs: 100 })));
    expect(error.message).toContain(`the answer of ${server.url} was not complete within 100ms`);
  });

  it('of size is kept, announced or not', async () => {
    const server = await serve((call, response) => {
      response.writeHead(200, call.target === '/told' ? { 'content-length': '3000' } : {});
      for (let count = 0; count < 3; count++) response.write(Buffer.alloc(1_000));
      response.end();
    });
    for (const path of ['/told', '/untold']) {
      const error = await failure(client().send(get(server.url + path, { maxBytes: 2_048 })));
      expect(error).toMatchObject({ reason: 'too-large', kind: 'UserError' });
      expect(error.message).toContain('the answer is larger than 2 KiB');
    }
    expect((await client().send(get(server.url, { maxBytes: 3_000 }))).body).toHaveLength(3_000);
    expect(server.seen).toHaveLength(3);
  });

  it('set by the caller ends the call at once', async () => {
    const server = await serve(() => undefined);
    const stop = new AbortController();
    const error = failure(client().send(get(server.url, { signal: stop.signal })));
    stop.abort();
    expect(await error).toMatchObject({ reason: 'aborted' });
    expect((await failure(client().send(get(server.url, { signal: stop.signal })))).reason).toBe('aborted');
  });
});

describe('a call is repeated', () => {
  const failingFirst =
    (times: number, fail: Script): Script =>
    (call, response, count) =>
      count < times ? fail(call, response, count) : answer(response, 200, 'ok');

  it.each([503, 429, 502, 504])('after %d', async (status) => {
    const server = await serve(failingFirst(2, (_call, response) => answer(response, status)));
    expect((await client().send(get(server.url))).body.toString()).toBe('ok');
    expect(server.seen).toHaveLength(3);
  });

  it('after a broken connection, also in the middle of the body', async () => {
    const cut: Script = (_call, response, count) => {
      if (count === 0) return void response.destroy();
      response.writeHead(200, { 'content-length': '10' });
      response.write('begun', () => response.destroy());
    };
    const server = await serve(failingFirst(2, cut));
    expect((await client().send(get(server.url))).body.toString()).toBe('ok');
  });

  it('as often as said, then the last answer counts', async () => {
    const server = await serve((_call, response) => answer(response, 503, 'busy'));
    expect((await client().send(get(server.url))).body.toString()).toBe('busy');
    expect(server.seen).toHaveLength(3);
    await client().send(get(server.url, { tries: 1 }));
    expect(server.seen).toHaveLength(4);
  });

  it('not when the server wants a pause that is too long', async () => {
    const server = await serve((_call, response) => answer(response, 503, '', { 'retry-after': '60' }));
    expect((await client().send(get(server.url))).status).toBe(503);
    expect(server.seen).toHaveLength(1);
  });

  it('never when the server may have acted on it', async () => {
    const server = await serve((_call, response, count) => (count === 0 ? answer(response, 503) : response.destroy()));
    const post = { method: 'POST', url: server.url, body: 'x' } as const;
    expect((await client().send(post)).status).toBe(503);
    expect(await failure(client().send(post))).toMatchObject({ reason: 'reset', kind: 'Transient' });
    expect(server.seen).toHaveLength(2);
  });

  it('and the failure says how often', async () => {
    const server = await serve(() => undefined);
    const { host, url } = server;
    await server.close();
    open.splice(open.indexOf(server), 1);
    const error = await failure(client().send({ method: 'POST', url, body: 'x' }));
    expect(error.message).toBe(`POST ${url}/: nobody listens at ${host}, tried 3 times`);
  });
});

describe('secrets', () => {
  it('of a path stay out of the message', async () => {
    const server = await serve(() => undefined);
    const call = get(`${server.url}/services/${SECRET}`, { isPathSecret: true, timeoutMs: 30 });
    expect((await failure(client().send(call))).message).toBe(
      `GET ${server.url}: no answer from ${server.url} within 30ms`,
    );
  });
});

describe('what a reader throws', () => {
  it('ends the call as it is, and frees the connection', async () => {
    const server = await serve((_call, response) => answer(response, 200, 'x'.repeat(100_000)));
    const own = new Error('enough');
    await expect(client().exchange(get(server.url), () => Promise.reject(own))).rejects.toBe(own);
    expect(server.seen).toHaveLength(1);
  });
});

describe('TLS', () => {
  it('is accepted from the authorities of the setting only', async () => {
    const { caPem, certPem, keyPem } = await loopbackCertificate('test', Date.now());
    const server = await serve((_call, response) => answer(response, 200), { cert: certPem, key: keyPem });
    expect((await client({ caPem }).send(get(server.url))).status).toBe(200);
    const error = await failure(client().send(get(server.url)));
    expect(error.reason).toBe('tls');
    expect(error.message).toContain(`the certificate or the TLS of ${server.host} is not accepted`);
  });

  it('asked of a plain server says so', async () => {
    const server = await serve((_call, response) => answer(response, 200));
    const error = await failure(client().send(get(`https://${server.host}/`)));
    expect(error.message).toContain('does not speak TLS');
  });
});

describe('a proxy', () => {
  it('carries plain and TLS calls, and its login stays out of messages', async () => {
    const { caPem, certPem, keyPem } = await loopbackCertificate('test', Date.now());
    const tls = await serve((_call, response) => answer(response, 200, 'tls'), { cert: certPem, key: keyPem });
    const proxy = await serve((_call, response) => answer(response, 200, 'by proxy'));
    const tunnel = createServer((socket) =>
      socket.once('data', (head) => {
        expect(head.toString()).toMatch(/^CONNECT secure\.example:443/);
        expect(head.toString()).toContain(Buffer.from(`me:${SECRET}`).toString('base64'));
        const there = connect(tls.port, '127.0.0.1', () => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
        socket.pipe(there).pipe(socket);
        socket.on('error', () => there.destroy());
        there.on('error', () => socket.destroy());
      }),
    );
    await new Promise<void>((resolve) => tunnel.listen(0, '127.0.0.1', resolve));
    const { port } = tunnel.address() as { port: number };
    const through = client({
      caPem,
      guard: new AddressGuard([]),
      proxies: { http: proxy.url, https: `http://me:${SECRET}@127.0.0.1:${port}`, exceptions: [] },
    });
    expect((await through.send(get('http://plain.example/a'))).body.toString()).toBe('by proxy');
    expect(proxy.seen[0]?.target).toBe('http://plain.example/a');
    // The certificate is made for loopback, not for this name: that the name is checked shows that TLS goes end to end.
    const error = await failure(through.send(get('https://secure.example/')));
    expect(error.message).toContain('ERR_TLS_CERT_ALTNAME_INVALID');
    expect(error.message).not.toContain(SECRET);
    await through.close();
    await new Promise<void>((resolve) => tunnel.close(() => resolve()));
  });
});
