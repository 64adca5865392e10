import { createServer, type AddressInfo, type Server } from 'node:net';
import { bindPort } from './bind-port';

const HOST = '127.0.0.1';
const open: Server[] = [];

afterEach(() => Promise.all(open.splice(0).map((server) => new Promise((resolve) => server.close(resolve)))));

/** One server that tries ports until it has one; the port that it got. */
async function bound(port: number, isPortRequested = false): Promise<number> {
  const server = createServer();
  await bindPort({ host: HOST, port, isPortRequested }, (candidate) => tryPort(server, candidate));
  open.push(server);
  return (server.address() as AddressInfo).port;
}

function tryPort(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const forget = (): void => void server.off('error', failed).off('listening', heard);
    const failed = (error: Error): void => {
      forget();
      reject(error);
    };
    const heard = (): void => {
      forget();
      resolve();
    };
    server.once('error', failed).once('listening', heard).listen(port, HOST);
  });
}

function failing(code: string): () => Promise<void> {
  return () => Promise.reject(Object.assign(new Error(code), { code }));
}

describe('a default port', () => {
  it('is taken when it is free', async () => {
    const tried: number[] = [];
    await bindPort({ host: HOST, port: 8080, isPortRequested: false }, (port) => Promise.resolve(tried.push(port)));
    expect(tried).toEqual([8080]);
  });

  it('gives way to the next one that is free', async () => {
    const tried: number[] = [];
    await bindPort({ host: HOST, port: 8080, isPortRequested: false }, async (port) => {
      tried.push(port);
      if (port < 8083) await failing(port === 8081 ? 'EACCES' : 'EADDRINUSE')();
    });
    expect(tried).toEqual([8080, 8081, 8082, 8083]);
  });

  it('is had by one, and each of the others gets another, however many ask for it at once', async () => {
    const first = await bound(0, true);
    const ports = await Promise.all(Array.from({ length: 100 }, () => bound(first)));
    expect(new Set([first, ...ports]).size).toBe(101);
  });

  it('leaves the choice to the system when all behind it are taken', async () => {
    const tried: number[] = [];
    await bindPort({ host: HOST, port: 8080, isPortRequested: false }, async (port) => {
      tried.push(port);
      if (port !== 0) await failing('EADDRINUSE')();
    });
    expect(tried.slice(-2)).toEqual([8129, 0]);
  });

  it('is not looked for on a host that this machine does not have', async () => {
    const choice = { host: '10.0.0.1', port: 8080, isPortRequested: false };
    await expect(bindPort(choice, failing('EADDRNOTAVAIL'))).rejects.toThrow(
      "port 8080 can't be opened on 10.0.0.1 (EADDRNOTAVAIL)",
    );
  });
});

describe('a requested port', () => {
  it('is never exchanged', async () => {
    const taken = await bound(0, true);
    await expect(bound(taken, true)).rejects.toMatchObject({
      kind: 'UserError',
      message: `port ${taken} is in use by another process; choose another one with --port or ORK_PORT, or leave it out`,
    });
  });

  it('may need rights', async () => {
    const choice = { host: HOST, port: 80, isPortRequested: true };
    await expect(bindPort(choice, failing('EACCES'))).rejects.toThrow(/^port 80 needs rights/);
  });
});
