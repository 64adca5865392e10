import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { FencedError } from '../kube.errors';
import { type Fence } from '../kube-api';
import { type Call, HttpTransport } from './http-transport';

let server: Server;
let transport: HttpTransport;
let received: string[];

beforeEach(async () => {
  received = [];
  server = createServer((request, response) => {
    received.push(request.url ?? '');
    request.resume().on('end', () => answer(request.url, response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  transport = new HttpTransport({
    config: { server: `http://127.0.0.1:${port}`, insecureSkipTlsVerify: false, contextName: 'test', source: 'flag' },
    userAgent: 'test',
  });
});

afterEach(async () => {
  await transport.close();
  await new Promise((resolve) => server.close(resolve));
});

const EURO = Buffer.from('"\u20ac"');

function answer(path: string | undefined, response: ServerResponse): void {
  if (path === '/silent') return;
  if (path !== '/pieces') {
    response.end('{}');
    return;
  }
  // The character is cut in two.
  response.write(EURO.subarray(0, 2));
  setTimeout(() => response.end(EURO.subarray(2)), 20);
}

function write(path: string, fence: Fence): Call {
  return { method: 'PATCH', path, verb: 'patch', what: path, resource: { group: '', plural: 'x' }, body: '{}', fence };
}

/** Holds for the first questions, then never again. */
function lostAfter(questions: number): Fence {
  let asked = 0;
  return {
    assertHeld: () => {
      if (++asked > questions) throw new FencedError();
    },
  };
}

it('sends nothing when the lease was lost before the call', async () => {
  await expect(transport.send(write('/early', lostAfter(0)))).rejects.toThrow(FencedError);
  expect(received).toEqual([]);
});

it('sends nothing when the lease was lost while the connection was made', async () => {
  await expect(transport.send(write('/late', lostAfter(1)))).rejects.toThrow(FencedError);
  expect(received).toEqual([]);
});

it('goes on with other requests after one was refused', async () => {
  await expect(transport.send(write('/late', lostAfter(1)))).rejects.toThrow(FencedError);
  await expect(transport.send(write('/held', lostAfter(2)))).resolves.toMatchObject({ status: 200, body: '{}' });
  expect(received).toEqual(['/held']);
});

it('keeps a character whole that arrives in two pieces', async () => {
  await expect(transport.send(write('/pieces', lostAfter(9)))).resolves.toMatchObject({ body: '"\u20ac"' });
});

it('gives up at once when the signal aborts, and serves the next request', async () => {
  const stop = new AbortController();
  const waiting = transport.send({ ...write('/silent', lostAfter(9)), signal: stop.signal });
  await once(server, 'request');
  stop.abort();
  await expect(waiting).rejects.toMatchObject({ reason: 'aborted' });
  await expect(transport.send(write('/held', lostAfter(9)))).resolves.toMatchObject({ status: 200 });
});

it('sends nothing for a signal that has aborted already', async () => {
  const call = { ...write('/never', lostAfter(9)), signal: AbortSignal.abort() };
  await expect(transport.send(call)).rejects.toMatchObject({ reason: 'aborted' });
  expect(received).toEqual([]);
});
