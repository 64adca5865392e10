import { ManualClock, OrkestraError } from '../../common';
import { type ClusterConfig } from '../config';
import { type Script, type ScriptedApiServer, silence, status } from '../testing/scripted-api-server';
import { testAuthority } from '../testing/test-certificates';
import { failure, OK, read, SECRET, TransportFixture, write } from '../testing/transport-fixture';
import { type HttpTransport, type TransportOptions } from './http-transport';

describe('HttpTransport', () => {
  const fixture = new TransportFixture();

  afterEach(() => fixture.close());

  describe('credentials', () => {
    const clock = (): ManualClock => new ManualClock(Date.UTC(2030, 0, 1));
    const tokens = ({ seen }: ScriptedApiServer): readonly unknown[] =>
      seen.map(({ headers }) => headers.authorization);
    const onlyFor =
      (token: string): Script =>
      (request) =>
        request.headers.authorization === `Bearer ${token}` ? OK : status(401, 'Unauthorized');

    function renewing(config: Partial<ClusterConfig>): {
      resolveAgain: () => Promise<ClusterConfig>;
      count: () => number;
    } {
      let count = 0;
      return {
        count: () => count,
        resolveAgain: async () => {
          count++;
          return {
            server: fixture.server.url,
            insecureSkipTlsVerify: false,
            contextName: 'test',
            source: 'flag',
            ...config,
          };
        },
      };
    }

    it('are resolved again once after a 401, and the request is sent again', async () => {
      const fresh = renewing({ token: 'new' });
      const transport = await fixture.start(onlyFor('new'), { resolveAgain: fresh.resolveAgain });
      await expect(transport.send(write())).resolves.toMatchObject({ status: 200 });
      expect(tokens(fixture.server)).toEqual([`Bearer ${SECRET}`, 'Bearer new']);
    });

    it('are resolved once for all requests that were refused together', async () => {
      const fresh = renewing({ token: 'new' });
      const transport = await fixture.start(onlyFor('new'), { resolveAgain: fresh.resolveAgain });
      await Promise.all(Array.from({ length: 8 }, () => transport.send(read())));
      expect(fresh.count()).toBe(1);
    });

    it('that are refused again end in 401, and a plugin is not asked for each request', async () => {
      const fresh = renewing({ token: 'also wrong' });
      const transport = await fixture.start(onlyFor('right'), { resolveAgain: fresh.resolveAgain });
      for (let count = 0; count < 3; count++) {
        expect(await failure(transport.send(read()))).toMatchObject({ status: { code: 401 } });
      }
      expect(fresh.count()).toBe(1);
    });

    it('that can not be resolved again say why', async () => {
      const transport = await fixture.start(onlyFor('right'), {
        resolveAgain: () =>
          Promise.reject(
            new OrkestraError({ code: 'X', kind: 'UserError', message: 'the exec plugin "aws" failed: log in' }),
          ),
      });
      const error = await failure(transport.send(read()));
      expect(error).toMatchObject({ reason: 'credentials', kind: 'Transient' });
      expect(error.message).toBe(
        'get deployments.apps default/web: the credentials can\'t be renewed: the exec plugin "aws" failed: log in',
      );
    });

    it('that are over are resolved before the next request', async () => {
      const time = clock();
      const fresh = renewing({ token: 'new' });
      const options = { clock: time, resolveAgain: fresh.resolveAgain };
      const transport = await fixture.start(() => OK, options, { expiresAt: time.now() + 60_000 });
      await transport.send(read());
      time.advance(60_000);
      await transport.send(read());
      expect(tokens(fixture.server)).toEqual([`Bearer ${SECRET}`, 'Bearer new']);
      expect(fresh.count()).toBe(1);
    });

    it('that will be over are resolved beside the requests', async () => {
      const time = clock();
      let resolved: ((config: ClusterConfig) => void) | undefined;
      const resolveAgain = (): Promise<ClusterConfig> => new Promise((resolve) => (resolved = resolve));
      const transport = await fixture.start(() => OK, { clock: time, resolveAgain }, { refreshAt: time.now() });
      await transport.send(read());
      await transport.send(read());
      resolved?.(await renewing({ token: 'new' }).resolveAgain());
      await new Promise((resolve) => setImmediate(resolve));
      await transport.send(read());
      expect(tokens(fixture.server)).toEqual([`Bearer ${SECRET}`, `Bearer ${SECRET}`, 'Bearer new']);
    });

    it('are kept when the plugin fails although their time is over: the server decides', async () => {
      const time = clock();
      const transport = await fixture.start(
        () => OK,
        { clock: time, resolveAgain: () => Promise.reject(new Error('plugin broke')) },
        { expiresAt: time.now() },
      );
      await expect(transport.send(read())).resolves.toMatchObject({ status: 200 });
    });
  });

  describe('TLS', () => {
    const authority = testAuthority();
    const serving = authority.issue('server', { dnsNames: ['kubernetes'] });
    const tls = { ...serving, ca: authority.cert, requestCert: true, rejectUnauthorized: true };

    async function startTls(
      config: Partial<ClusterConfig>,
      options: Partial<TransportOptions> = {},
    ): Promise<HttpTransport> {
      await fixture.listen(() => OK, tls);
      return fixture.transport(options, config);
    }

    it('logs in with a client certificate, and checks the server by name', async () => {
      const transport = await startTls({ ca: authority.cert, serverName: 'kubernetes', ...authority.issue('admin') });
      await transport.send(read());
      expect(fixture.server.seen[0]?.client).toBe('admin');
    });

    it.each<[string, Partial<ClusterConfig>]>([
      ['an unknown authority', { ca: testAuthority().cert }],
      ['no authority', {}],
      ['another name', { ca: authority.cert, serverName: 'elsewhere' }],
    ])('refuses %s', async (_name, config) => {
      const transport = await startTls({ ...authority.issue('admin'), ...config });
      expect(await failure(transport.send(read()))).toMatchObject({ reason: 'tls', kind: 'Transient' });
      expect(fixture.server.seen).toHaveLength(0);
    });

    it('refuses nothing with insecure-skip-tls-verify', async () => {
      const transport = await startTls({ insecureSkipTlsVerify: true, ...authority.issue('admin') });
      await expect(transport.send(read())).resolves.toMatchObject({ status: 200 });
    });

    it('takes new connections for a renewed certificate, and ends the old ones when they are done', async () => {
      const time = new ManualClock();
      const base = { ca: authority.cert, insecureSkipTlsVerify: false, contextName: 'test', source: 'flag' } as const;
      const renewed = authority.issue('renewed');
      const transport = await startTls(
        { ...base, ...authority.issue('first'), expiresAt: time.now() + 1_000 },
        { clock: time, resolveAgain: async () => ({ ...base, server: fixture.server.url, ...renewed }) },
      );
      await transport.send(read());
      time.advance(1_000);
      await transport.send(read());
      expect(fixture.server.seen.map(({ client }) => client)).toEqual(['first', 'renewed']);
      await fixture.server.until(() => fixture.server.openConnections === 1);
    });
  });

  describe('a stream', () => {
    it('stays open past the deadline of its opening, and ends with the signal', async () => {
      const transport = await fixture.start(() => (response) => {
        response.writeHead(200);
        response.write('first');
        setTimeout(() => response.write('second'), 60);
      });
      const stop = new AbortController();
      const { body } = await transport.stream(read({ verb: 'watch', timeoutMs: 30, signal: stop.signal }));
      const chunks: string[] = [];
      await expect(
        (async () => {
          for await (const chunk of body as AsyncIterable<Buffer>) {
            if (chunks.push(chunk.toString()) === 2) stop.abort();
          }
        })(),
      ).rejects.toMatchObject({ reason: 'aborted' });
      expect(chunks).toEqual(['first', 'second']);
      await fixture.server.until(() => fixture.server.openResponses === 0);
    });

    it('that is not answered in time is given up and counted', async () => {
      const transport = await fixture.start(() => silence);
      expect(await failure(transport.stream(read({ verb: 'watch', timeoutMs: 30 })))).toMatchObject({
        reason: 'timeout',
      });
      expect(fixture.records.map(({ verb, code }) => [verb, code])).toEqual([['watch', 0]]);
    });

    it('hands 429 on, with the pause', async () => {
      const transport = await fixture.start(() => status(429, 'TooManyRequests', 'busy', { retryAfterSeconds: 3 }));
      expect(await failure(transport.stream(read()))).toMatchObject({ retryAfterMs: 3_000 });
      expect(fixture.server.seen).toHaveLength(1);
    });

    it('does not take a connection from the requests', async () => {
      const transport = await fixture.start((request) => (request.path === '/watch' ? silence : OK), {
        connections: 1,
      });
      const stop = new AbortController();
      const watching = failure(transport.stream(read({ path: '/watch', signal: stop.signal })));
      await fixture.server.untilSeen(1);
      await transport.send(read());
      stop.abort();
      await watching;
    });
  });
});
