import { formatReference, parseReference } from './reference';

const DIGEST = `sha256:${'a'.repeat(64)}`;

describe('parseReference', () => {
  it.each([
    ['oci://ghcr.io/team/website:1.2', 'ghcr.io', 'team/website', '1.2', undefined],
    ['ghcr.io/team/website', 'ghcr.io', 'team/website', 'latest', undefined],
    ['oci://registry:5000/a', 'registry:5000', 'a', 'latest', undefined],
    ['oci://registry/a', 'registry', 'a', 'latest', undefined],
    ['localhost/a:x', 'localhost', 'a', 'x', undefined],
    ['oci://[::1]:5000/a', '[::1]:5000', 'a', 'latest', undefined],
    ['oci://GHCR.io/a__b/c-d.e', 'ghcr.io', 'a__b/c-d.e', 'latest', undefined],
    [`oci://ghcr.io/a@${DIGEST}`, 'ghcr.io', 'a', undefined, DIGEST],
    [`oci://ghcr.io/a:1@${DIGEST}`, 'ghcr.io', 'a', '1', DIGEST],
    ['oci://ghcr.io/a@v1.0', 'ghcr.io', 'a', 'v1.0', undefined],
  ])('reads %s', (text, registry, repository, tag, digest) => {
    expect(parseReference(text)).toEqual({ registry, repository, tag, digest });
  });

  it('takes a version of its own when none is written', () => {
    expect(parseReference('oci://a.b/c', '1.0').tag).toBe('1.0');
    expect(parseReference('oci://a.b/c:2.0', '1.0').tag).toBe('2.0');
    expect(parseReference('oci://a.b/c', DIGEST)).toMatchObject({ tag: undefined, digest: DIGEST });
    expect(parseReference(`oci://a.b/c@${DIGEST}`, '1.0')).toMatchObject({ tag: undefined, digest: DIGEST });
  });

  it('is written back as it was read', () => {
    for (const text of [`oci://a.b:1/c/d:1@${DIGEST}`, `oci://a.b/c@${DIGEST}`, 'oci://a.b/c:x']) {
      expect(formatReference(parseReference(text))).toBe(text);
    }
  });

  it.each([
    ['', 'expected oci://host/path:tag'],
    ['website:1.0', 'with the registry in front'],
    ['oci://ghcr.io', 'with the registry in front'],
    ['oci://ghcr.io/', 'the path of the package is missing'],
    ['https://ghcr.io/a', 'a reference begins with oci://, not https://'],
    ['team/website', '"team" does not look like a registry; write oci://team/website if it is one'],
    ['oci://ghcr.io/Team/website', 'paths are in lower case: "team" instead of "Team"'],
    ['oci://ghcr.io/a//b', 'its path has an empty part'],
    ['oci://ghcr.io/a/../b', '".." can\'t be part of a path'],
    ['oci://ghcr.io/a b', 'it has a space in it'],
    ['oci://ghcr.io/a:', 'the version is missing'],
    ['oci://ghcr.io/a:-x', '"-x" is no tag'],
    ['oci://ghcr.io/a:1:2', '"1:2" is no tag'],
    ['oci://ghcr.io/a:1@2', 'it has two versions, 1 and 2'],
    ['oci://ghcr.io/a@sha256:abc', 'a sha256 digest has 64 digits'],
    [`oci://ghcr.io/a@sha512:${'a'.repeat(128)}`, "digests of sha512 can't be checked here"],
    ['oci://ghcr.io:99999/a', 'there is no port 99999'],
    ['oci://ghcr.io:x/a', '"ghcr.io:x" is no host, nor host:port'],
    [`oci://ghcr.io/${'a'.repeat(256)}`, 'its path is longer than 255'],
  ])('refuses %j: %s', (text, message) => {
    expect(() => parseReference(text)).toThrow(message);
  });

  it('refuses a login in it, and does not repeat it', () => {
    const read = (): unknown => parseReference('oci://me:hunter2@ghcr.io/a');
    expect(read).toThrow('"oci://***@ghcr.io/a" names no package: a login does not belong in a reference');
  });
});
