import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { failure, OciFixture, packageOf, TYPE } from '../testing/oci-fixture';
import { answer } from '../testing/loopback-server';
import { type OciClient } from './oci-client';
import { parseReference } from './reference';

const fixture = new OciFixture();
beforeEach(() => fixture.start());
afterEach(() => fixture.stop());
afterAll(() => fixture.removeFolder());

describe('a package', () => {
  it('comes back as it was pushed, by tag and by digest', async () => {
    const digest = await fixture.push('team/web:1.0', { 'katalog.yaml': 'a', 'sub/b.yaml': '' });
    for (const path of ['team/web:1.0', `team/web@${digest}`]) {
      const pulled = await fixture.client().pull(fixture.named(path));
      expect([...pulled.contents].map(([name, content]) => [name, content.toString()])).toEqual([
        ['katalog.yaml', 'a'],
        ['sub/b.yaml', ''],
      ]);
      expect(pulled.digest).toBe(digest);
      expect(pulled.manifest).toMatchObject({
        artifactType: TYPE,
        annotations: { 'org.opencontainers.image.version': '1.0' },
      });
    }
  });

  it('is pushed again without sending what is there', async () => {
    const request = packageOf({ 'a.yaml': 'a' });
    await fixture.client().push(fixture.named('web:1'), request);
    fixture.registry.takeCalls();
    await fixture.client().push(fixture.named('web:2'), request);
    expect(fixture.registry.takeCalls().filter((call) => !call.startsWith('HEAD'))).toEqual([
      'PUT /v2/web/manifests/2',
    ]);
  });

  it('is not pushed to a digest, with names that lead out, or offline', async () => {
    const request = packageOf({ '../a': 'a' });
    expect((await failure(fixture.client().push(fixture.named('web:1'), request))).message).toContain(
      'leads out of the package',
    );
    expect((await failure(fixture.client().push(fixture.named(`web@sha256:${'a'.repeat(64)}`), request))).reason).toBe(
      'reference',
    );
    expect((await failure(fixture.client({ isOffline: true }).push(fixture.named('web:1'), request))).reason).toBe(
      'offline',
    );
  });

  it('shows its manifest and files without their content', async () => {
    await fixture.push('web:1', { 'a.yaml': 'abc' });
    fixture.registry.takeCalls();
    const one = fixture.client();
    const found = await one.resolve(fixture.named('web:1'));
    expect(found.files.map(({ name, size }) => [name, size])).toEqual([['a.yaml', 3]]);
    expect(fixture.registry.takeCalls()).toEqual(['GET /v2/web/manifests/1']);
    expect((await one.read(found, found.files[0]!)).toString()).toBe('abc');
  });
});

describe('an index', () => {
  it('leads to its one manifest, past attestations', async () => {
    const digest = await fixture.push('web:1', { a: 'a' });
    const { size } = { size: fixture.registry.manifests.get(`web ${digest}`)!.content.length };
    const attested = { digest, size, annotations: { 'vnd.docker.reference.type': 'attestation-manifest' } };
    fixture.registry.putManifest('web', 'index', { schemaVersion: 2, manifests: [attested, { digest, size }] });
    expect(await fixture.client().pull(fixture.named('web:index'))).toMatchObject({ digest });
  });

  it('of several is refused, and they are named', async () => {
    const of = (letter: string, os: string): unknown => ({
      digest: `sha256:${letter.repeat(64)}`,
      size: 1,
      platform: { os, architecture: 'amd64' },
    });
    fixture.registry.putManifest('web', '1', { schemaVersion: 2, manifests: [of('a', 'linux'), of('b', 'windows')] });
    const { message } = await fixture.pullFails('web:1');
    expect(message).toContain(`is an index of 2 manifests, and none is the one of a package; name one by its digest: `);
    expect(message).toContain(`sha256:${'b'.repeat(64)} (windows/amd64)`);
  });
});

