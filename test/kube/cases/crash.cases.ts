// The runtime dies (SIGKILL) before and after each single write of a bring-up and of a deletion, and starts again: the
// end is the same, nothing is done twice, nothing is left over.
import { FINALIZER, inventoryName, LEASE_NAME } from '../../../src/modules/common';
import { isNotFound } from '../../../src/modules/kube';
import { type Plane, type StartPlane } from '../support/plane';
import { eventually as eventuallyTrue, Hopeless } from '../support/eventually';
import { FaultProxy, isWrite, type SeenRequest } from '../support/fault-proxy';
import { Operator } from '../support/operator';
import { People } from '../support/people';
import { orphans, snapshot } from '../support/snapshot';
import { CONFIG_MAPS, CRD_MANIFEST, katalog, SERVICES, Websites } from '../support/websites';

/** A Service with a condition; a fourth child in another namespace: the bring-up writes a finalizer, deletion has work. */
const KATALOG = katalog(
  [
    '          services:\n            - name',
    '          services:\n            - when: [{ field: spec.message, notEquals: hidden }]\n              name',
  ],
  [
    '          deployments:\n',
    [
      '            - name: "{{ .metadata.name }}-shared"',
      '              namespace: shared',
      '              data:',
      '                owner: "{{ .metadata.name }}"',
      '          deployments:\n',
    ].join('\n'),
  ],
);

/** Each write of the first bring-up on a new cluster, in order; NAME is the Website. */
const BRING_UP = [
  'POST leases',
  'POST configmaps',
  'PATCH websites/NAME',
  'PATCH configmaps/NAME-content',
  'PATCH configmaps/NAME-shared',
  'PATCH deployments/NAME',
  'PATCH services/NAME',
  'PATCH websites/NAME/status',
  'POST events of Website',
  'POST events of Lease',
];
const DELETION = ['POST events of Website', 'DELETE configmaps/NAME-shared', 'PATCH websites/NAME'];
const MOMENTS = ['before', 'after'] as const;
type Moment = (typeof MOMENTS)[number];
const LEASES = { ...CONFIG_MAPS, group: 'coordination.k8s.io', kind: 'Lease', plural: 'leases' };
const INVENTORY = inventoryName('websites', 'demo.orkestra.io');

/** Characters of the log of a runtime, in messages. */
const MAX_SAID = 4_000;

let plane: Plane;
let proxy: FaultProxy;
let websites: Websites;
let operator: Operator | undefined;
let number = 0;
let expected: unknown;

/** `PATCH services/NAME`, `POST events of Website`. */
function writeOf({ method, path, body }: SeenRequest, name: string): string {
  const [, resource = path] = /\/v1\/(?:namespaces\/[^/]+\/)?(.*)$/.exec(path) ?? [];
  const [, regarding] = /"regarding":\{[^}]*"kind":"(\w+)"/.exec(body) ?? [];
  return `${method} ${resource.replaceAll(name, 'NAME')}${regarding === undefined ? '' : ` of ${regarding}`}`;
}

const isEvent = (write: string): boolean => write.startsWith('POST events');

/** Events go their own way: they are told at most once, and a crash in between may swallow one. */
function countWithoutEvents(writes: readonly string[]): Record<string, number> {
  return count(writes.filter((write) => !isEvent(write)));
}

/** The writes that the server got and accepted. */
function accepted(name: string): readonly string[] {
  return proxy.seen
    .filter((request) => isWrite(request) && request.wasForwarded && (request.code ?? 0) < 300)
    .map((request) => writeOf(request, name));
}

async function gone(of: typeof CONFIG_MAPS, name: string): Promise<void> {
  await plane.api.delete({ resource: of, namespace: 'default', name }, {}).catch((error: unknown) => {
    if (!isNotFound(error)) throw error;
  });
}

/** What a release leaves: the tests of the election wait for a dead lease, these need not. */
async function freeLease(): Promise<void> {
  const ref = { resource: LEASES, namespace: 'default', name: LEASE_NAME };
  await plane.api.patch(ref, { type: 'merge', body: { spec: { holderIdentity: '' } } }).catch((error: unknown) => {
    if (!isNotFound(error)) throw error;
  });
}

/** A Website that nobody has seen, on a cluster without Lease and inventory. */
async function newWebsite(): Promise<string> {
  proxy.reset();
  await gone(LEASES, LEASE_NAME);
  await gone(CONFIG_MAPS, INVENTORY);
  const name = `site${++number}`;
  await websites.create(name);
  return name;
}

async function start(): Promise<Operator> {
  operator = await Operator.start(plane, { katalog: KATALOG, kubeconfig: proxy.kubeconfig(), waitsForReady: false });
  return operator;
}

/** Starts a runtime that dies at this write; afterwards the lease is free. */
async function dieAt(write: string, moment: Moment, name: string): Promise<void> {
  const fault = { type: moment === 'before' ? 'cut-before' : 'cut-after' } as const;
  const injection = proxy.inject((request) => isWrite(request) && writeOf(request, name) === write, fault, {
    meanwhile: () => operator?.stop('SIGKILL') ?? Promise.resolve(),
  });
  const { process } = operator ?? (await start());
  await eventually(`the runtime reaches "${write}"`, () => {
    if (process.hasEnded && injection.hits === 0) throw new Hopeless(`the runtime ended: ${process.output}`);
    return process.hasEnded;
  });
  expect(injection.hits).toBe(1);
  operator = undefined;
  await freeLease();
}

