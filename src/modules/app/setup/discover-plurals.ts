// CRDs whose plural the Katalog doesn't say: the API server knows it, or a manifest that is about to be applied. The guess of the compiler is for the screen only
// and never gets into a request.
import { formatPosition, type Gvk, gvkString, OrkestraError } from '../../common';
import { type CompiledCrd, type CompiledKatalog } from '../../katalog';
import { type ClusterConfig, Discovery, type KubeApi, type ResourceType } from '../../kube';

/**
 * The Katalog with real plurals. Asks nothing when none is guessed; `announced` is served soon. Rejects with a UserError when a kind isn't served:
 * without its plural nobody can wait for it.
 */
export async function discoverPlurals(
  katalog: CompiledKatalog,
  api: KubeApi,
  cluster: Pick<ClusterConfig, 'contextName'>,
  announced: readonly ResourceType[] = [],
): Promise<CompiledKatalog> {
  if (!katalog.crds.some(({ isPluralGuessed }) => isPluralGuessed)) return katalog;
  const discovery = new Discovery(api);
  const resourceFor = (gvk: Gvk): ResourceType | Promise<ResourceType | undefined> =>
    announced.find((one) => gvkString(one) === gvkString(gvk)) ?? discovery.resourceFor(gvk);
  const crds = await Promise.all(
    katalog.crds.map(async (crd) =>
      crd.isPluralGuessed ? discovered(crd, await resourceFor(crd.gvk), cluster.contextName) : crd,
    ),
  );
  return Object.freeze({ ...katalog, crds: Object.freeze(crds) });
}

function discovered(crd: CompiledCrd, resource: ResourceType | undefined, context: string): CompiledCrd {
  const kind = gvkString(crd.gvk);
  if (resource === undefined) {
    throw refusal(
      crd,
      `the API server of context "${context}" serves no ${kind}, and the Katalog does not say its plural: ` +
        `apply its CRD and start again; or write crdFile or apiTypes.plural, then the CRD may come later`,
    );
  }
  if (resource.namespaced !== crd.resource.namespaced) {
    const scope = resource.namespaced ? 'namespaced' : 'cluster-scoped';
    throw refusal(crd, `${kind} is ${scope} in context "${context}": write namespaced: ${resource.namespaced}`);
  }
  return Object.freeze({ ...crd, resource, isPluralGuessed: false });
}

function refusal({ position, name }: CompiledCrd, message: string): OrkestraError {
  return new OrkestraError({
    code: 'KIND_NOT_SERVED',
    kind: 'UserError',
    message: `${formatPosition(position)}: spec.crds.${name}: ${message}`,
  });
}
