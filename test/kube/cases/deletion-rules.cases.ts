// Rules of the engine's contract about inventory, prune and deletion (§3).
import { setTimeout as pause } from 'node:timers/promises';
import { ANNOTATION, FINALIZER, inventoryName, type JsonObject } from '../../../src/modules/common';
import { type KubeObject, type ResourceType } from '../../../src/modules/kube';
import { type Plane, type StartPlane } from '../support/plane';
import { eventually } from '../support/eventually';
import { find } from '../support/find';
import { PAGES, pagesInstead, sharedConfigMap } from '../support/katalog-changes';
import { Operator } from '../support/operator';
import { People } from '../support/people';
import { orphans } from '../support/snapshot';
import {
  conditionOf,
  CONFIG_MAPS,
  CRD_MANIFEST,
  DEPLOYMENTS,
  katalog,
  SERVICES,
  Websites,
  WEBSITES,
} from '../support/websites';

const QUICK = ['resync: 30s', 'resync: 1s'] as const;

const onDelete = (...lines: readonly string[]): readonly [string, string] => [
  '        status:\n',
  ['        onDelete:', ...lines.map((line) => `          ${line}`), '        status:\n'].join('\n'),
];
const SHARED = katalog(QUICK, sharedConfigMap());
const PLAIN = katalog(QUICK);
const ORDERED = katalog(
  QUICK,
  onDelete(
    'ordered: true',
    'timeout: 1m',
    'groups:',
    '  - name: front',
    '    services:',
    '      - { name: "{{ .metadata.name }}" }',
    '  - name: back',
    '    deployments:',
    '      - { name: "{{ .metadata.name }}" }',
  ),
);
const OTHER_CRD = pagesInstead(PLAIN, 'configMaps:', '  - { name: "{{ .metadata.name }}-page", data: { a: b } }');
const PAGE = { group: 'demo.orkestra.io', version: 'v1', kind: 'Page', plural: 'pages', namespaced: true };
const HOLD = 'test.example.org/hold';

let plane: Plane;
let websites: Websites;
let operator: Operator;

async function start(text: string): Promise<void> {
  await operator?.stop();
  operator = await Operator.start(plane, { katalog: text });
}

async function ready(name: string): Promise<KubeObject> {
  await websites.create(name);
  await websites.condition(name, 'True');
  return (await websites.get(name)) as KubeObject;
}

function inShared(name: string): Promise<KubeObject | undefined> {
  return find(plane, { resource: CONFIG_MAPS, namespace: 'shared', name: `${name}-shared` });
}

async function gone(name: string, deadlineMs?: number): Promise<void> {
  await eventually(`Website ${name} is gone`, async () => (await websites.get(name)) === undefined, deadlineMs);
}

/** A finalizer of somebody else keeps the object. */
function hold(resource: ResourceType, name: string, finalizers: readonly string[] = [HOLD]): Promise<KubeObject> {
  const ref = { resource, namespace: 'default', name };
  return plane.api.patch(ref, { type: 'merge', body: { metadata: { finalizers } } });
}

function page(name: string): JsonObject {
  return {
    apiVersion: 'demo.orkestra.io/v1',
    kind: 'Page',
    metadata: { name, namespace: 'default' },
    spec: { image: 'none' },
  };
}

