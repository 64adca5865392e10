import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox } from './sandbox';

const CONFIG_MAPS = { group: '', version: 'v1', kind: 'ConfigMap', plural: 'configmaps', namespaced: true };
const CRDS = {
  group: 'apiextensions.k8s.io',
  version: 'v1',
  kind: 'CustomResourceDefinition',
  plural: 'customresourcedefinitions',
  namespaced: false,
};
const ANYTHING = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
const WIDGETS = { group: 'example.org', version: 'v1', kind: 'Widget', plural: 'widgets', namespaced: true };

let dataFolder: string;
beforeEach(() => (dataFolder = mkdtempSync(join(tmpdir(), 'ork-sandbox-'))));
afterEach(() => rmSync(dataFolder, { recursive: true, force: true }));

it('objects, custom ones too, survive a restart, and versions go on', async () => {
  const first = await startSandbox({ dataFolder, controllers: [] });
  const schema = { openAPIV3Schema: { type: 'object', properties: { spec: ANYTHING } } };
  await first.api.create(CRDS, undefined, {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'widgets.example.org' },
    spec: {
      group: 'example.org',
      names: { kind: 'Widget', plural: 'widgets' },
      scope: 'Namespaced',
      versions: [{ name: 'v1', served: true, storage: true, schema }],
    },
  });
  const widget = await first.api.create(WIDGETS, 'default', {
    apiVersion: 'example.org/v1',
    kind: 'Widget',
    metadata: { name: 'w' },
    spec: { id: 9007199254740993n },
  });
  const gone = await first.api.create(CONFIG_MAPS, 'default', { metadata: { name: 'gone' } });
  await first.api.delete({ resource: CONFIG_MAPS, namespace: 'default', name: 'gone' }, {});
  await first.stop();

  const second = await startSandbox({ dataFolder, controllers: [] });
  try {
    expect(await second.api.get({ resource: WIDGETS, namespace: 'default', name: 'w' })).toEqual(widget);
    expect((await second.api.list({ resource: CONFIG_MAPS, namespace: 'default' })).items).toEqual([]);
    const made = await second.api.create(CONFIG_MAPS, 'default', { metadata: { name: 'new' } });
    expect(Number(made.metadata.resourceVersion)).toBeGreaterThan(Number(gone.metadata.resourceVersion) + 1);
  } finally {
    await second.stop();
  }
});

it('two sandboxes do not share a folder', async () => {
  const first = await startSandbox({ dataFolder, controllers: [] });
  await expect(startSandbox({ dataFolder, controllers: [] })).rejects.toThrow('is in use by process');
  await first.stop();
});
