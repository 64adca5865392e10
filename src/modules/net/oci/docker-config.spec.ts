import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askHelper } from './credential-helper';
import { loginFromDockerConfig } from './docker-config';

const folder = mkdtempSync(join(tmpdir(), 'ork-docker-'));
const file = join(folder, 'config.json');

afterAll(() => rmSync(folder, { recursive: true }));

const auth = (text: string): { auth: string } => ({ auth: Buffer.from(text).toString('base64') });

function loginWith(
  config: unknown,
  registry = 'ghcr.io',
  repository = 'team/a',
): ReturnType<typeof loginFromDockerConfig> {
  writeFileSync(file, typeof config === 'string' ? config : JSON.stringify(config));
  return loginFromDockerConfig(file, { registry, repository }, { folder });
}

function helper(name: string, script: string): void {
  writeFileSync(join(folder, `docker-credential-${name}`), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, `docker-credential-${name}`), 0o755);
}

describe('a login from the file', () => {
  it.each([
    [{ 'ghcr.io': auth('me:pass:word') }, { username: 'me', password: 'pass:word' }],
    [{ 'https://ghcr.io/v1/': auth('me:x') }, { username: 'me', password: 'x' }],
    [
      { 'ghcr.io': auth('all:x'), 'ghcr.io/team': auth('team:x') },
      { username: 'team', password: 'x' },
    ],
    [
      { 'ghcr.io': auth('all:x'), 'ghcr.io/te': auth('no:x') },
      { username: 'all', password: 'x' },
    ],
    [{ 'ghcr.io': { ...auth('<token>:'), identitytoken: 't' } }, { identityToken: 't' }],
    [{ 'ghcr.io': { registrytoken: 'r' } }, { bearerToken: 'r' }],
    [{ 'ghcr.io': { username: 'me', password: 'x' } }, { username: 'me', password: 'x' }],
  ])('%j', async (auths, login) => {
    expect(await loginWith({ auths })).toMatchObject({ login, inWords: `that of ${file}` });
  });

  it('of Docker Hub has its old key', async () => {
    const config = { auths: { 'https://index.docker.io/v1/': auth('hub:x') } };
    expect(await loginWith(config, 'docker.io', 'library/a')).toMatchObject({ login: { username: 'hub' } });
  });

  it.each([
    [{ auths: { 'quay.io': auth('a:b') } }, `none for ghcr.io in ${file}`],
    [{ auths: { 'ghcr.io': { auth: 'bm90aGluZw==' } } }, `none for ghcr.io in ${file}`],
    ['{"auths":', `${file} is no JSON object`],
  ])('is none with %j', async (config, inWords) => {
    expect(await loginWith(config)).toEqual({ login: undefined, inWords });
  });

  it('is none without a file', async () => {
    const missing = join(folder, 'missing.json');
    expect(await loginFromDockerConfig(missing, { registry: 'a', repository: 'b' })).toEqual({
      login: undefined,
      inWords: `there is no ${missing}`,
    });
  });
});

describe('a helper', () => {
  it('gets the host and gives the login; the one of the host goes first', async () => {
    helper('one', 'read host; echo "{\\"Username\\":\\"$host\\",\\"Secret\\":\\"s\\"}"');
    helper('all', 'echo "{\\"Username\\":\\"<token>\\",\\"Secret\\":\\"t\\"}"');
    const config = { credHelpers: { 'ghcr.io': 'one' }, credsStore: 'all', auths: { 'ghcr.io': auth('file:x') } };
    expect(await loginWith(config)).toMatchObject({ login: { username: 'ghcr.io', password: 's' } });
    expect(await loginWith(config, 'quay.io')).toMatchObject({ login: { identityToken: 't' } });
  });

  it('that has none leaves it to the file', async () => {
    helper('none', 'echo "credentials not found in native keychain"; exit 1');
    const config = { credsStore: 'none', auths: { 'ghcr.io': auth('file:x') } };
    expect(await loginWith(config)).toMatchObject({ login: { username: 'file' } });
  });

  it.each([
    ['missing', 'docker-credential-missing is not in PATH'],
    ['broken', 'docker-credential-broken failed (exit code 3)'],
    ['silent', 'docker-credential-silent printed no login'],
    ['../evil', '"../evil" is no name of a credential helper'],
  ])('%s can not be asked, and the words say why without what it printed', async (name, problem) => {
    helper('broken', 'echo hunter2; exit 3');
    helper('silent', 'echo hunter2');
    const { login, inWords } = await loginWith({ credsStore: name });
    expect(login).toBeUndefined();
    expect(inWords).toBe(`${problem}, and ${file} names it`);
  });

  it('that hangs is ended', async () => {
    helper('slow', 'exec sleep 60');
    expect(await askHelper('slow', 'ghcr.io', { folder, limitMs: 200 })).toEqual({
      problem: 'docker-credential-slow did not answer within 0.2 s',
    });
  });
});
