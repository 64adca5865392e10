import fc from 'fast-check';
import { type ObjectKey } from '../../common';
import { website } from '../testing/websites';
import { ObjectStore } from './object-store';

const HOST = 'host';
const key = (name: string): ObjectKey => `default/${name}`;

class Hosts {
  readonly told: string[] = [];
  readonly store = new ObjectStore({ [HOST]: ({ spec }) => (spec === undefined ? [] : [String(spec)]) });

  constructor() {
    this.store.onCompany(HOST, (name) => this.told.push(name));
  }

  put(name: string, host?: string): this {
    this.store.set(key(name), website(name, 1, host === undefined ? {} : { spec: host }));
    return this;
  }

  take(): readonly string[] {
    return this.told.splice(0);
  }
}

describe('an index of the store', () => {
  it('finds another object of the same value, never the one that asks', () => {
    const { store } = new Hosts().put('a', 'x').put('b', 'x').put('c', 'y').put('d');
    expect(store.otherInIndex(HOST, 'x', key('a'))).toBe('default/b');
    expect(store.otherInIndex(HOST, 'x', key('b'))).toBe('default/a');
    expect(store.otherInIndex(HOST, 'y', key('c'))).toBeUndefined();
    expect(store.otherInIndex(HOST, 'z', key('a'))).toBeUndefined();
    expect(store.otherInIndex('nosuch', 'x', key('a'))).toBeUndefined();
  });

  it('tells an object when it is not alone any more, and when it is alone again', () => {
    const hosts = new Hosts().put('a', 'x');
    expect(hosts.take()).toEqual([]);
    hosts.put('b', 'x');
    expect(hosts.take()).toEqual(['default/a']);
    hosts.put('b', 'x').put('c', 'x');
    expect(hosts.take()).toEqual([]);
    hosts.put('c', 'y');
    expect(hosts.take()).toEqual([]);
    hosts.put('a', 'y');
    expect(hosts.take()).toEqual(['default/b', 'default/c']);
    hosts.store.delete(key('a'));
    expect(hosts.take()).toEqual(['default/c']);
    hosts.put('c');
    expect(hosts.take()).toEqual([]);
  });

  it('agrees with a look at all objects, whatever happened to them', () => {
    const names = ['a', 'b', 'c', 'd'];
    const change = fc.record({ name: fc.constantFrom(...names), host: fc.constantFrom('x', 'y', undefined, 'gone') });
    fc.assert(
      fc.property(fc.array(change), (changes) => {
        const hosts = new Hosts();
        const isShared = (name: string): boolean => {
          const host = hosts.store.get(key(name))?.['spec'];
          return [...hosts.store.values()].filter((one) => one['spec'] === host && host !== undefined).length > 1;
        };
        for (const { name, host } of changes) {
          const before = names.filter(isShared);
          hosts.take();
          if (host === 'gone') hosts.store.delete(key(name));
          else hosts.put(name, host);
          const after = names.filter(isShared);
          for (const one of names) {
            const spec = String(hosts.store.get(key(one))?.['spec']);
            expect(hosts.store.otherInIndex(HOST, spec, key(one)) !== undefined).toBe(after.includes(one));
          }
          const turned = names.filter((one) => one !== name && before.includes(one) !== after.includes(one));
          expect([...new Set(hosts.take())].sort()).toEqual(expect.arrayContaining(turned.map(key)));
        }
      }),
    );
  });
});
