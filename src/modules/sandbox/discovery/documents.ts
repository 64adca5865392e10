// The documents of discovery: one per group and version as clients have always asked for them, and the aggregated one.
import { apiVersionOf, type JsonObject } from '../../common';
import { type RecordedSubresource } from '../kinds';
import { type DiscoveredGroup, type DiscoveredResource } from './discovered-groups';

const words = (text: string | undefined): readonly string[] => (text === undefined ? [] : text.split(' '));

export function apiGroup({ group, versions }: DiscoveredGroup): JsonObject {
  const listed = versions.map(({ version }) => ({ groupVersion: apiVersionOf({ group, version }), version }));
  return { name: group, versions: listed, preferredVersion: listed[0] };
}

export function resourceList(group: string, version: string, resources: readonly DiscoveredResource[]): JsonObject {
  return {
    kind: 'APIResourceList',
    // Of the core group the server leaves it out.
    ...(group === '' ? {} : { apiVersion: 'v1' }),
    groupVersion: apiVersionOf({ group, version }),
    resources: resources.flatMap((resource) => [legacy(resource), ...legacyParts(resource)]),
  };
}

function legacy({ plural, singular, kind, isNamespaced, ...resource }: DiscoveredResource): JsonObject {
  return {
    name: plural,
    singularName: singular,
    namespaced: isNamespaced === true,
    kind,
    verbs: words(resource.verbs),
    ...(resource.shortNames === undefined ? {} : { shortNames: words(resource.shortNames) }),
    ...(resource.categories === undefined ? {} : { categories: words(resource.categories) }),
    ...(resource.hash === undefined ? {} : { storageVersionHash: resource.hash }),
  };
}

function legacyParts({ plural, isNamespaced, subresources = [] }: DiscoveredResource): readonly JsonObject[] {
  return subresources.map((entry) => {
    const { group, version, kind } = typeOf(entry);
    return {
      name: `${plural}/${entry.name}`,
      singularName: '',
      namespaced: isNamespaced === true,
      ...(version === '' ? {} : { group, version }),
      kind,
      verbs: words(entry.verbs),
    };
  });
}

/** A kind of another group stands with both in the table. */
function typeOf({ kind }: RecordedSubresource): {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
} {
  const [group = '', version = '', name] = kind.split('/');
  return name === undefined ? { group: '', version: '', kind } : { group, version, kind: name };
}

/** apidiscovery.k8s.io/v2. */
export function aggregated(groups: readonly DiscoveredGroup[]): JsonObject {
  return {
    kind: 'APIGroupDiscoveryList',
    apiVersion: 'apidiscovery.k8s.io/v2',
    metadata: {},
    items: groups.map(({ group, versions }) => ({
      metadata: group === '' ? {} : { name: group },
      versions: versions.map(({ version, resources }) => ({
        version,
        resources: resources.map((resource) => discovered(resource, group, version)),
        freshness: 'Current',
      })),
    })),
  };
}

function discovered(resource: DiscoveredResource, group: string, version: string): JsonObject {
  const own = resource.isCustom === true ? { group, version } : { group: '', version: '' };
  const subresources = (resource.subresources ?? []).map((entry) => {
    const type = typeOf(entry);
    return {
      subresource: entry.name,
      responseKind: type.version === '' ? { ...own, kind: type.kind } : type,
      verbs: words(entry.verbs),
    };
  });
  return {
    resource: resource.plural,
    responseKind: { ...own, kind: resource.kind },
    scope: resource.isNamespaced === true ? 'Namespaced' : 'Cluster',
    singularResource: resource.singular,
    verbs: words(resource.verbs),
    ...(resource.shortNames === undefined ? {} : { shortNames: words(resource.shortNames) }),
    ...(resource.categories === undefined ? {} : { categories: words(resource.categories) }),
    ...(subresources.length === 0 ? {} : { subresources }),
  };
}
