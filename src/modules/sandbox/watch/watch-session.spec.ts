import { ManualClock, type JsonObject, systemRandom } from '../../common';
import { type ResourceDefinition, ResourceRegistry } from '../registry';
import { ObjectStore } from '../storage';
import { type SandboxCore, type Target } from '../verbs';
import { lineOf, type WatchItem, type WatchOptions, WatchSession, wholeForm } from './index';

const definition: ResourceDefinition = {
  id: 'example.org/things',
  group: 'example.org',
  kind: 'Thing',
  listKind: 'ThingList',
  plural: 'things',
  singular: 'thing',
  shortNames: [],
  categories: [],
  namespaced: true,
  versions: [{ name: 'v1', schema: {}, hasStatus: false }],
  storageVersion: 'v1',
  verbs: ['watch'],
  isCustom: true,
  strategy: {},
};
const target: Target = { definition, version: definition.versions[0]!, namespace: 'n' };

let core: SandboxCore;
beforeEach(() => {
  core = {
    store: new ObjectStore({ historySize: 4 }),
    registry: new ResourceRegistry(),
    clock: new ManualClock(),
    random: systemRandom,
  };
});

function put(name: string, labels: JsonObject = {}, namespace = 'n'): void {
  core.store.put(definition.id, { namespace, name }, (resourceVersion) => ({
    apiVersion: 'example.org/v1',
    kind: 'Thing',
    metadata: { name, namespace, labels, resourceVersion },
  }));
}

function drain(session: WatchSession): readonly string[] {
  const seen: string[] = [];
  for (let item = session.take(); item !== undefined; item = session.take()) seen.push(shown(item));
  return seen;
}

function shown(item: WatchItem): string {
  if (item.type === 'BOOKMARK') return `BOOKMARK ${item.resourceVersion}${item.isInitialEnd ? ' end' : ''}`;
  if (item.type === 'ERROR') return `ERROR ${item.status.code} ${item.status.message}`;
  return `${item.type} ${(item.object['metadata'] as JsonObject)['name'] as string}`;
}

const watch = (options: WatchOptions = {}): WatchSession => new WatchSession(core, target, options);

it('a streaming list is all that is there, then a bookmark, then what happens', () => {
  put('a');
  put('elsewhere', {}, 'm');
  const session = watch({ sendInitialEvents: true, allowBookmarks: true });
  expect(drain(session)).toEqual(['ADDED a', 'BOOKMARK 102 end']);
  put('a');
  put('b');
  put('elsewhere', {}, 'm');
  expect(drain(session)).toEqual(['MODIFIED a', 'ADDED b']);
});

it('a watch from a version tells what came after it, also when the version lies ahead', () => {
  put('a');
  put('b');
  expect(drain(watch({ resourceVersion: '101' }))).toEqual(['ADDED b']);
  const ahead = watch({ resourceVersion: '103' });
  put('c');
  put('d');
  expect(drain(ahead)).toEqual(['ADDED d']);
});

it('a version that the history does not reach is an error, and the end', () => {
  for (let count = 0; count < 6; count++) put('a');
  const session = watch({ resourceVersion: '100' });
  expect(drain(session)).toEqual(['ERROR 410 too old resource version: 100 (106)']);
  expect(session.isEnded).toBe(true);
});

it('an object comes into view and leaves it with its labels', () => {
  const session = watch({ labelSelector: 'seen', resourceVersion: '100' });
  put('a');
  put('a', { seen: '1' });
  put('a', { seen: '2' });
  put('a');
  expect(drain(session)).toEqual(['ADDED a', 'MODIFIED a', 'DELETED a']);
});

it('who falls behind the history is cut off, and others are not', () => {
  const slow = watch({ resourceVersion: '100' });
  const quick = watch({ resourceVersion: '100' });
  for (let count = 0; count < 10; count++) {
    put('a');
    drain(quick);
  }
  expect(slow.isEnded).toBe(true);
  expect(slow.take()).toBeUndefined();
  expect(quick.isEnded).toBe(false);
});

it('the text of an event is made once, however many watches tell it', () => {
  const sessions = [watch({ resourceVersion: '100' }), watch({ resourceVersion: '100' })];
  put('a');
  let made = 0;
  const form = { ...wholeForm(target), of: (object: JsonObject): JsonObject => (made++, object) };
  const lines = sessions.map((session) => lineOf(session.take()!, form));
  expect(lines[0]).toBe(lines[1]);
  expect(made).toBe(1);
});

it('a sleeper is woken once for what comes, and for the end', () => {
  const session = watch({ resourceVersion: '100' });
  let woken = 0;
  session.onReady(() => woken++);
  put('a');
  put('b');
  expect(woken).toBe(1);
  drain(session);
  session.onReady(() => woken++);
  session.close();
  expect(woken).toBe(2);
});

describe('the definition of a custom resource', () => {
  const served = (edition: string): ResourceDefinition => ({ ...definition, edition });

  beforeEach(() => core.registry.add(served('a')));

  const watchEdition = (): WatchSession => new WatchSession(core, { ...target, definition: served('a') }, {});

  it('that is another one ends its watches, after what has happened', () => {
    const session = watchEdition();
    let woken = 0;
    session.onReady(() => woken++);
    put('a');
    core.registry.add(served('b'));
    expect(woken).toBe(1);
    expect(session.isEnded).toBe(false);
    expect(drain(session)).toEqual(['ADDED a']);
    expect(session.isEnded).toBe(true);
  });

  it('that goes wakes who sleeps, and ends its watches', () => {
    const session = watchEdition();
    let woken = 0;
    session.onReady(() => woken++);
    core.registry.remove(definition.group, definition.plural);
    expect(woken).toBe(1);
    expect(drain(session)).toEqual([]);
    expect(session.isEnded).toBe(true);
  });

  it('whose status changes ends nothing, nor does that of another resource', () => {
    const session = watchEdition();
    core.registry.add(served('a'));
    core.registry.add({ ...served('c'), plural: 'others' });
    put('b');
    expect(drain(session)).toEqual(['ADDED b']);
    expect(session.isEnded).toBe(false);
    session.close();
  });
});

it('a bookmark comes only when asked for, and tells how far the watch is', () => {
  const session = watch({ resourceVersion: '100', allowBookmarks: true });
  put('a');
  session.askBookmark();
  expect(drain(session)).toEqual(['ADDED a', 'BOOKMARK 101']);
  const other = watch({ resourceVersion: '101' });
  other.askBookmark();
  expect(drain(other)).toEqual([]);
});
