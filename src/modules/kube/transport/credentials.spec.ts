import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ManualClock } from '../../common';
import { type ClusterConfig } from '../config';
import { Credentials } from './credentials';

const BASE: ClusterConfig = { server: 'https://s', insecureSkipTlsVerify: false, contextName: 'c', source: 'flag' };

describe('a token file', () => {
  let folder: string;
  let file: string;
  let clock: ManualClock;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'token-'));
    file = join(folder, 'token');
    clock = new ManualClock();
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function make(more: Partial<ClusterConfig> = {}): Credentials {
    return new Credentials({ config: { ...BASE, tokenFile: file, ...more }, clock });
  }

  it('is read again after a minute, not for every request', () => {
    writeFileSync(file, 'first\n');
    const credentials = make();
    expect(credentials.authorization()).toBe('Bearer first');
    writeFileSync(file, 'second\n');
    clock.advance(59_000);
    expect(credentials.authorization()).toBe('Bearer first');
    clock.advance(2_000);
    expect(credentials.authorization()).toBe('Bearer second');
  });

  it('is read at once when the server refused the token, and says whether it is another one', async () => {
    writeFileSync(file, 'first');
    const credentials = make();
    credentials.authorization();
    expect(await credentials.renew(credentials.generation)).toBe(false);
    writeFileSync(file, 'second');
    expect(await credentials.renew(credentials.generation)).toBe(true);
    expect(credentials.authorization()).toBe('Bearer second');
  });

  it.each(['', undefined])('that is %p for a moment leaves the last token in use', (content) => {
    writeFileSync(file, 'first');
    const credentials = make();
    credentials.authorization();
    if (content === undefined) rmSync(file);
    else writeFileSync(file, content);
    clock.advance(61_000);
    expect(credentials.authorization()).toBe('Bearer first');
  });

  it('that was never readable gives way to the inline token, else says so', () => {
    expect(make({ token: 'inline' }).authorization()).toBe('Bearer inline');
    expect(() => make().authorization()).toThrow(`the token file ${file} cannot be read or is empty`);
  });
});

describe('a plugin', () => {
  const config = { ...BASE, token: 'old' };

  it('that fails is asked again after ten seconds, not at once', async () => {
    const clock = new ManualClock();
    let count = 0;
    const credentials = new Credentials({
      config: { ...config, expiresAt: clock.now() },
      clock,
      resolveAgain: () => {
        count++;
        return Promise.reject(new Error('broke'));
      },
    });
    await credentials.ready();
    await credentials.ready();
    expect(count).toBe(1);
    clock.advance(10_000);
    await credentials.ready();
    expect(count).toBe(2);
    expect(credentials.authorization()).toBe('Bearer old');
  });

  it('is not asked when somebody else’s request renewed already', async () => {
    const credentials = new Credentials({
      config,
      clock: new ManualClock(),
      resolveAgain: () => Promise.resolve({ ...config, token: 'new' }),
    });
    const carried = credentials.generation;
    expect(await credentials.renew(carried)).toBe(true);
    expect(await credentials.renew(carried)).toBe(true);
    expect(credentials.authorization()).toBe('Bearer new');
  });

  it('that nobody can ask changes nothing', async () => {
    const credentials = new Credentials({ config, clock: new ManualClock() });
    expect(credentials.ready()).toBeUndefined();
    expect(await credentials.renew(credentials.generation)).toBe(false);
  });
});
