// @kubernetes/client-node as people use it, on the API server of a kubeconfig: one line for each step, the same on every
// server that behaves.
import { setTimeout as pause } from 'node:timers/promises';
import {
  AppsV1Api,
  CoreV1Api,
  CustomObjectsApi,
  KubeConfig,
  KubernetesObjectApi,
  makeInformer,
  PatchStrategy,
  setHeaderOptions,
  Watch,
} from '@kubernetes/client-node';

const NAMESPACE = 'js-client';
const PATIENCE_MS = 20_000;

const config = new KubeConfig();
config.loadFromFile(process.argv[2]);
const core = config.makeApiClient(CoreV1Api);
const apps = config.makeApiClient(AppsV1Api);
const custom = config.makeApiClient(CustomObjectsApi);
const objects = KubernetesObjectApi.makeApiClient(config);

async function step(what, act) {
  try {
    console.log(`${what}: ${JSON.stringify(await act())}`);
  } catch (error) {
    const status = typeof error.body === 'string' ? JSON.parse(error.body) : error.body;
    console.log(`${what}: error ${error.code} ${status?.reason}: ${status?.message ?? error.message}`);
  }
}

async function eventually(what, isSo) {
  for (const end = performance.now() + PATIENCE_MS; !(await isSo()); await pause(50)) {
    if (performance.now() > end) throw new Error(`not so: ${what}`);
  }
}

const map = (name, data) => ({ metadata: { name, labels: { app: 'js' } }, data });
const place = (name) => ({ name, namespace: NAMESPACE });
const site = { group: 'demo.orkestra.io', version: 'v1', plural: 'websites', namespace: NAMESPACE };

async function verbs() {
  await step('namespace', async () => (await core.createNamespace({ body: { metadata: { name: NAMESPACE } } })).spec);
  await step('create', async () => {
    const { data, kind } = await core.createNamespacedConfigMap({ namespace: NAMESPACE, body: map('a', { k: 'v' }) });
    return { data, kind };
  });
  await step('create again', () => core.createNamespacedConfigMap({ namespace: NAMESPACE, body: map('a') }));
  const old = await core.readNamespacedConfigMap(place('a'));
  await step('replace', async () => {
    const body = { ...old, data: { k: 'w' } };
    return (await core.replaceNamespacedConfigMap({ ...place('a'), body })).data;
  });
  await step('replace an old version', () => core.replaceNamespacedConfigMap({ ...place('a'), body: old }));
  const patches = {
    [PatchStrategy.MergePatch]: { data: { m: '1' } },
    [PatchStrategy.StrategicMergePatch]: { data: { s: '2' } },
    [PatchStrategy.JsonPatch]: [{ op: 'remove', path: '/data/k' }],
    [PatchStrategy.ServerSideApply]: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { x: '3' } },
  };
  for (const [type, body] of Object.entries(patches)) {
    await step(type, async () => {
      const options = setHeaderOptions('Content-Type', type);
      const apply = type === PatchStrategy.ServerSideApply ? { fieldManager: 'js' } : {};
      return (await core.patchNamespacedConfigMap({ ...place('a'), body, ...apply }, options)).data;
    });
  }
  await step('list', async () => {
    const { items } = await core.listNamespacedConfigMap({ namespace: NAMESPACE, labelSelector: 'app=js' });
    return items.map(({ metadata }) => metadata.name);
  });
  await step('read what is not there', () => core.readNamespacedConfigMap(place('nobody')));
  await step('deployment', async () => {
    const labels = { app: 'web' };
    const template = { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'nginx:1.27' }] } };
    const body = { metadata: { name: 'web' }, spec: { replicas: 2, selector: { matchLabels: labels }, template } };
    return (await apps.createNamespacedDeployment({ namespace: NAMESPACE, body })).spec;
  });
  await eventually('two pods are ready', async () => {
    const { status } = await apps.readNamespacedDeployment(place('web'));
    return status.readyReplicas === 2;
  });
  await step('any object', async () => {
    const made = await objects.create({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: place('sa') });
    return [made.kind, made.metadata.name];
  });
}

async function customObjects() {
  const body = {
    apiVersion: 'demo.orkestra.io/v1',
    kind: 'Website',
    metadata: { name: 'one' },
    spec: { image: 'nginx:1.27', message: 'hello' },
  };
  await step('create a website', async () => (await custom.createNamespacedCustomObject({ ...site, body })).spec);
  await step('create a wrong one', () => {
    const wrong = { ...body, metadata: { name: 'two' }, spec: { message: 5 } };
    return custom.createNamespacedCustomObject({ ...site, body: wrong });
  });
  await step('its status', async () => {
    const patch = { status: { phase: 'Ready' } };
    const options = setHeaderOptions('Content-Type', PatchStrategy.MergePatch);
    const written = await custom.patchNamespacedCustomObjectStatus({ ...site, name: 'one', body: patch }, options);
    return written.status;
  });
}

async function watches() {
  const events = [];
  const path = `/apis/${site.group}/${site.version}/namespaces/${NAMESPACE}/websites`;
  const request = await new Watch(config).watch(
    path,
    {},
    (type, { metadata }) => events.push(`${type} ${metadata.name}`),
    () => undefined,
  );
  await eventually('the website is told', () => events.length === 1);
  await custom.deleteNamespacedCustomObject({ ...site, name: 'one' });
  await eventually('its end is told', () => events.length === 2);
  request.abort();
  await step('watch', () => events);

  const told = [];
  const list = () => core.listNamespacedConfigMap({ namespace: NAMESPACE, labelSelector: 'app=js' });
  const informer = makeInformer(config, `/api/v1/namespaces/${NAMESPACE}/configmaps`, list, 'app=js');
  for (const verb of ['add', 'update', 'delete']) {
    informer.on(verb, ({ metadata, data }) => told.push(`${verb} ${metadata.name} ${JSON.stringify(data)}`));
  }
  informer.on('error', (error) => told.push(`error ${error}`));
  await informer.start();
  await eventually('what is there is told', () => told.length === 1);
  await core.createNamespacedConfigMap({ namespace: NAMESPACE, body: map('b', { n: '1' }) });
  await eventually('the new one is told', () => told.length === 2);
  await core.deleteNamespacedConfigMap(place('a'));
  await eventually('the end is told', () => told.length === 3);
  await informer.stop();
  await step('informer', () => told);
}

await verbs();
await customObjects();
await watches();
