import { type CompiledCrd, type CompiledKatalog, deriveRuntimeRules } from '../../katalog';
import { type KubeApi } from '../../kube';
import { katalogOf } from '../../kordinator/testing/kordinator-harness';
import { discoverPlurals } from './discover-plurals';

const PERSON = `    person:
      apiTypes: { group: demo.example.org, version: v1, kind: Person }
      operatorBox: {}
`;
const CONTEXT = { contextName: 'test' };

/** Serves the kind Person of demo.example.org/v1 under this plural; undefined: not at all. */
function serving(plural: string | undefined, scope = 'Namespaced'): { readonly api: KubeApi; asked: number } {
  const resources = plural === undefined ? [] : [{ resource: plural, scope, responseKind: { kind: 'Person' } }];
  const group = { metadata: { name: 'demo.example.org' }, versions: [{ version: 'v1', resources }] };
  const server = {
    asked: 0,
    api: {
      raw: (path: string) => {
        server.asked += 1;
        return Promise.resolve({ body: JSON.stringify({ items: path === '/apis' ? [group] : [] }) });
      },
    } as unknown as KubeApi,
  };
  return server;
}

function only({ crds }: CompiledKatalog): CompiledCrd {
  return crds[0]!;
}

it('takes the plural that the cluster serves', async () => {
  const found = only(await discoverPlurals(katalogOf(PERSON), serving('people').api, CONTEXT));
  expect(found).toMatchObject({ isPluralGuessed: false, resource: { plural: 'people', namespaced: true } });
});

it('asks nothing when the Katalog says all plurals', async () => {
  const said = katalogOf(PERSON.replace('Person }', 'Person, plural: people }'));
  const server = serving(undefined);
  expect(await discoverPlurals(said, server.api, CONTEXT)).toBe(said);
  expect(server.asked).toBe(0);
});

it('refuses a kind that is not served: what, where, what to do', async () => {
  await expect(discoverPlurals(katalogOf(PERSON), serving(undefined).api, CONTEXT)).rejects.toMatchObject({
    kind: 'UserError',
    message: expect.stringMatching(
      /katalog\.yaml:10:7: spec\.crds\.person: .*context "test" serves no demo\.example\.org\/v1, Kind=Person.*apiTypes\.plural/,
    ),
  });
});

it('refuses a scope that is not the one of the Katalog', async () => {
  await expect(discoverPlurals(katalogOf(PERSON), serving('people', 'Cluster').api, CONTEXT)).rejects.toThrow(
    /is cluster-scoped in context "test": write namespaced: false/,
  );
});

describe('kinds that entries name', () => {
  const SHOP = `    shop:
      apiTypes: { group: demo.example.org, version: v1, kind: Shop, plural: shops }
      operatorBox:
        onReconcile:
          custom:
            - { apiVersion: demo.example.org/v1, kind: Person, metadata: { name: a } }
            - { apiVersion: demo.example.org/v1, kind: Ghost, metadata: { name: a } }
`;
  const named = async (scope?: string): Promise<CompiledCrd> =>
    only(await discoverPlurals(katalogOf(SHOP), serving('people', scope).api, CONTEXT));

  it('are known as far as the cluster serves them; the others may come later', async () => {
    const { customKinds, needsFinalizer } = await named();
    expect(customKinds.map(({ gvk, resource }) => [gvk.kind, resource?.plural])).toEqual([
      ['Person', 'people'],
      ['Ghost', undefined],
    ]);
    expect(needsFinalizer).toBe(false);
  });

  it('without a namespace need the finalizer', async () => {
    expect((await named('Cluster')).needsFinalizer).toBe(true);
  });

  it('are part of the rights that the account needs', async () => {
    const katalog = await discoverPlurals(katalogOf(SHOP), serving('people').api, CONTEXT);
    const names = deriveRuntimeRules(katalog).map(({ resources: [name] }) => name);
    expect(names).toContain('people');
    expect(names).not.toContain('ghosts');
  });
});
