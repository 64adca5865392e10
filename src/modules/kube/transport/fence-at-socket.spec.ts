import { createServer, type Server } from 'node:http';
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
    request.resume().on('end', () => response.end('{}'));
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