export function deletionCases(begin: StartPlane): void {
  beforeAll(async () => {
    plane = await begin({ runsWorkloads: true, manifests: [CRD_MANIFEST, PAGES] });
    await new People(plane).createNamespace('shared');
    websites = new Websites(plane);
    await websites.install();
  });

  afterEach(async () => {
    await operator?.stop();
    const { items } = await plane.api.list({ resource: WEBSITES });
    expect(items.map(({ metadata }) => metadata.name)).toEqual([]);
    await eventually('nothing is left over', async () => (await orphans(plane)).length === 0, 30_000);
  });

  afterAll(async () => {
    await operator?.stop();
    await plane?.stop();
  });

  describe('children in another namespace (§3.3)', () => {
    it('put a finalizer on the CR before they are made, and are cleaned up before it goes', async () => {
      await start(SHARED);
      const { metadata } = await ready('far');
      expect(metadata.finalizers).toEqual([FINALIZER]);
      const child = await inShared('far');
      expect(child?.metadata.ownerReferences).toBeUndefined();
      const writes = plane.audit.writes().map(({ requestURI }) => requestURI.replace(/\?.*$/, ''));
      const finalizer = writes.findIndex((uri) => uri.endsWith('/websites/far'));
      const first = writes.findIndex((uri) => uri.endsWith('/far-content'));
      expect(finalizer).toBeGreaterThanOrEqual(0);
      expect(finalizer).toBeLessThan(first);
      await websites.delete('far');
      await gone('far');
      expect(await inShared('far')).toBeUndefined();
    });

    it('of an entry that left the Katalog are pruned, and the finalizer goes with them', async () => {
      await start(SHARED);
      await ready('moved');
      await start(PLAIN);
      await eventually('the child is pruned', async () => (await inShared('moved')) === undefined);
      await eventually(
        'the finalizer is gone',
        async () => !(await websites.get('moved'))?.metadata.finalizers?.length,
      );
      await start(SHARED);
      await eventually('it is back', () => inShared('moved'));
      expect((await websites.get('moved'))?.metadata.finalizers).toEqual([FINALIZER]);
      await websites.delete('moved');
      await gone('moved');
    });

    it('are found after a restart with a Katalog that does not know them, although their owner was deleted meanwhile', async () => {
      await start(SHARED);
      await ready('late');
      await operator.stop();
      await websites.delete('late');
      await start(PLAIN);
      await gone('late');
      expect(await inShared('late')).toBeUndefined();
    });
  });

  describe('ordered deletion (§3.4)', () => {
    it('goes stage by stage, each verified, and keeps the CR until the end', async () => {
      await start(ORDERED);
      await ready('staged');
      await hold(SERVICES, 'staged');
      await websites.delete('staged');
      await eventually('the first stage begins', async () => {
        return (await websites.find(SERVICES, 'staged'))?.metadata.deletionTimestamp !== undefined;
      });
      await pause(2_000);
      expect((await websites.find(DEPLOYMENTS, 'staged'))?.metadata.deletionTimestamp).toBeUndefined();
      expect(await websites.get('staged')).toBeDefined();
      await hold(SERVICES, 'staged', []);
      await gone('staged');
      expect(await websites.find(DEPLOYMENTS, 'staged')).toBeUndefined();
    });

    it('that is stuck ends by the force-delete annotation, and only by it', async () => {
      await start(ORDERED);
      await ready('stuck');
      await hold(SERVICES, 'stuck');
      try {
        await websites.delete('stuck');
        await eventually('the first stage begins', async () => {
          return (await websites.find(SERVICES, 'stuck'))?.metadata.deletionTimestamp !== undefined;
        });
        await pause(1_500);
        expect(await websites.get('stuck')).toBeDefined();
        await websites.patch('stuck', { metadata: { annotations: { [ANNOTATION.forceDelete]: 'true' } } });
        await gone('stuck');
        // Events are sent beside the work: this one may come after the end.
        await eventually('it is told', async () => {
          return (await websites.events('stuck')).some((event) => JSON.stringify(event).includes('force-delete'));
        });
      } finally {
        await hold(SERVICES, 'stuck', []);
      }
    });

    it('goes on where it was after the runtime was killed in a stage', async () => {
      await start(ORDERED);
      await ready('killed');
      await hold(SERVICES, 'killed');
      await websites.delete('killed');
      await eventually('the first stage begins', async () => {
        return (await websites.find(SERVICES, 'killed'))?.metadata.deletionTimestamp !== undefined;
      });
      await operator.stop('SIGKILL');
      await hold(SERVICES, 'killed', []);
      await start(ORDERED);
      await gone('killed');
    });
  });

  it('an object whose entry said "retain" stays when the entry leaves, and the CR says so (§3.2)', async () => {
    await start(katalog(QUICK, sharedConfigMap('deletionPolicy: retain')));
    await ready('keeper');
    await start(PLAIN);
    await eventually('the CR says so', async () => {
      const condition = conditionOf(await websites.get('keeper'), 'Degraded');
      return condition?.['reason'] === 'ChildrenRetained' && JSON.stringify(condition).includes('keeper-shared');
    });
    expect(await inShared('keeper')).toBeDefined();
    expect(conditionOf(await websites.get('keeper'), 'Ready')?.['status']).toBe('True');
    await websites.delete('keeper');
    await gone('keeper');
    await eventually('it goes with the CR', async () => (await inShared('keeper')) === undefined);
  });

  describe('a CRD that left the Katalog (§3.3)', () => {
    it('keeps a lane for deletions only', async () => {
      await start(SHARED);
      await ready('retired');
      await start(OTHER_CRD);
      const scaled = { resource: DEPLOYMENTS, namespace: 'default', name: 'retired' };
      await plane.api.patch(scaled, { type: 'merge', subresource: 'scale', body: { spec: { replicas: 4 } } });
      await plane.applyText(JSON.stringify(page('home')));
      await eventually('the new CRD is at work', () => websites.find(CONFIG_MAPS, 'home-page'));
      await pause(1_500);
      const deployment = (await websites.find(DEPLOYMENTS, 'retired')) as { spec: { replicas: number } } | undefined;
      expect(deployment?.spec.replicas).toBe(4);
      await websites.delete('retired');
      await gone('retired');
      expect(await inShared('retired')).toBeUndefined();
      await plane.api.delete({ resource: PAGE, namespace: 'default', name: 'home' }, {});
      const inventory = {
        resource: CONFIG_MAPS,
        namespace: 'default',
        name: inventoryName('websites', 'demo.orkestra.io'),
      };
      expect((await plane.api.get(inventory))['data']).toMatchObject({
        'inventory.json': expect.stringContaining('configmaps'),
      });
    });

    it('also for a CR that was deleted while no runtime ran', async () => {
      await start(SHARED);
      await ready('orphaned');
      await operator.stop();
      await websites.delete('orphaned');
      await start(OTHER_CRD);
      await gone('orphaned');
      expect(await inShared('orphaned')).toBeUndefined();
    });
  });
}
