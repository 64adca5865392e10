// CRDs whose plural the Katalog doesn't say, and kinds that its entries only name: the API server knows them, or a manifest
// that is about to be applied. The guess of the compiler is for the screen only and never gets into a request.
import { formatPosition, type Gvk, gvkString, OrkestraError } from '../../common';
import { type CompiledCrd, type CompiledKatalog, withCustomKinds } from '../../katalog';
import { type ClusterConfig, Discovery, type KubeApi, type ResourceType } from '../../kube';

/**
 * The Katalog with real plurals. Asks nothing when all are known; `announced` is served soon. Rejects with a UserError when
 * a CRD isn't served: without its plural nobody can wait for it. Kinds of children may come later.
 */
export async function discoverPlurals(
  katalog: CompiledKatalog,
  api: KubeApi,
  cluster: Pick<ClusterConfig, 'contextName'>,
  announced: readonly ResourceType[] = [],
): Promise<CompiledKatalog> {
  if (!katalog.crds.some(isOpen)) return katalog;
  const discovery = new Discovery(api);
  const resourceFor = (gvk: Gvk): ResourceType | Promise<ResourceType | undefined> =>
    announced.find((one) => gvkString(one) === gvkString(gvk)) ?? discovery.resourceFor(gvk);
  const crds = await Promise.all(
    katalog.crds.map(async (crd) => {
      const known = crd.isPluralGuessed ? discovered(crd, await resourceFor(crd.gvk), cluster.contextName) : crd;
      if (!known.customKinds.some(({ resource }) => resource === undefined)) return known;
      const customKinds = known.customKinds.map(async (kind) => ({
        ...kind,
        resource: kind.resource ?? (await resourceFor(kind.gvk)),
      }));
      return withCustomKinds(known, await Promise.all(customKinds));
    }),
  );
  return Object.freeze({ ...katalog, crds: Object.freeze(crds) });
}

function isOpen({ isPluralGuessed, customKinds }: CompiledCrd): boolean {
  return isPluralGuessed || customKinds.some(({ resource }) => resource === undefined);
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
