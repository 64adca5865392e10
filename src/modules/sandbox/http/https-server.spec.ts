import { once } from 'node:events';
import { connect, type TLSSocket } from 'node:tls';
import { startSandbox } from '../sandbox';
import { type RunningSandbox } from '../sandbox.types';

const PATH = '/api/v1/namespaces/default/configmaps';

let sandbox: RunningSandbox;
let sockets: TLSSocket[] = [];

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, controllers: [] });
});
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  sockets = [];
});
afterAll(() => sandbox.stop());

async function open(): Promise<TLSSocket> {
  const socket = connect({ port: Number(new URL(sandbox.url!).port), host: '127.0.0.1', ca: sandbox.caPem! });
  socket.on('error', () => undefined);
  sockets.push(socket);
  await once(socket, 'secureConnect');
  return socket;
}

/** Everything until the server closes the connection. */
async function exchange(head: string, body = '', token = sandbox.token): Promise<string> {
  const socket = await open();
  let text = '';
  socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const auth = token === '' ? '' : `authorization: Bearer ${token}\r\n`;
  socket.write(
    `${head} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n${auth}content-length: ${Buffer.byteLength(body)}\r\n\r\n`,
  );
  socket.write(body);
  await once(socket, 'close');
  return text;
}

it('nobody may read health and version, and nothing else', async () => {
  expect(await exchange('GET /version', '', '')).toMatch(/^HTTP\/1\.1 200 /);
  const refused = await exchange(`GET ${PATH}/a`, '', '');
  expect(refused).toMatch(/^HTTP\/1\.1 403 /);
  expect(refused).toContain('User \\"system:anonymous\\" cannot get resource \\"configmaps\\"');
});

it('a body over 3 MiB is refused with its limit', async () => {
  const answer = await exchange(`POST ${PATH}`, 'a'.repeat(3 * 1024 * 1024 + 1));
  expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  expect(answer).toContain('Request entity too large: limit is 3145728');
});

it('what is unknown in a body becomes Warning headers', async () => {
  const answer = await exchange(`POST ${PATH}?dryRun=All`, '{"metadata":{"name":"a"},"one":1,"two":2}');
  expect(answer).toMatch(/^HTTP\/1\.1 201 /);
  expect(answer).toContain('warning: 299 - "unknown field \\"one\\""');
  expect(answer).toContain('warning: 299 - "unknown field \\"two\\""');
});

it('prototype keys are keys like others', async () => {
  const body = '{"metadata":{"name":"a"},"data":{"__proto__":"x","constructor":"y"}}';
  const answer = await exchange(`POST ${PATH}?dryRun=All`, body);
  expect(answer).toContain('"__proto__":"x"');
  expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  expect(Object.prototype.constructor).toBe(Object);
});

it('cuts off a watch that its client does not read once history is gone, and keeps nothing for it', async () => {
  const configMaps = { group: '', version: 'v1', kind: 'ConfigMap', plural: 'configmaps', namespaced: true };
  const ref = { resource: configMaps, namespace: 'default', name: 'busy' };
  const text = 'x'.repeat(100_000);
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'busy' }, data: { text } };
  await sandbox.api.create(configMaps, 'default', object);
  const socket = await open();
  const head = `host: x\r\nconnection: close\r\nauthorization: Bearer ${sandbox.token}\r\n\r\n`;
  socket.write(`GET ${PATH}?watch=1&resourceVersion=0 HTTP/1.1\r\n${head}`);
  await once(socket, 'data');
  socket.pause();
  // Some of it waits in the buffers of the two sockets.
  const changes = 400;
  for (let count = 0; count < changes; count++) {
    await sandbox.api.patch(ref, { type: 'merge', body: { data: { count: `${count}` } } });
    await new Promise((resolve) => setImmediate(resolve));
  }
  sandbox.compactHistory();
  let received = 0;
  socket.on('data', (chunk: Buffer) => (received += chunk.length));
  const closed = once(socket, 'close');
  socket.resume();
  await closed;
  expect(received).toBeLessThan((changes * text.length) / 2);
});
