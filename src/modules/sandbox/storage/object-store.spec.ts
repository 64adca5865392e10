import fc from 'fast-check';
import { deepFreeze, type JsonObject } from '../../common';
import { ObjectStore } from './object-store';

const ID = '/configmaps';

function put(store: ObjectStore, namespace: string, name: string, data: number): JsonObject {
  return store.put(ID, { namespace, name }, (resourceVersion) =>
    deepFreeze({ metadata: { namespace, name, resourceVersion }, data }),
  );
}

function remove(store: ObjectStore, namespace: string, name: string): void {
  const last = store.get(ID, namespace, name) ?? {};
  store.remove(ID, { namespace, name }, (resourceVersion) =>
    deepFreeze({ ...last, metadata: { namespace, name, resourceVersion } }),
  );
}

const namesAt = (store: ObjectStore, revision: number): readonly string[] =>
  store.entries(ID, undefined, revision).map(({ namespace, name }) => `${namespace}/${name}`);

it('every write takes the next revision, and revisions begin above 1', () => {
  const store = new ObjectStore();
  const first = put(store, 'a', 'x', 1);
  const second = put(store, 'a', 'x', 2);
  expect(first['metadata']).toMatchObject({ resourceVersion: '101' });
  expect(second['metadata']).toMatchObject({ resourceVersion: '102' });
});

it('objects are listed in the order of their keys', () => {
  const store = new ObjectStore();
  for (const [namespace, name] of [
    ['b', 'x'],
    ['a', 'z'],
    ['a-b', 'y'],
    ['a', 'b'],
  ] as const) {
    put(store, namespace, name, 1);
  }
  expect(namesAt(store, store.revision)).toEqual(['a-b/y', 'a/b', 'a/z', 'b/x']);
});

it('a list at an older revision is what was stored then, whatever happened since', () => {
  const change = fc.record({ name: fc.constantFrom('a', 'b', 'c', 'd'), isRemoved: fc.boolean() });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
      const store = new ObjectStore();
      const states = [
        { revision: store.revision, state: JSON.stringify(store.entries(ID, undefined, store.revision)) },
      ];
      changes.forEach(({ name, isRemoved }, index) => {
        if (!isRemoved) put(store, 'n', name, index);
        else if (store.get(ID, 'n', name) !== undefined) remove(store, 'n', name);
        states.push({ revision: store.revision, state: JSON.stringify(store.entries(ID, undefined, store.revision)) });
      });
      for (const { revision, state } of states) {
        expect(JSON.stringify(store.entries(ID, undefined, revision))).toBe(state);
      }
    }),
  );
});

it('what the history no longer holds cannot be read', () => {
  const store = new ObjectStore({ historySize: 3 });
  for (let count = 0; count < 5; count++) put(store, 'n', 'a', count);
  expect(store.canRead(ID, 101)).toBe(false);
  expect(store.canRead(ID, 102)).toBe(true);
  expect(store.canRead('/secrets', 1)).toBe(true);
});

it('a compacted past cannot be read, the present can', () => {
  const store = new ObjectStore();
  put(store, 'n', 'a', 1);
  put(store, 'n', 'b', 1);
  store.compact();
  expect(store.canRead(ID, store.revision - 1)).toBe(false);
  expect(store.canRead('/secrets', store.revision - 1)).toBe(false);
  expect(store.canRead(ID, store.revision)).toBe(true);
});

it('a resource that begins later has no past', () => {
  const store = new ObjectStore();
  put(store, 'n', 'a', 1);
  store.begin('example.org/widgets');
  expect(store.canRead('example.org/widgets', store.revision - 1)).toBe(false);
  expect(store.canRead('example.org/widgets', store.revision)).toBe(true);
});
