import { type WatchEvent } from '../kube-object';
import { lines, ScriptedApiServer } from '../testing/scripted-api-server';
import { HttpKubeApi } from './http-kube-api';
import { HttpTransport } from './http-transport';

const CONFIG_MAPS = { group: '', version: 'v1', kind: 'ConfigMap', plural: 'configmaps', namespaced: true };

let server: ScriptedApiServer;
let transport: HttpTransport;

afterEach(async () => {
  await transport.close();
  await server.close();
});

/** As the server writes built-in kinds: metadata begins with name, namespace, uid, resourceVersion. */
function event(type: string, name: string, resourceVersion: string, data: Record<string, string> = {}): object {
  const metadata = { name, namespace: 'default', uid: `uid-of-${name}`, resourceVersion };
  return { type, object: { kind: 'ConfigMap', apiVersion: 'v1', metadata, data } };
}

async function watched(events: readonly object[], known: readonly string[]): Promise<readonly string[]> {
  server = await ScriptedApiServer.start(() => lines(events, true));
  const config = { server: server.url, insecureSkipTlsVerify: false, contextName: 'test', source: 'flag' } as const;
  transport = new HttpTransport({ config, userAgent: 'test' });
  const isKnown = (...version: readonly string[]): boolean => known.includes(version.join(' '));
  const told: string[] = [];
  for await (const item of new HttpKubeApi(transport).watch({ resource: CONFIG_MAPS, isKnown })) told.push(say(item));
  return told;
}

function say(event: WatchEvent): string {
  if (event.type === 'ERROR') return 'ERROR';
  if (event.type === 'BOOKMARK') return `BOOKMARK ${event.resourceVersion}`;
  return `${event.type} ${event.object.metadata.name}@${event.object.metadata.resourceVersion}`;
}

it('tells only the version of what the caller has, so that a watch that breaks goes on behind it', async () => {
  const events = [event('ADDED', 'a', '5'), event('MODIFIED', 'b', '6'), event('MODIFIED', 'a', '7')];
  expect(await watched(events, ['default a 5', 'default b 6'])).toEqual(['BOOKMARK 5', 'BOOKMARK 6', 'MODIFIED a@7']);
});

it('always tells that an object is gone', async () => {
  expect(await watched([event('DELETED', 'a', '5')], ['default a 5'])).toEqual(['DELETED a@5']);
});

it('reads the version of the object, not what stands in its data', async () => {
  const trap = '"metadata":{"name":"a","namespace":"default","uid":"x","resourceVersion":"5"';
  expect(await watched([event('ADDED', 'b', '8', { trap })], ['default a 5'])).toEqual(['ADDED b@8']);
});

it('tells objects whole whose metadata is written in another order', async () => {
  const object = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'a', namespace: 'default', resourceVersion: '5' },
  };
  expect(await watched([{ type: 'ADDED', object }], ['default a 5'])).toEqual(['ADDED a@5']);
});
