// The client against a real loopback TLS server.
import { type JsonObject, LEASE_NAME, OrkestraError } from '../../common';
import { type ClusterConfig } from '../config';
import { KubeApiError, KubeTransportError } from '../kube.errors';
import {
  type Answer,
  cut,
  json,
  ScriptedApiServer,
  ScriptedStream,
  type SeenRequest,
  silence,
  status,
  text,
} from '../testing/scripted-api-server';
import { testAuthority } from '../testing/test-certificates';
import { HttpsLeaseClient, type LeaseClientOptions } from './https-lease-client';

const TOKEN = 'token-that-nobody-may-see';
const COLLECTION = '/apis/coordination.k8s.io/v1/namespaces/shop-system/leases';
const ONE = `${COLLECTION}/${LEASE_NAME}`;
const LEASE: JsonObject = {
  apiVersion: 'coordination.k8s.io/v1',
  kind: 'Lease',
  metadata: { name: LEASE_NAME, namespace: 'shop-system', resourceVersion: '7' },
  spec: { holderIdentity: 'us' },
};

const authority = testAuthority();
const ofServer = authority.issue('server');
const ofClient = authority.issue('konductor');

let server: ScriptedApiServer;
let client: HttpsLeaseClient;

afterEach(async () => {
  client.close();
  await server.close();
});

/** The n-th request gets the n-th answer; the last answer goes on. */
async function start(
  answers: readonly Answer[],
  config: Partial<ClusterConfig> = {},
  options: Partial<LeaseClientOptions> = {},
): Promise<void> {
  const script = (_request: SeenRequest, count: number): Answer => answers[count] ?? answers.at(-1) ?? silence;
  server = await ScriptedApiServer.start(script, {
    ...ofServer,
    ca: authority.cert,
    requestCert: true,
    rejectUnauthorized: false,
  });
  client = new HttpsLeaseClient({
    config: configOf(config),
    namespace: 'shop-system',
    userAgent: 'orkestra/1.2.3 (runtime)',
    timeoutMs: 5_000,
    resolveAgain: () => Promise.reject(new Error('nobody asked for it')),
    ...options,
  });
}

function configOf(more: Partial<ClusterConfig> = {}): ClusterConfig {
  return {
    server: server.url,
    ca: authority.cert,
    insecureSkipTlsVerify: false,
    contextName: 'test',
    source: 'flag',
    token: TOKEN,
    ...more,
  };
}

/** The error, which must not tell a secret, also not to who prints all of it. */
async function failure(work: Promise<unknown>): Promise<OrkestraError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof OrkestraError)) throw new Error('the work did not fail with an OrkestraError');
  for (let said: unknown = error; said instanceof Error; said = said.cause) {
    const whole = `${said.message} ${said.stack} ${JSON.stringify(said)}`;
    expect(whole).not.toContain(TOKEN);
    expect(whole).not.toContain('PRIVATE KEY');
  }
  return error;
}

describe('the Lease', () => {
  it('is read with the token, under the name of the process', async () => {
    await start([json(200, LEASE)]);
    expect(await client.read()).toEqual(LEASE);
    expect(server.seen[0]).toMatchObject({
      method: 'GET',
      target: ONE,
      body: '',
      headers: {
        authorization: `Bearer ${TOKEN}`,
        'user-agent': 'orkestra/1.2.3 (runtime)',
        accept: 'application/json',
      },
    });
  });

  it('is read with a client certificate where there is no token', async () => {
    await start([json(200, LEASE)], { ...ofClient, token: undefined });
    await client.read();
    expect(server.seen[0]?.client).toBe('konductor');
    expect(server.seen[0]?.headers.authorization).toBeUndefined();
  });

  it('may not exist yet', async () => {
    await start([status(404, 'NotFound')]);
    expect(await client.read()).toBeUndefined();
  });

  it('is created in its namespace and replaced by name, as JSON of a known length', async () => {
    const lease = { ...LEASE, spec: { holderIdentity: 'wörker' } };
    await start([json(201, LEASE), json(200, LEASE)]);
    expect(await client.create(lease)).toEqual(LEASE);
    expect(await client.update(lease)).toEqual(LEASE);
    expect(server.seen.map(({ method, target }) => [method, target])).toEqual([
      ['POST', COLLECTION],
      ['PUT', ONE],
    ]);
    for (const { body, headers } of server.seen) {
      expect(JSON.parse(body)).toEqual(lease);
      expect(headers['content-type']).toBe('application/json');
      expect(headers['content-length']).toBe(String(Buffer.byteLength(body)));
    }
  });

  it('that somebody else wrote first is a conflict, and so is one that is gone when it is replaced', async () => {
    await start([status(409, 'AlreadyExists'), status(409, 'Conflict'), status(404, 'NotFound')]);
    expect(await client.create(LEASE)).toBe('conflict');
    expect(await client.update(LEASE)).toBe('conflict');
    expect(await client.update(LEASE)).toBe('conflict');
  });

  it('that can not be created because its namespace is missing is an error', async () => {
    await start([status(404, 'NotFound', 'namespaces "shop-system" not found')]);
    expect(await failure(client.create(LEASE))).toMatchObject({
      message: `create leases.coordination.k8s.io shop-system/${LEASE_NAME}: namespaces "shop-system" not found`,
    });
  });
});

