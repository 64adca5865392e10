import { ManualClock } from '../../common';
import { AddressGuard, HttpClient } from '../http';
import { answer, LoopbackServer } from '../testing/loopback-server';
import { type LoginRequest, RegistryLogin } from './registry-login';

describe('tokens', () => {
  const http = new HttpClient({ userAgent: 'test', guard: new AddressGuard([]) });
  const clock = new ManualClock();
  let server: LoopbackServer;
  beforeAll(async () => {
    server = await LoopbackServer.start((_call, response, count) =>
      answer(response, 200, JSON.stringify({ access_token: `t-${count}`, expires_in: 100 })),
    );
  });
  afterAll(() => Promise.all([http.close(), server.close()]));

  const request = (over: Partial<LoginRequest> = {}): LoginRequest => ({
    key: 'k',
    scope: 'repository:a:pull',
    challenges: [{ scheme: 'bearer', parameters: { realm: `${server.url}/token?x=1` } }],
    lookup: () => Promise.resolve({ login: { username: 'me', password: 'p' }, inWords: 'mine' }),
    isPlain: true,
    isLoopback: true,
    what: 'oci://h/a:1',
    signal: undefined,
    ...over,
  });

  it('are kept until shortly before they end', async () => {
    const login = new RegistryLogin(http, clock);
    expect(login.known('k')).toBeUndefined();
    expect(await login.answer(request())).toEqual({ header: 'Bearer t-0', hasLogin: true, inWords: 'mine' });
    expect(server.seen[0]?.target).toBe('/token?x=1&scope=repository%3Aa%3Apull');
    clock.advance(89_000);
    expect(login.known('k')?.header).toBe('Bearer t-0');
    clock.advance(2_000);
    expect(login.known('k')).toBeUndefined();
  });

  it('are not asked for without TLS when the registry has it', async () => {
    const login = new RegistryLogin(http, clock);
    const seen = server.seen.length;
    await expect(login.answer(request({ isPlain: false }))).rejects.toMatchObject({ reason: 'registry' });
    expect(server.seen).toHaveLength(seen);
  });

  it('of the caller are sent as they are', async () => {
    const login = new RegistryLogin(http, clock);
    const lookup: LoginRequest['lookup'] = () => Promise.resolve({ login: { bearerToken: 'b' }, inWords: 'mine' });
    expect(await login.answer(request({ lookup }))).toMatchObject({ header: 'Bearer b' });
  });
});
