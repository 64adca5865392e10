import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FakeRegistry } from '../testing/fake-registry';
import { answer } from '../testing/loopback-server';
import { failure, OciFixture } from '../testing/oci-fixture';

const SECRET = 'hunter2';

const fixture = new OciFixture();
beforeEach(() => fixture.start());
afterEach(() => fixture.stop());
afterAll(() => fixture.removeFolder());

describe('a login', () => {
  const basic = (name: string, password: string): string =>
    `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;

  function wantBasic(): void {
    fixture.registry.override = ({ headers }, response) => {
      if (headers.authorization === basic('me', SECRET)) return false;
      answer(response, 401, '', { 'www-authenticate': 'Basic realm="registry"' });
      return true;
    };
  }

  /** Tokens are `t-<n>`; the newest counts. */
  function wantToken(isPublic: boolean): { readonly asked: string[] } {
    const asked: string[] = [];
    fixture.registry.override = ({ headers, target, method, body }, response) => {
      if (target.startsWith('/token')) {
        asked.push(`${method} ${decodeURIComponent(target)} ${headers.authorization ?? body.toString()}`);
        const isGood = isPublic || headers.authorization === basic('me', SECRET) || body.includes('refresh_token=i-1');
        answer(response, isGood ? 200 : 401, JSON.stringify({ token: `t-${asked.length}`, expires_in: 300 }));
        return true;
      }
      if (headers.authorization === `Bearer t-${asked.length}`) return false;
      const challenge = `Bearer realm="http://${fixture.registry.host}/token",service="s",scope="repository:web:pull"`;
      answer(response, 401, '', { 'www-authenticate': challenge });
      return true;
    };
    return { asked };
  }

  const dockerConfig = (entry: object): string => {
    const file = join(fixture.folder, 'docker.json');
    writeFileSync(file, JSON.stringify({ auths: { [fixture.registry.host]: entry } }));
    return file;
  };
  const auth = (password: string): { auth: string } => ({ auth: Buffer.from(`me:${password}`).toString('base64') });

  beforeEach(() => fixture.push('web:1', { a: 'a' }));

  it('by name and password comes from the file of docker login, or from the caller', async () => {
    wantBasic();
    expect(
      (await fixture.client({ dockerConfigFile: dockerConfig(auth(SECRET)) }).pull(fixture.named('web:1'))).contents
        .size,
    ).toBe(1);
    expect(
      (await fixture.client().pull(fixture.named('web:1'), { login: { username: 'me', password: SECRET } })).contents
        .size,
    ).toBe(1);
  });

  it('that is missing or wrong is told without it', async () => {
    wantBasic();
    const none = await fixture.pullFails('web:1');
    expect(none).toMatchObject({ reason: 'login', kind: 'UserError' });
    expect(none.message).toContain(
      `the registry wants a login: there is no ${join(fixture.folder, 'none.json')}; docker login ${fixture.registry.host} makes one`,
    );
    const file = dockerConfig(auth('wrong-secret'));
    const wrong = await failure(fixture.client({ dockerConfigFile: file }).pull(fixture.named('web:1')));
    expect(wrong.message).toContain(`the registry does not accept the login: that of ${file}`);
    expect(wrong.message).not.toContain('wrong-secret');
  });

  it('of nobody is a token for what is public, and serves the whole pull', async () => {
    const { asked } = wantToken(true);
    await fixture.client().pull(fixture.named('web:1'));
    expect(asked).toEqual(['GET /token?scope=repository:web:pull&service=s ']);
  });

  it('is exchanged for a token', async () => {
    const { asked } = wantToken(false);
    await fixture.client({ dockerConfigFile: dockerConfig(auth(SECRET)) }).pull(fixture.named('web:1'));
    expect(asked).toEqual([`GET /token?scope=repository:web:pull&service=s ${basic('me', SECRET)}`]);
    const file = dockerConfig(auth('wrong'));
    const error = await failure(fixture.client({ dockerConfigFile: file }).pull(fixture.named('web:1')));
    expect(error.message).toContain(`the registry does not accept the login: that of ${file}`);
  });

  it('by identity token is exchanged, too', async () => {
    const { asked } = wantToken(false);
    await fixture.client({ dockerConfigFile: dockerConfig({ identitytoken: 'i-1' }) }).pull(fixture.named('web:1'));
    expect(asked).toHaveLength(1);
    expect(asked[0]).toContain('POST /token');
    expect(asked[0]).toContain('grant_type=refresh_token');
  });

  it('is sent to no service that has no address', async () => {
    fixture.registry.override = (_call, response) => {
      answer(response, 401, '', { 'www-authenticate': 'Bearer service="x"' });
      return true;
    };
    expect((await fixture.pullFails('web:1')).message).toContain('names no address that tokens can be had from');
  });

  it('of another kind is told', async () => {
    fixture.registry.override = (_call, response) => {
      answer(response, 401, '', { 'www-authenticate': 'Negotiate' });
      return true;
    };
    expect((await fixture.pullFails('web:1')).message).toContain(
      'wants a login of a kind that is not known (negotiate)',
    );
  });

  it('does not follow a file to where the registry keeps it', async () => {
    const store = await FakeRegistry.start();
    wantBasic();
    const wanted = fixture.registry.override;
    fixture.registry.override = (call, response) => {
      if (wanted(call, response)) return true;
      if (call.method !== 'GET' || !call.target.includes('/blobs/')) return false;
      answer(response, 307, '', { location: `http://${store.host}/file` });
      return true;
    };
    store.override = (_call, response) => {
      answer(response, 200, 'a');
      return true;
    };
    const pulled = await fixture.client().pull(fixture.named('web:1'), { login: { username: 'me', password: SECRET } });
    expect(pulled.contents.get('a')?.toString()).toBe('a');
    expect(store.seen[0]?.headers.authorization).toBeUndefined();
    await store.close();
  });
});