describe('credentials that the server refuses', () => {
  it('are resolved again once, and the same request goes out with the new ones', async () => {
    const resolveAgain = jest.fn(() => Promise.resolve(configOf({ token: 'renewed' })));
    await start([status(401, 'Unauthorized'), json(200, LEASE)], {}, { resolveAgain });
    expect(await client.update(LEASE)).toEqual(LEASE);
    expect(server.seen.map(({ headers }) => headers.authorization)).toEqual([`Bearer ${TOKEN}`, 'Bearer renewed']);
    expect(server.seen.map(({ body }) => body)).toEqual([JSON.stringify(LEASE), JSON.stringify(LEASE)]);
  });

  it('and that stay refused are an error, not a loop', async () => {
    await start([status(401, 'Unauthorized')], {}, { resolveAgain: () => Promise.resolve(configOf()) });
    const error = await failure(client.read());
    expect(error).toBeInstanceOf(KubeApiError);
    expect(error.message).toBe(`get leases.coordination.k8s.io shop-system/${LEASE_NAME}: Unauthorized`);
    expect(server.seen).toHaveLength(2);
  });

  it('and that can not be renewed are told with the reason', async () => {
    const resolveAgain = (): Promise<ClusterConfig> => Promise.reject(new Error('the plugin login failed'));
    await start([status(401, 'Unauthorized')], {}, { resolveAgain });
    const error = await failure(client.read());
    expect(error).toMatchObject({ reason: 'credentials' });
    expect(error.message).toContain('the plugin login failed');
  });

  it('and whose renewal hangs do not keep the election waiting', async () => {
    const resolveAgain = (): Promise<ClusterConfig> => new Promise(() => undefined);
    await start([status(401, 'Unauthorized')], {}, { resolveAgain, timeoutMs: 100 });
    expect(await failure(client.read())).toMatchObject({ reason: 'timeout' });
  });
});

describe('a server that does not answer as it should', () => {
  it('and keeps silent is given up in time; the next request takes another connection', async () => {
    await start([silence, json(200, LEASE)], {}, { timeoutMs: 1_000 });
    const error = await failure(client.read());
    expect(error).toBeInstanceOf(KubeTransportError);
    expect(error.message).toBe(
      `get leases.coordination.k8s.io shop-system/${LEASE_NAME}: no answer from ${server.url} in time`,
    );
    await server.until(() => server.openConnections === 0);
    expect(await client.read()).toEqual(LEASE);
    expect(server.seen.map(({ connection }) => connection)).toEqual([1, 2]);
  });

  it('and stops in the middle of its answer is given up in time', async () => {
    const half: Answer = (response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"kind":');
    };
    await start([half], {}, { timeoutMs: 150 });
    expect(await failure(client.read())).toMatchObject({ reason: 'timeout' });
  });

  it('and cuts a new connection is an error: what it did with the request is not known', async () => {
    await start([cut]);
    expect(await failure(client.update(LEASE))).toMatchObject({ reason: 'reset' });
    expect(server.seen).toHaveLength(1);
  });

  it.each([
    ['a page', text(200, `<html>${TOKEN}</html>`)],
    ['nothing', text(200, '')],
    ['a list', json(200, [LEASE])],
    ['null', text(200, 'null')],
    ['another object', json(200, { kind: 'Status', message: TOKEN })],
  ])('and sends %s instead of a Lease is told so, without what it sent', async (_what, answer) => {
    await start([answer]);
    for (const work of [client.read(), client.update(LEASE)]) {
      const error = await failure(work);
      expect(error).toMatchObject({ reason: 'protocol' });
      expect(error.message).toContain(`${server.url} answered with something that is no Lease (HTTP 200)`);
    }
  });

  it.each([
    ['a page of a proxy', text(502, '<html>bad gateway</html>'), 'HTTP 502'],
    ['a redirect', text(302, '', { location: 'https://elsewhere.example' }), 'HTTP 302'],
    ['a refusal', status(403, 'Forbidden', 'no rights on leases'), 'no rights on leases'],
  ])('and answers with %s is told by what it said', async (_what, answer, expected) => {
    await start([answer]);
    const error = await failure(client.update(LEASE));
    expect(error).toBeInstanceOf(KubeApiError);
    expect(error.message).toBe(`update leases.coordination.k8s.io shop-system/${LEASE_NAME}: ${expected}`);
  });

  it('and has a certificate of somebody else is refused before anything is sent', async () => {
    await start([json(200, LEASE)], { ca: testAuthority('another').cert });
    expect(await failure(client.read())).toMatchObject({ reason: 'tls' });
    expect(server.seen).toEqual([]);
  });

  it('and does not listen is told with its address', async () => {
    await start([json(200, LEASE)]);
    const { url } = server;
    await server.close();
    expect((await failure(client.read())).message).toContain(`nobody listens at ${url}`);
    server = await ScriptedApiServer.start(() => silence);
  });
});

