// The manifests of deploy/ fit the product: rights, probes, the user that the image runs as.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { compileKatalog, deriveRuntimeRules } from '../../src/modules/katalog';

const ROOT = join(__dirname, '..', '..');
const MANIFESTS = join(ROOT, 'deploy', 'manifests');
const SAMPLE = join(ROOT, 'examples/beginner/01-hello-website/katalog.yaml');

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly [field: string]: any;
}

const all = readdirSync(MANIFESTS)
  .filter((file) => file.endsWith('.yaml'))
  .flatMap((file) =>
    parseAllDocuments(readFileSync(join(MANIFESTS, file), 'utf8')).map((one) => one.toJS() as Manifest),
  );

function only(kind: string): Manifest {
  const found = all.filter((manifest) => manifest.kind === kind);
  expect(found).toHaveLength(1);
  return found[0]!;
}

it('gives the runtime exactly the rights that follow from the sample Katalog', () => {
  expect(only('ClusterRole')['rules']).toEqual(deriveRuntimeRules(compileKatalog([SAMPLE])));
});

it('is what scripts/manifests.js writes now', () => {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { manifests } = require('../../scripts/manifests.js') as {
    manifests: (rules: unknown) => Readonly<Record<string, string>>;
  };
  for (const [file, text] of Object.entries(manifests(deriveRuntimeRules(compileKatalog([SAMPLE]))))) {
    expect({ file, text: readFileSync(join(MANIFESTS, file), 'utf8') }).toEqual({ file, text });
  }
});

it('binds those rights to the service account that the Deployment runs under', () => {
  const account = only('ServiceAccount').metadata;
  expect(only('ClusterRoleBinding')['subjects']).toEqual([{ kind: 'ServiceAccount', ...nameOf(account) }]);
  expect(only('ClusterRoleBinding')['roleRef'].name).toBe(only('ClusterRole').metadata.name);
  expect(only('Deployment')['spec'].template.spec.serviceAccountName).toBe(account.name);
  expect(only('Deployment').metadata.namespace).toBe(account.namespace);
  expect(only('Namespace').metadata.name).toBe(account.namespace);
});

it('mounts the files that KATALOG_PATH and crdFile name', () => {
  const { containers, volumes } = only('Deployment')['spec'].template.spec;
  const [container] = containers;
  const path = container.env.find(({ name }: { readonly name: string }) => name === 'KATALOG_PATH').value as string;
  expect(path).toBe(`${container.volumeMounts[0].mountPath}/katalog.yaml`);
  const configMap = only('ConfigMap');
  expect(volumes[0].configMap.name).toBe(configMap.metadata.name);
  expect(Object.keys(configMap['data'] as object)).toEqual(['katalog.yaml', 'crd.yaml']);
});

it('asks the probes of the runtime, and runs without root and without a writable root file system', () => {
  const { securityContext, containers } = only('Deployment')['spec'].template.spec;
  const [container] = containers;
  expect(container.startupProbe.httpGet.path).toBe('/startup');
  expect(container.livenessProbe.httpGet.path).toBe('/health');
  expect(container.readinessProbe.httpGet.path).toBe('/ready');
  expect(securityContext.runAsNonRoot).toBe(true);
  expect(container.securityContext).toMatchObject({ readOnlyRootFilesystem: true, allowPrivilegeEscalation: false });
  const dockerfile = readFileSync(join(ROOT, 'deploy/docker/Dockerfile'), 'utf8');
  expect(dockerfile).toContain(`USER ${securityContext.runAsUser}:${securityContext.runAsGroup}`);
});

it.each(['runtime', 'gateway', 'controlcenter'])('has an image for the %s that starts its entry file', (role) => {
  const dockerfile = readFileSync(join(ROOT, 'deploy/docker/Dockerfile'), 'utf8');
  const target = dockerfile.slice(dockerfile.indexOf(`FROM base AS ${role}\n`)).split('\n\n')[0];
  expect(target).toContain(`CMD ["node", "dist/main.${role}.js"]`);
  expect(readFileSync(join(ROOT, `src/main.${role}.ts`), 'utf8')).toContain('bootstrap');
});

function nameOf({ name, namespace }: Manifest['metadata']): Manifest['metadata'] {
  return { name, ...(namespace === undefined ? {} : { namespace }) };
}
