// The main job: Websites become Deployments, Services and ConfigMaps, and stay so.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { LABEL } from '../../../src/modules/common';
import { type Plane, type StartPlane } from '../support/plane';
import { eventually } from '../support/eventually';
import { Operator } from '../support/operator';
import {
  childrenOf,
  CONFIG_MAPS,
  CRD_MANIFEST,
  conditionOf,
  DEPLOYMENTS,
  katalog,
  sampleFile,
  SERVICES,
  Websites,
} from '../support/websites';

const ORK = join(__dirname, '..', '..', '..', 'dist', 'cli', 'ork.js');

let plane: Plane;
let websites: Websites;
let operator: Operator;

const DEPLOYMENT_ONE = { resource: DEPLOYMENTS, namespace: 'default', name: 'one' };

const WITH_CONDITION = katalog([
  '          services:\n            - name: "{{ .metadata.name }}"',
  '          services:\n            - name: "{{ .metadata.name }}"\n              when:\n                - { field: spec.message, notEquals: hidden }\n                - { field: spec.message, operator: unique }',
]);

/** `more` adds what only one of the servers has, while the Website "one" is there. */
export function websiteCases(start: StartPlane, more: (plane: () => Plane) => void = () => undefined): void {
  beforeAll(async () => {
    plane = await start({ runsWorkloads: true, manifests: [CRD_MANIFEST] });
    websites = new Websites(plane);
    await websites.install();
    operator = await Operator.start(plane, { katalog: WITH_CONDITION });
  });

  afterAll(async () => {
    await operator?.stop();
    await plane?.stop();
  });

  async function deployment(name: string): Promise<Record<string, any>> {
    const found = await websites.find(DEPLOYMENTS, name);
    if (found === undefined) throw new Error(`no Deployment ${name}`);
    return found;
  }

  it('has its Katalog in a ConfigMap, where `ork validate` reads it', async () => {
    const data = {
      'katalog.yaml': WITH_CONDITION.replace('../crd.yaml', 'crd.yaml'),
      'crd.yaml': readFileSync(sampleFile('crd.yaml'), 'utf8'),
    };
    const ref = { resource: CONFIG_MAPS, namespace: 'default', name: 'katalog' };
    await plane.api.create(CONFIG_MAPS, 'default', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'katalog' },
      data,
    });
    const environment = { ...process.env, KUBECONFIG: plane.kubeconfig };
    const args = [ORK, 'validate', '-f', 'configmap://default/katalog'];
    const { stdout } = await promisify(execFile)(process.execPath, args, { env: environment });
    expect(stdout).toContain('1 CRD valid');
    const none = promisify(execFile)(process.execPath, [...args.slice(0, -1), 'configmap://default/none'], {
      env: environment,
    });
    await expect(none).rejects.toThrow('configmap://default/none: there is no such ConfigMap');
    await plane.api.delete(ref, {});
  });

  it('brings up three Websites: children are owned, labelled and right, Deployments roll out, status is Ready', async () => {
    const names = ['one', 'two', 'three'];
    await Promise.all(names.map((name) => websites.create(name)));
    for (const name of names) {
      await websites.condition(name, 'True', 'ReconcileSucceeded');
      const cr = await websites.get(name);
      expect(cr).toMatchObject({
        status: { phase: 'Ready', readyReplicas: 2, url: `http://${name}.default.svc`, observedGeneration: 1 },
      });
      const uid = cr?.metadata.uid;
      for (const [kind, child] of [
        [DEPLOYMENTS, name],
        [SERVICES, name],
        [CONFIG_MAPS, `${name}-content`],
      ] as const) {
        const object = await websites.find(kind, child);
        expect(object?.metadata.labels).toMatchObject({ [LABEL.managed]: 'true', [LABEL.ownerUid]: uid });
        expect(object?.metadata.ownerReferences).toEqual([
          { apiVersion: 'demo.orkestra.io/v1', kind: 'Website', name, uid, controller: true, blockOwnerDeletion: true },
        ]);
      }
      expect(await websites.find(CONFIG_MAPS, `${name}-content`)).toMatchObject({
        data: { 'index.html': `<h1>${name}</h1>` },
      });
      const { spec } = await deployment(name);
      expect(spec.template.spec.containers[0]).toMatchObject({
        image: 'nginx:1.27',
        volumeMounts: [{ name: 'content', mountPath: '/usr/share/nginx/html' }],
      });
      expect((await websites.find(SERVICES, name)) as unknown).toMatchObject({ spec: { ports: [{ port: 80 }] } });
    }
    expect(await websites.managed()).toEqual(childrenOf(...names));
  });

  more(() => plane);

  it('corrects a Deployment that somebody edited or scaled', async () => {
    const image = '/spec/template/spec/containers/0/image';
    await plane.api.patch(DEPLOYMENT_ONE, {
      type: 'json',
      body: [{ op: 'replace', path: image, value: 'nginx:evil' }],
    });
    await eventually('the image is corrected', async () => {
      const { spec } = await deployment('one');
      return spec.template.spec.containers[0].image === 'nginx:1.27';
    });
    await plane.api.patch(DEPLOYMENT_ONE, { type: 'merge', subresource: 'scale', body: { spec: { replicas: 5 } } });
    await eventually('the replicas are corrected', async () => (await deployment('one'))['spec'].replicas === 2);
    await websites.condition('one', 'True');
  });

  it('creates a child again that was deleted', async () => {
    const before = await websites.find(SERVICES, 'one');
    await plane.api.delete({ resource: SERVICES, namespace: 'default', name: 'one' }, {});
    await eventually('the Service is back', async () => {
      const after = await websites.find(SERVICES, 'one');
      return after !== undefined && after.metadata.uid !== before?.metadata.uid;
    });
  });

  it('lets the children follow an edited CR', async () => {
    await websites.patch('two', { spec: { image: 'nginx:1.28', replicas: 3, message: 'new' } });
    await eventually('the children follow', async () => {
      const { spec } = await deployment('two');
      const content = await websites.find(CONFIG_MAPS, 'two-content');
      return (
        spec.replicas === 3 &&
        spec.template.spec.containers[0].image === 'nginx:1.28' &&
        (content as any)?.data['index.html'] === 'new'
      );
    });
    await websites.condition('two', 'True');
    expect(await websites.get('two')).toMatchObject({ status: { readyReplicas: 3, observedGeneration: 2 } });
  });

  it('removes a child whose condition turns false, and brings it back when it holds again', async () => {
    await websites.patch('three', { spec: { message: 'hidden' } });
    await eventually('the Service is gone', async () => (await websites.find(SERVICES, 'three')) === undefined);
    expect(await websites.find(DEPLOYMENTS, 'three')).toBeDefined();
    await websites.patch('three', { spec: { message: 'shown' } });
    await eventually('the Service is back', () => websites.find(SERVICES, 'three'));
  });

  it('removes a child whose value is not unique any more, and brings it back when the other Website is gone', async () => {
    const message = '<h1>three</h1>';
    await websites.patch('three', { spec: { message } });
    await websites.create('twin', { message });
    await websites.condition('twin', 'True');
    await eventually('the Service is gone', async () => (await websites.find(SERVICES, 'three')) === undefined);
    expect(await websites.find(SERVICES, 'twin')).toBeUndefined();
    expect(await websites.find(DEPLOYMENTS, 'twin')).toBeDefined();
    await websites.delete('twin');
    await eventually('the Service is back', () => websites.find(SERVICES, 'three'));
    await eventually('what it made is gone', async () => (await websites.managed()).length === 9);
  });

  it('prunes the children of an entry that left the Katalog while the runtime was down', async () => {
    expect(await operator.stop()).toBe(0);
    const withoutService = katalog([/ {10}services:\n(?: {12}.*\n)+/, '']);
    operator = await Operator.start(plane, { katalog: withoutService });
    await eventually(
      'no Service is left',
      async () => !(await websites.managed()).some((id) => id.startsWith('services/')),
    );
    expect(await websites.managed()).toEqual(
      childrenOf('one', 'two', 'three').filter((id) => !id.startsWith('services/')),
    );
    await operator.stop();
    operator = await Operator.start(plane, { katalog: WITH_CONDITION });
    await eventually('the Services are back', async () => (await websites.managed()).length === 9);
  });

  it('writes nothing to children when it starts again on a settled cluster', async () => {
    for (const name of ['one', 'two', 'three']) await websites.condition(name, 'True');
    await operator.stop();
    const mark = Date.now();
    operator = await Operator.start(plane, { katalog: WITH_CONDITION });
    await eventually(
      'every Website was looked at',
      async () => (await operator.metric('controller_reconcile_total')) >= 3,
    );
    const touched = plane.audit.writes(mark).filter(({ objectRef }) => objectRef?.resource !== 'events');
    expect(touched.map(({ requestURI }) => requestURI)).toEqual([]);
  });

  it('takes all children along when a CR is deleted', async () => {
    await websites.delete('three');
    await eventually('everything of three is gone', async () => (await websites.managed()).length === 6);
    expect(await websites.managed()).toEqual(childrenOf('one', 'two'));
  });

  it('never adopts the children of a CR of the same name that was deleted and made again at once', async () => {
    const before = await websites.get('two');
    await websites.delete('two');
    const after = await websites.create('two', { message: 'second life' });
    expect(after.metadata.uid).not.toBe(before?.metadata.uid);
    await websites.condition('two', 'True', undefined, 40_000);
    const child = await deployment('two');
    expect(child['metadata'].ownerReferences).toMatchObject([{ uid: after.metadata.uid }]);
    expect(await websites.find(CONFIG_MAPS, 'two-content')).toMatchObject({ data: { 'index.html': 'second life' } });
    expect(conditionOf(await websites.get('two'), 'Degraded')).toBeUndefined();
    const collisions = (await websites.events('two')).filter(({ reason }) => String(reason).includes('Collision'));
    expect(collisions).toEqual([]);
  });

  it('leaves nothing running when it is told to stop', async () => {
    const began = performance.now();
    expect(await operator.stop('SIGINT')).toBe(0);
    expect(performance.now() - began).toBeLessThan(2_000);
    expect(operator.output).not.toMatch(/unhandled|ECONNRESET|TypeError/i);
  });
}