describe('the connection', () => {
  it('is kept between requests', async () => {
    await start([json(200, LEASE)]);
    for (let round = 0; round < 3; round++) await client.read();
    expect(server.connections).toBe(1);
  });

  it('that breaks at its next use costs no renewal: the request goes out once more', async () => {
    await start([json(200, LEASE), cut, json(200, LEASE)]);
    await client.read();
    expect(await client.update(LEASE)).toEqual(LEASE);
    expect(server.seen.map(({ method, connection }) => [method, connection])).toEqual([
      ['GET', 1],
      ['PUT', 1],
      ['PUT', 2],
    ]);
  });

  it('that breaks, and breaks again when it is made anew, is an error', async () => {
    await start([json(200, LEASE), cut]);
    await client.read();
    expect(await failure(client.update(LEASE))).toMatchObject({ reason: 'reset' });
    expect(server.seen).toHaveLength(3);
  });

  it('that the server closed while nobody used it is not missed', async () => {
    await start([json(200, LEASE, { connection: 'close' }), json(200, LEASE)]);
    await client.read();
    await server.until(() => server.openConnections === 0);
    expect(await client.update(LEASE)).toEqual(LEASE);
    expect(server.seen).toHaveLength(2);
  });
});

describe('following the Lease', () => {
  let stop: AbortController;
  let changes: number;
  let onChange: () => void;

  beforeEach(() => {
    stop = new AbortController();
    changes = 0;
    onChange = () => undefined;
  });

  afterEach(() => {
    stop.abort();
    jest.useRealTimers();
  });

  const follow = (): void =>
    client.follow(() => {
      changes++;
      onChange();
    }, stop.signal);

  it('calls back at each change of this one, and leaves the connection for the renewals free', async () => {
    const stream = new ScriptedStream();
    await start([stream.answer, json(200, LEASE)]);
    const changed = new Promise<void>((resolve) => (onChange = resolve));
    follow();
    await server.untilSeen(1);
    expect(server.seen[0]?.path).toBe(COLLECTION);
    expect(Object.fromEntries(server.seen[0]?.query ?? [])).toEqual({
      watch: 'true',
      fieldSelector: `metadata.name=${LEASE_NAME}`,
      timeoutSeconds: '300',
    });
    expect(changes).toBe(0);
    stream.send({ type: 'MODIFIED', object: LEASE });
    await changed;
    expect(await client.read()).toEqual(LEASE);
    stop.abort();
    await server.until(() => server.openResponses === 0);
  });

  it('is taken up again after a pause when the watch ends, breaks or is refused', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'performance', 'hrtime', 'Date'] });
    const last = new ScriptedStream();
    await start([text(200, ''), cut, status(401, 'Unauthorized'), last.answer]);
    follow();
    for (let seen = 1; seen <= 4; seen++) {
      await server.untilSeen(seen);
      await server.until(() => seen === 4 || server.openResponses === 0);
      while (server.seen.length === seen && seen < 4) {
        await jest.advanceTimersByTimeAsync(2_000);
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
    stop.abort();
    await server.until(() => server.openResponses === 0);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(server.seen).toHaveLength(4);
    expect(jest.getTimerCount()).toBe(0);
  });
});
