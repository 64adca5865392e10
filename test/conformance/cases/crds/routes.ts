// Which paths custom kinds have, and what other methods than the expected ones are told.
import { type CaseTable } from '../../harness/conformance-case';
import { type Session } from '../../harness/session';
import { groupOf, install, widget } from '../custom-resource';

const SCALE = { specReplicasPath: '.spec.replicas', statusReplicasPath: '.status.replicas' };

async function widgetPaths(k: Session): Promise<readonly string[]> {
  const collection = await install(k, { version: { subresources: { status: {}, scale: SCALE } } });
  await k.setup('POST', collection, widget(k, { replicas: 2 }));
  const everywhere = k.all(`${groupOf(k)}/v1`, 'widgets');
  const item = `${collection}/a`;
  return [
    everywhere,
    `${everywhere}/a`,
    `${item}/status`,
    `${item}/scale`,
    `${item}/nothing`,
    `${item}/status/more`,
    `${collection}/none`,
    `${collection}/none/status`,
    k.in(`${groupOf(k)}/v1`, 'nothings'),
  ];
}

const onAll =
  (method: string, body?: string, type = 'application/json'): CaseTable[string] =>
  async (k) => {
    const options = body === undefined ? {} : { headers: { 'content-type': type } };
    for (const path of await widgetPaths(k)) await k.send(method, path, body, options);
  };

/** Of the collection of a namespace, where DELETE would find objects. */
const onCollection =
  (method: string, body: string, type: string): CaseTable[string] =>
  async (k) => {
    await k.send(method, await install(k), body, { headers: { 'content-type': type } });
  };

export const ROUTE_CASES: CaseTable = {
  'GET of every kind of path of a custom kind': onAll('GET'),
  'POST to every kind of path of a custom kind': onAll('POST', '{}'),
  'POST of what is no object to every kind of path of a custom kind': onAll('POST', 'rubbish'),
  'POST of an unknown form to every kind of path of a custom kind': onAll('POST', 'x', 'text/plain'),
  'PUT to every kind of path of a custom kind': onAll('PUT', '{}'),
  'PUT of what is no object to every kind of path of a custom kind': onAll('PUT', 'rubbish'),
  'PUT of an unknown form to every kind of path of a custom kind': onAll('PUT', 'x', 'text/plain'),
  'PATCH of every kind of path of a custom kind': onAll('PATCH', '{}', 'application/merge-patch+json'),
  'PATCH of an unknown form of every kind of path of a custom kind': onAll('PATCH', '{}'),
  'DELETE of every kind of path of a custom kind': onAll('DELETE'),
  'OPTIONS of every kind of path of a custom kind': onAll('OPTIONS'),
  'a collection of a custom kind is not replaced': onCollection('PUT', '{}', 'application/json'),
  'a collection of a custom kind is not patched': onCollection('PATCH', '{}', 'application/merge-patch+json'),
  'a collection of a custom kind is not applied': onCollection('PATCH', '{}', 'application/apply-patch+yaml'),
  'a POST to the path of a custom object makes the object of the body': async (k) => {
    const collection = await install(k);
    await k.post(`${collection}/other`, widget(k, {}));
    await k.get(`${collection}/other`);
    await k.get(`${collection}/a`);
  },
};
