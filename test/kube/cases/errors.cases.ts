// What a user sees when something is wrong with one CR: a condition that names the place, one Event, and nothing else.
import { setTimeout as pause } from 'node:timers/promises';
import { type JsonObject } from '../../../src/modules/common';
import { type Plane, type StartPlane } from '../support/plane';
import { eventually } from '../support/eventually';
import { Operator } from '../support/operator';
import { childrenOf, CONFIG_MAPS, CRD_MANIFEST, DEPLOYMENTS, katalog, Websites } from '../support/websites';

let plane: Plane;
let websites: Websites;
let operator: Operator;

/** `index` past the end of a list is an error only when the template runs. */
const FRAGILE = katalog(
  [
    'index.html: "{{ .spec.message }}"',
    'index.html: "{{ .spec.message }}{{ if eq .spec.message `broken` }}{{ index .spec.message 99 }}{{ end }}"',
  ],
  // Only the API server looks at the values of labels.
  [
    '              port: 80\n              volumes:',
    '              port: 80\n              labels: { note: "{{ if eq .spec.message `refused` }}{{ printf `a%cb` 47 }}{{ end }}" }\n              volumes:',
  ],
  ['resync: 30s', 'resync: 1s'],
);

/** Waits for the Warning Event of a Website and sees that no second one comes while it fails again and again. */
async function onlyWarning(name: string): Promise<string> {
  const find = async (): Promise<readonly Record<string, unknown>[]> =>
    (await websites.events(name)).filter(({ type }) => type === 'Warning');
  await eventually(`a Warning about ${name}`, async () => (await find()).length > 0);
  await pause(3_000);
  const found = await find();
  expect(found.map(({ reason }) => reason)).toEqual(['WebsiteReconcileError']);
  return String(found[0]?.['note']);
}

function place(text: string): string {
  const line = FRAGILE.split('\n').findIndex((found) => found.includes(text)) + 1;
  expect(line).toBeGreaterThan(0);
  return `katalog.yaml:${line}:`;
}

async function isUntouched(name: string): Promise<void> {
  const { status } = await websites.condition(name, 'True');
  expect(status).toBe('True');
  expect(await websites.managed()).toEqual(expect.arrayContaining([...childrenOf(name)]));
}

/** A Deployment that no Website has. */
function somebodyElses(name: string): JsonObject {
  const labels = { app: name };
  const template = { metadata: { labels }, spec: { containers: [{ name: 'else', image: 'somebody:else' }] } };
  return { metadata: { name, labels }, spec: { replicas: 1, selector: { matchLabels: labels }, template } };
}

export function errorCases(start: StartPlane): void {
  beforeAll(async () => {
    plane = await start({ runsWorkloads: true, manifests: [CRD_MANIFEST] });
    websites = new Websites(plane);
    await websites.install();
    operator = await Operator.start(plane, { katalog: FRAGILE });
    await websites.create('healthy');
    await websites.condition('healthy', 'True');
  });

  afterAll(async () => {
    await operator?.stop();
    await plane?.stop();
  });

  it('says where a template failed, writes nothing of that CR, and recovers at once when the CR is mended', async () => {
    await websites.create('broken', { message: 'broken' });
    const condition = await websites.condition('broken', 'False', 'ReconcileError');
    expect(condition['message']).toContain(place('index.html'));
    expect(condition['message']).toContain('configMaps[0]');
    expect(await onlyWarning('broken')).toContain(place('index.html'));
    expect((await websites.managed()).filter((id) => id.includes('broken'))).toEqual([]);
    await isUntouched('healthy');
    await websites.patch('broken', { spec: { message: 'mended' } });
    await websites.condition('broken', 'True', 'ReconcileSucceeded', 5_000);
    expect(await websites.find(CONFIG_MAPS, 'broken-content')).toMatchObject({ data: { 'index.html': 'mended' } });
  });

  it('refuses to overwrite an object of somebody else, names its owner, and goes on when it is out of the way', async () => {
    await plane.api.create(DEPLOYMENTS, 'default', somebodyElses('taken'));
    const before = await websites.find(DEPLOYMENTS, 'taken');
    await websites.create('taken');
    const condition = await websites.condition('taken', 'False', 'ReconcileError');
    expect(condition['message']).toContain('deployments[0]');
    expect(condition['message']).toContain(place('- name: "{{ .metadata.name }}"'));
    expect(await onlyWarning('taken')).toContain('deployments default/taken');
    const after = await websites.find(DEPLOYMENTS, 'taken');
    expect(after?.['spec']).toEqual(before?.['spec']);
    expect(after?.metadata.ownerReferences).toBeUndefined();
    await isUntouched('healthy');
    await plane.api.delete({ resource: DEPLOYMENTS, namespace: 'default', name: 'taken' }, {});
    await websites.patch('taken', { spec: { message: 'free' } });
    await websites.condition('taken', 'True', 'ReconcileSucceeded', 10_000);
  });

  it('says which field came out empty', async () => {
    await websites.create('empty', { image: ' ' });
    const { message } = await websites.condition('empty', 'False', 'ReconcileError');
    expect(message).toBe(
      `${place('image:')}22: deployments[0]: image is empty: "{{ .spec.image }}" rendered to nothing`,
    );
    await websites.delete('empty');
  });

  it('passes on what the server refused (422) with the place of the entry, and recovers at once', async () => {
    await websites.create('refused', { message: 'refused' });
    const condition = await websites.condition('refused', 'False', 'ReconcileError');
    expect(condition['message']).toContain(place('- name: "{{ .metadata.name }}"'));
    expect(condition['message']).toContain('deployments[0]');
    expect(condition['message']).toContain('metadata.labels');
    expect(await onlyWarning('refused')).toContain('deployments[0]');
    // One refused child does not stop the others.
    expect((await websites.managed()).filter((id) => id.includes('refused'))).toEqual([
      'configmaps/refused-content',
      'services/refused',
    ]);
    await isUntouched('healthy');
    await websites.patch('refused', { spec: { message: 'accepted' } });
    await websites.condition('refused', 'True', 'ReconcileSucceeded', 5_000);
  });

  it('never had more than the broken CRs to complain about', async () => {
    const warned = new Set<string>();
    for (const name of ['healthy', 'broken', 'taken', 'refused']) {
      if ((await websites.events(name)).some(({ type }) => type === 'Warning')) warned.add(name);
    }
    expect([...warned].sort()).toEqual(['broken', 'refused', 'taken']);
    expect(operator.output).not.toMatch(/unhandled|TypeError|at Object\./i);
  });
}
