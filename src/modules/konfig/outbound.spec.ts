import { homedir } from 'node:os';
import { join } from 'node:path';
import { readSettings } from './settings';

describe('outbound settings', () => {
  it('are closed and direct unless something is said', () => {
    expect(readSettings({}).outbound).toEqual({
      allow: [],
      caFile: undefined,
      proxies: { http: undefined, https: undefined, exceptions: [] },
    });
  });

  it('take addresses, ranges and their names', () => {
    expect(readSettings({ ORK_HTTP_ALLOW: 'loopback, 10.0.0.0/8,fd00::1' }).outbound.allow).toEqual([
      'loopback',
      '10.0.0.0/8',
      'fd00::1',
    ]);
  });

  it.each(['everything', '10.0.0.0/33', '10.0.0', '10.0.0.0/8/8', 'fd00::/x'])('refuse to allow %s', (item) => {
    expect(() => readSettings({ ORK_HTTP_ALLOW: item })).toThrow(
      `environment: ORK_HTTP_ALLOW has "${item}": expected loopback, link-local, metadata, addresses and ranges`,
    );
  });

  it('take proxies in the usual spellings', () => {
    const variables = {
      HTTP_PROXY: 'proxy:3128',
      https_proxy: 'https://a:b@proxy',
      HTTPS_PROXY: 'x',
      no_proxy: '.a, b',
    };
    expect(readSettings(variables).outbound.proxies).toEqual({
      http: 'http://proxy:3128',
      https: 'https://a:b@proxy',
      exceptions: ['.a', 'b'],
    });
  });

  it('refuse a proxy without repeating it', () => {
    expect(() => readSettings({ HTTPS_PROXY: 'ftp://me:secret@a' })).toThrow(
      new Error('environment: HTTPS_PROXY: expected an address such as http://proxy.example.org:3128'),
    );
  });
});

describe('settings of registries', () => {
  it('have folders of the user', () => {
    expect(readSettings({}).oci).toMatchObject({
      mirrors: [],
      isOffline: false,
      cacheFolder: join(homedir(), '.cache', 'orkestra', 'oci'),
      dockerConfigFile: join(homedir(), '.docker', 'config.json'),
    });
    expect(readSettings({ XDG_CACHE_HOME: '/c', DOCKER_CONFIG: '/d' }).oci).toMatchObject({
      cacheFolder: join('/c', 'orkestra', 'oci'),
      dockerConfigFile: join('/d', 'config.json'),
    });
    expect(readSettings({ ORK_OCI_CACHE: '/own' }).oci.cacheFolder).toBe('/own');
  });

  it('take mirrors, with a path too', () => {
    const { mirrors } = readSettings({
      ORK_OCI_MIRRORS: 'ghcr.io=registry.example.org:5000, *=a.example/all/of-it',
    }).oci;
    expect(mirrors).toEqual([
      { registry: 'ghcr.io', mirror: 'registry.example.org:5000' },
      { registry: '*', mirror: 'a.example/all/of-it' },
    ]);
  });

  it.each(['ghcr.io', 'ghcr.io=', '=a', 'ghcr.io=https://a', 'a=b/C', 'a=b=c'])('refuse the mirror %s', (item) => {
    expect(() => readSettings({ ORK_OCI_MIRRORS: item })).toThrow(
      `environment: ORK_OCI_MIRRORS has "${item}": expected registry=mirror, such as ghcr.io=registry.example.org:5000`,
    );
  });

  it('refuse a plain host with a scheme or a path', () => {
    expect(() => readSettings({ ORK_OCI_PLAIN_HTTP: 'http://a' })).toThrow('ORK_OCI_PLAIN_HTTP has "http://a"');
    expect(readSettings({ ORK_OCI_PLAIN_HTTP: 'a:5000,[::1]:5000' }).oci.plainHttp).toEqual(['a:5000', '[::1]:5000']);
  });
});