describe('a manifest', () => {
  const config = { digest: `sha256:${'a'.repeat(64)}`, size: 2 };
  const layer = (title: string): unknown => ({ ...config, annotations: { 'org.opencontainers.image.title': title } });

  it.each([
    ['not json', 'its manifest is no JSON object'],
    [{ schemaVersion: 1 }, 'its manifest has the schema version 1; 2 can be read'],
    [{ schemaVersion: 2, config }, 'its manifest has no list "layers"'],
    [{ schemaVersion: 2, config, layers: [{ size: 1 }] }, 'layers[0] of its manifest has no digest'],
    [{ schemaVersion: 2, config, layers: [{ ...config, digest: 'md5:x' }] }, "digests of md5 can't be checked here"],
    [{ schemaVersion: 2, config, layers: [{ ...config, size: -1 }] }, 'layers[0] of its manifest has no size'],
    [{ schemaVersion: 2, mediaType: 'text/x', config, layers: [] }, "its manifest is a text/x, which can't be read"],
    [{ schemaVersion: 2, config, layers: [config] }, 'has no files'],
    [{ schemaVersion: 2, config, layers: [layer('../x')] }, 'leads out of the package'],
    [{ schemaVersion: 2, config, layers: [layer('/etc/x')] }, 'leads out of the package'],
    [{ schemaVersion: 2, config, layers: [layer('C:\\x')] }, "can't be that of a file"],
    [{ schemaVersion: 2, config, layers: [layer('a'), layer('A')] }, 'is there twice'],
  ])('%j is refused: %s', async (document, message) => {
    fixture.registry.putManifest('web', '1', typeof document === 'string' ? Buffer.from(document) : document);
    const error = await fixture.pullFails('web:1');
    expect(error).toMatchObject({ reason: 'manifest', kind: 'UserError' });
    expect(error.message).toContain(message);
    expect(error.message.startsWith(`oci://${fixture.registry.host}/web:1: `)).toBe(true);
  });

  it('that is huge, has huge files or too many of them is refused', async () => {
    fixture.registry.putManifest('web', 'huge', Buffer.alloc(5 * 1_024 * 1_024, ' '));
    expect(await fixture.pullFails('web:huge')).toMatchObject({ reason: 'too-large', kind: 'UserError' });
    const big = (size: number, name: string): unknown => ({ ...(layer(name) as object), size });
    fixture.registry.putManifest('web', 'file', { schemaVersion: 2, config, layers: [big(2 ** 30, 'a')] });
    expect((await fixture.pullFails('web:file')).message).toContain('its files are larger than 64 MiB together');
    fixture.registry.putManifest('web', 'one', { schemaVersion: 2, config, layers: [big(2 ** 25, 'a')] });
    expect((await fixture.pullFails('web:one')).message).toContain('a file of it is larger than 16 MiB');
    fixture.registry.putManifest('web', 'many', { schemaVersion: 2, config, layers: Array(1_001).fill(config) });
    expect((await fixture.pullFails('web:many')).reason).toBe('too-large');
  });
});

describe('what does not match its digest', () => {
  it('is not used: a manifest', async () => {
    const wrong = `sha256:${'a'.repeat(64)}`;
    fixture.registry.manifests.set(`web ${wrong}`, { type: '', content: Buffer.from('{}') });
    const error = await fixture.pullFails(`web@${wrong}`);
    expect(error).toMatchObject({ reason: 'digest' });
    expect(error.message).toContain(`but should be ${wrong}; it is not used`);
  });

  it('is not used: a file, and it does not come into the cache', async () => {
    await fixture.push('web:1', { a: 'good' });
    for (const [digest, content] of fixture.registry.blobs) {
      if (content.toString() === 'good') fixture.registry.blobs.set(digest, Buffer.from('evil'));
    }
    const cacheFolder = fixture.newCacheFolder();
    const one = fixture.client({ cacheFolder });
    expect((await failure(one.pull(fixture.named('web:1')))).reason).toBe('digest');
    expect(readdirSync(join(cacheFolder, 'blobs/sha256'))).toHaveLength(1);
  });

  it('is not used: a file that breaks off', async () => {
    await fixture.push('web:1', { a: 'good' });
    fixture.registry.override = ({ method, target }, response) => {
      if (method !== 'GET' || !target.includes('/blobs/')) return false;
      response.writeHead(200, { 'content-length': '4' });
      response.write('go', () => response.destroy());
      return true;
    };
    const error = await fixture.pullFails('web:1');
    expect(error).toMatchObject({ reason: 'network', kind: 'Transient' });
    expect(error.message).toContain('broke, tried 3 times');
    fixture.registry.override = () => false;
  });
});

