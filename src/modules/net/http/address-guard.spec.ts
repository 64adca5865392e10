import { type LookupFunction } from 'node:net';
import { AddressGuard, BlockedAddress } from './address-guard';

describe('AddressGuard', () => {
  const guard = new AddressGuard([]);

  it.each([
    ['127.0.0.1', 'loopback'],
    ['127.255.0.9', 'loopback'],
    ['::1', 'loopback'],
    ['::ffff:127.0.0.1', 'loopback'],
    ['169.254.169.254', 'link-local'],
    ['::ffff:169.254.169.254', 'link-local'],
    ['fe80::1%eth0', 'link-local'],
    ['fd00:ec2::254', 'metadata'],
    ['100.100.100.200', 'metadata'],
    ['64:ff9b::a9fe:a9fe', 'link-local'],
    ['0.0.0.0', '0.0.0.0'],
    ['::', '::'],
    ['255.255.255.255', '255.255.255.255'],
    ['ff02::1', 'ff02::1'],
  ])('objects to %s, which %s would allow', (address, setting) => {
    expect(guard.objection(address)).toMatchObject({ setting });
    expect(new AddressGuard([setting]).objection(address)).toBeUndefined();
  });

  it.each(['10.0.0.1', '172.16.3.4', '192.168.1.1', 'fd00::1', '8.8.8.8', '2001:db8::1'])(
    'lets %s pass: Services of the cluster have such addresses',
    (address) => expect(guard.objection(address)).toBeUndefined(),
  );

  it('allows single addresses and ranges', () => {
    const some = new AddressGuard(['127.0.0.2', '169.254.10.0/24']);
    expect(some.objection('127.0.0.2')).toBeUndefined();
    expect(some.objection('127.0.0.1')).toBeDefined();
    expect(some.objection('169.254.10.7')).toBeUndefined();
    expect(some.objection('169.254.169.254')).toBeDefined();
  });

  it.each(['127.0.0.1', '[::1]', 'localhost', 'a.localhost', 'LOCALHOST.'])('objects to the host %s', (host) => {
    expect(guard.objectionToHost(host)).toMatchObject({ setting: 'loopback' });
    expect(guard.with('loopback').objectionToHost(host)).toBeUndefined();
  });

  it('says nothing about other names before they are resolved', () => {
    expect(guard.objectionToHost('example.org')).toBeUndefined();
    expect(guard.objectionToHost('localhost.example.org')).toBeUndefined();
  });

  describe('resolving a name', () => {
    const resolveTo =
      (...addresses: readonly string[]): LookupFunction =>
      (_host, _options, callback) =>
        callback(
          null,
          addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
        );

    const resolve = (all: boolean, ...addresses: readonly string[]): Promise<unknown> =>
      new Promise((done, reject) =>
        guard.lookup(resolveTo(...addresses))('example.org', { all }, (error, found) =>
          error === null ? done(found) : reject(error),
        ),
      );

    it('leaves out the addresses that may not be called', async () => {
      expect(await resolve(true, '127.0.0.1', '10.1.2.3', '::1')).toEqual([{ address: '10.1.2.3', family: 4 }]);
      expect(await resolve(false, '169.254.169.254', '10.1.2.3')).toBe('10.1.2.3');
    });

    it('fails when none is left', async () => {
      await expect(resolve(true, '169.254.169.254')).rejects.toBeInstanceOf(BlockedAddress);
      await expect(resolve(true)).rejects.toMatchObject({ code: 'ENOTFOUND' });
    });
  });
});