/** With what the runtime said, when it does not come true. */
async function eventually(what: string, look: () => unknown): Promise<void> {
  try {
    await eventuallyTrue(what, look);
  } catch (error) {
    const said = operator?.process.output.slice(-MAX_SAID) ?? 'no runtime runs';
    throw new Error(`${(error as Error).message}\n${said}`, { cause: error });
  }
}

/** The status is the last write to what a snapshot shows. */
async function settled(name: string): Promise<void> {
  await websites.condition(name, 'False', 'ChildrenNotReady');
}

function count(writes: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const write of writes) counts[write] = (counts[write] ?? 0) + 1;
  return counts;
}

/** `choose`: which of the moments are tried at each write. */
export function crashCases(
  begin: StartPlane,
  choose: (moments: readonly Moment[]) => readonly Moment[] = (moments) => moments,
): void {
  beforeAll(async () => {
    plane = await begin({ manifests: [CRD_MANIFEST] });
    await new People(plane).createNamespace('shared');
    websites = new Websites(plane);
    await websites.install();
    proxy = await FaultProxy.start(plane);
  });

  afterEach(async () => {
    await operator?.stop('SIGKILL');
    operator = undefined;
  });

  afterAll(async () => {
    await proxy?.stop();
    await plane?.stop();
  });

  it('has these writes in a bring-up, no more and no less', async () => {
    const name = await newWebsite();
    await start();
    await settled(name);
    await eventually('the Event is sent', () => accepted(name).includes('POST events of Website'));
    expected = await snapshot(plane, name);
    await eventually('the lead is told', () => accepted(name).includes('POST events of Lease'));
    expect(accepted(name).filter((write) => !isEvent(write))).toEqual(BRING_UP.filter((write) => !isEvent(write)));
    expect(accepted(name).filter(isEvent).sort()).toEqual(BRING_UP.filter(isEvent).sort());
    expect(expected).toMatchObject({ cr: { metadata: { finalizers: [FINALIZER] } }, children: { length: 4 } });
  });

  describe.each(BRING_UP)('killed at the write "%s" of a bring-up', (write) => {
    it.each(choose(MOMENTS))('%s the server did it: the next start comes to the same end', async (moment) => {
      const name = await newWebsite();
      await dieAt(write, moment, name);
      await start();
      await settled(name);
      await eventually('the end is the same', async () => {
        expect(await snapshot(plane, name)).toEqual(expected);
        return true;
      });
      const writes = accepted(name);
      expect(countWithoutEvents(writes)).toEqual(countWithoutEvents(BRING_UP));
      expect(count(writes)['POST events of Website'] ?? 0).toBeLessThanOrEqual(1);
      expect(await orphans(plane)).toEqual([]);
    });
  });

  it.each(choose(MOMENTS))('killed %s it takes over a Lease: the next start does', async (moment) => {
    const name = await newWebsite();
    await start();
    await settled(name);
    await operator?.stop('SIGKILL');
    operator = undefined;
    await freeLease();
    await websites.patch(name, { spec: { message: 'changed' } });
    const fault = { type: moment === 'before' ? 'cut-before' : 'cut-after' } as const;
    const isLease = ({ method, path }: SeenRequest): boolean => method === 'PUT' && path.endsWith(`/${LEASE_NAME}`);
    proxy.inject(isLease, fault, { meanwhile: () => operator?.stop('SIGKILL') ?? Promise.resolve() });
    const { process } = await start();
    await eventually('the runtime is dead', () => process.hasEnded);
    await freeLease();
    await start();
    await eventually('the change arrives', async () => {
      const content = await websites.find(CONFIG_MAPS, `${name}-content`);
      return (content?.['data'] as Record<string, string>)['index.html'] === 'changed';
    });
  });

  it.each(choose(MOMENTS))(
    'killed %s the server deletes a child whose condition turned false: the next start does',
    async (moment) => {
      const name = await newWebsite();
      await start();
      await settled(name);
      await eventually('the Event is sent', () => accepted(name).includes('POST events of Website'));
      proxy.seen.length = 0;
      const dead = dieAt('DELETE services/NAME', moment, name);
      await websites.patch(name, { spec: { message: 'hidden' } });
      await dead;
      await start();
      await eventually('the Service is gone', async () => (await websites.find(SERVICES, name)) === undefined);
      await settled(name);
      expect(countWithoutEvents(accepted(name))).toEqual({
        'PATCH configmaps/NAME-content': 1,
        'DELETE services/NAME': 1,
        'PATCH websites/NAME/status': 1,
      });
    },
  );

  describe.each(DELETION)('killed at the write "%s" of a deletion', (write) => {
    it.each(choose(MOMENTS))('%s the server did it: the next start finishes it', async (moment) => {
      const name = await newWebsite();
      await start();
      await settled(name);
      await eventually('the Event is sent', () => accepted(name).includes('POST events of Website'));
      proxy.seen.length = 0;
      const dead = dieAt(write, moment, name);
      await websites.delete(name);
      await dead;
      await start();
      await eventually('the Website is gone', async () => (await websites.get(name)) === undefined);
      const left = await plane.api.list({ resource: CONFIG_MAPS, namespace: 'shared' });
      expect(left.items.map(({ metadata }) => metadata.name)).not.toContain(`${name}-shared`);
      expect(countWithoutEvents(accepted(name))).toEqual({
        'DELETE configmaps/NAME-shared': 1,
        'PATCH websites/NAME': 1,
      });
    });
  });
}