describe('what is not there', () => {
  it('is told with what is: a tag', async () => {
    for (const tag of ['1.0.0', '1.1.0']) await fixture.push(`team/web:${tag}`, { a: 'a' });
    const error = await fixture.pullFails('team/web:1.0.1');
    expect(error).toMatchObject({ reason: 'not-found', kind: 'UserError' });
    expect(error.message).toBe(
      `oci://${fixture.registry.host}/team/web:1.0.1: team/web has no tag "1.0.1" (did you mean "1.0.0"?); it has 1.0.0, 1.1.0`,
    );
  });

  it('is told with what is: a digest, a repository', async () => {
    await fixture.push('web:1', { a: 'a' });
    expect((await fixture.pullFails(`web@sha256:${'b'.repeat(64)}`)).message).toContain(
      'web has no manifest with this digest; it has 1',
    );
    expect((await fixture.pullFails('weh:1')).message).toContain(`there is no weh at ${fixture.registry.host}`);
  });

  it('although a manifest names it, is the registry’s fault', async () => {
    await fixture.push('web:1', { a: 'a' });
    fixture.registry.blobs.clear();
    expect(await fixture.pullFails('web:1')).toMatchObject({ reason: 'registry' });
  });
});

describe('the cache', () => {
  const prepared = async (): Promise<OciClient> => {
    await fixture.push('web:1', { a: 'one' });
    const one = fixture.client();
    await one.pull(fixture.named('web:1'));
    fixture.registry.takeCalls();
    return one;
  };

  it('has what was pulled: only the tag is looked at again', async () => {
    const one = await prepared();
    const { digest } = await one.pull(fixture.named('web:1'));
    expect(fixture.registry.takeCalls()).toEqual(['GET /v2/web/manifests/1']);
    await one.pull(fixture.named(`web@${digest}`));
    await one.pull(fixture.named('web:1'), { tags: 'cached' });
    expect(fixture.registry.takeCalls()).toEqual([]);
  });

  it('does not hide that a tag moved', async () => {
    const one = await prepared();
    await fixture.push('web:1', { a: 'two' });
    expect((await one.pull(fixture.named('web:1'), { tags: 'cached' })).contents.get('a')?.toString()).toBe('one');
    expect((await one.pull(fixture.named('web:1'))).contents.get('a')?.toString()).toBe('two');
  });

  it('is filled again when a file in it broke', async () => {
    await fixture.push('web:1', { a: 'one' });
    const cacheFolder = fixture.newCacheFolder();
    const one = fixture.client({ cacheFolder });
    const { files } = await one.pull(fixture.named('web:1'));
    writeFileSync(join(cacheFolder, 'blobs/sha256', files[0]!.digest.slice(7)), 'on');
    fixture.registry.takeCalls();
    expect((await one.pull(fixture.named('web:1'), { tags: 'cached' })).contents.get('a')?.toString()).toBe('one');
    expect(fixture.registry.takeCalls()).toEqual([`GET /v2/web/blobs/${files[0]!.digest}`]);
  });

  it('is all there is offline', async () => {
    await fixture.push('web:1', { a: 'one' });
    const cacheFolder = fixture.newCacheFolder();
    const { digest } = await fixture.client({ cacheFolder }).pull(fixture.named('web:1'));
    fixture.registry.takeCalls();
    const offline = fixture.client({ cacheFolder, isOffline: true });
    for (const path of ['web:1', `web@${digest}`]) {
      expect((await offline.pull(fixture.named(path))).contents.get('a')?.toString()).toBe('one');
    }
    const error = await failure(offline.pull(fixture.named('web:2')));
    expect(error).toMatchObject({ reason: 'offline', kind: 'UserError' });
    expect(error.message).toContain(
      `ORK_OCI_OFFLINE allows no request, and ${cacheFolder} does not have all of the tag "2"`,
    );
    expect(fixture.registry.takeCalls()).toEqual([]);
  });

  it('asks once for what many want at once', async () => {
    await fixture.push('web:1', { a: 'one' });
    fixture.registry.takeCalls();
    const one = fixture.client();
    await Promise.all(Array.from({ length: 5 }, () => one.pull(fixture.named('web:1'))));
    expect(fixture.registry.takeCalls().filter((call) => call.includes('/blobs/'))).toHaveLength(1);
  });
});

