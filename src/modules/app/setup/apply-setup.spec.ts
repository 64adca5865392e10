import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CompiledKatalog } from '../../katalog';
import { type KubeApi } from '../../kube';
import { katalogOf } from '../../kordinator/testing/kordinator-harness';
import { setupRules } from './apply-setup';

const PERSON = `    person:
      apiTypes: { group: demo.example.org, version: v1, kind: Person, plural: people }
      operatorBox: {}
`;
const CRD = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: people.demo.example.org }
spec:
  group: demo.example.org
  scope: Namespaced
  names: { plural: people, kind: Person }
  versions: [{ name: v1 }]
`;
const CRS = `apiVersion: demo.example.org/v1
kind: Person
metadata: { name: a }
---
apiVersion: v1
kind: Secret
metadata: { name: a }
---
apiVersion: none.example.org/v1
kind: Unknown
metadata: { name: a }
`;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ork-setup-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Serves Secrets and nothing else. */
const api = {
  raw: (path: string) => {
    const resources = [{ resource: 'secrets', scope: 'Namespaced', responseKind: { kind: 'Secret' } }];
    const core = { metadata: {}, versions: [{ version: 'v1', resources }] };
    return Promise.resolve({ body: JSON.stringify({ items: path === '/api' ? [core] : [] }) });
  },
} as unknown as KubeApi;

function katalog(files: Readonly<Record<string, string>>): CompiledKatalog {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return { ...katalogOf(PERSON), files: [join(folder, 'katalog.yaml')] };
}

it('asks for the rights of every kind that is applied: of a definition that comes with it, and of one that is served', async () => {
  const rules = await setupRules({ katalog: katalog({ 'crd.yaml': CRD, 'cr.yaml': CRS }), api });
  expect(rules).toEqual([
    { apiGroups: ['demo.example.org'], resources: ['people'], verbs: ['create', 'patch'] },
    { apiGroups: [''], resources: ['secrets'], verbs: ['create', 'patch'] },
    {
      apiGroups: ['apiextensions.k8s.io'],
      resources: ['customresourcedefinitions'],
      verbs: ['get', 'create', 'patch'],
    },
  ]);
});

it('asks for nothing where nothing is applied', async () => {
  expect(await setupRules({ katalog: katalog({}), api })).toEqual([]);
});
