import { type CompiledKatalog } from '../../../modules/katalog';
import { clusterHints, sandboxHints } from './hints';

const SANDBOX = { kubeconfig: '/tmp/my runs/kubeconfig', context: 'sandbox' };

function katalog(resource: object, kinds: readonly (readonly [string, boolean])[] = []): CompiledKatalog {
  const childKinds = kinds.map(([plural, isWorkload]) => ({ resource: { plural }, isWorkload }));
  return {
    crds: [{ resource: { namespaced: true, ...resource }, isPluralGuessed: false, childKinds }],
  } as unknown as CompiledKatalog;
}

const SITES = { plural: 'sites', kind: 'Site', version: 'v1', group: 'demo.io' };

describe('what to try on a cluster', () => {
  it('is a look at the first CRD, with the cluster that was named', () => {
    expect(clusterHints(katalog(SITES), { kubeconfig: 'my config', context: 'dev' })).toEqual([
      "Try       kubectl get sites.demo.io -A --kubeconfig 'my config' --context dev",
    ]);
  });

  it('is nothing without a CRD', () => {
    expect(clusterHints({ crds: [] } as unknown as CompiledKatalog, {})).toEqual([]);
  });
});

describe('what to try in the sandbox', () => {
  it('is its kubeconfig, the CRs, the children, and a deletion that can hit no other cluster', () => {
    const kinds = [
      ['configmaps', false],
      ['deployments', true],
    ] as const;
    expect(sandboxHints(katalog({ ...SITES, namespaced: false }, kinds), SANDBOX)).toEqual([
      "Try       export KUBECONFIG='/tmp/my runs/kubeconfig'",
      '          kubectl get sites.demo.io',
      '          kubectl get configmaps,deployments -A',
      '          kubectl --context sandbox delete deployments -A -l orkestra.orkspace.io/managed=true   # back at once',
    ]);
  });

  it('deletes nothing where nothing would come back', () => {
    expect(sandboxHints(katalog(SITES), SANDBOX).slice(2)).toEqual([
      '          kubectl get events -A',
      '          kubectl api-resources',
    ]);
  });
});