describe('a mirror', () => {
  it('is asked instead of the registry, with its path in front', async () => {
    await fixture.push('ghcr/team/web:1', { a: 'a' });
    const one = fixture.client({ mirrors: [{ registry: 'ghcr.io', mirror: `${fixture.registry.host}/ghcr` }] });
    expect((await one.pull(parseReference('oci://ghcr.io/team/web:1'))).contents.size).toBe(1);
    const error = await failure(one.pull(parseReference('oci://ghcr.io/team/web:2')));
    expect(error.message).toContain(
      `oci://ghcr.io/team/web:2 (mirror ${fixture.registry.host}): ghcr/team/web has no tag "2"`,
    );
  });

  it('for all leaves loopback and itself alone', async () => {
    await fixture.push('web:1', { a: 'a' });
    const one = fixture.client({ mirrors: [{ registry: '*', mirror: fixture.registry.host }] });
    expect((await one.pull(parseReference('oci://quay.example/web:1'))).contents.size).toBe(1);
    await one.pull(fixture.named('web:1'));
    expect(fixture.registry.seen.every(({ target }) => !target.includes('quay'))).toBe(true);
  });
});

describe('plain http', () => {
  const reference = (): ReturnType<typeof parseReference> =>
    parseReference(`oci://registry.example:${fixture.registry.port}/web:1`);

  it('is not spoken to a host that is not loopback, unless it is told', async () => {
    await fixture.push('web:1', { a: 'a' });
    const http = fixture.httpClient(['loopback']);
    const host = `registry.example:${fixture.registry.port}`;
    const error = await failure(fixture.client({}, http).pull(reference()));
    expect(error).toMatchObject({ reason: 'network' });
    expect(error.message).toContain(`ORK_OCI_PLAIN_HTTP=${host} allows to speak to it without TLS`);
    for (const told of [host, 'registry.example']) {
      expect((await fixture.client({ plainHttp: [told] }, http).pull(reference())).contents.size).toBe(1);
    }
  });

  it('and loopback do not let a name through that leads there', async () => {
    const error = await failure(fixture.client({ plainHttp: ['registry.example'] }).pull(reference()));
    expect(error).toMatchObject({ reason: 'network', kind: 'UserError' });
    expect(error.message).toContain('registry.example leads to 127.0.0.1, a loopback address');
  });
});

describe('a registry that does not answer', () => {
  it('is given up after the time that is said', async () => {
    fixture.registry.override = () => true;
    const error = await fixture.pullFails('web:1', { timeoutMs: 60 });
    expect(error).toMatchObject({ reason: 'network', kind: 'Transient' });
    expect(error.message).toContain(`no answer from http://${fixture.registry.host} within 60ms`);
  });

  it('or is broken says so with its own words', async () => {
    fixture.registry.override = (_call, response) => {
      answer(response, 500, JSON.stringify({ errors: [{ code: 'UNKNOWN', message: 'disk\u001b[31m full' }] }));
      return true;
    };
    const error = await fixture.pullFails('web:1');
    expect(error).toMatchObject({ reason: 'registry', kind: 'Transient' });
    expect(error.message).toContain('the registry answers 500 (UNKNOWN: disk [31m full)');
  });
});
