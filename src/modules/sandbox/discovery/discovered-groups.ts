// What discovery tells, as a list of groups: the recorded table for built-in resources, the registry for custom ones.
import { createHash } from 'node:crypto';
import { RECORDED_GROUPS, type RecordedGroup, type RecordedResource, type RecordedVersion } from '../kinds';
import { type ResourceDefinition, type ResourceRegistry, type ServedVersion } from '../registry';

/** As custom resources list them. */
const CUSTOM_VERBS = 'delete deletecollection get list patch create update watch';
/** Of a kind that is going: its objects may still be changed, which discovery does not tell. */
const CLOSED_VERBS = 'delete deletecollection get list watch';
const PART_VERBS = 'get patch update';

/** A resource as discovery tells it; `isCustom` ones name their group and version in aggregated discovery. */
export interface DiscoveredResource extends RecordedResource {
  readonly isCustom?: boolean;
}

export interface DiscoveredGroup extends RecordedGroup {
  readonly versions: readonly (RecordedVersion & { readonly resources: readonly DiscoveredResource[] })[];
}

/** The core group first. */
export function discoveredGroups(registry: ResourceRegistry): readonly DiscoveredGroup[] {
  const custom = new Map<string, ResourceDefinition[]>();
  for (const definition of registry.all()) {
    if (!definition.isCustom) continue;
    const group = custom.get(definition.group);
    if (group === undefined) custom.set(definition.group, [definition]);
    else group.push(definition);
  }
  const known = RECORDED_GROUPS.map((group) => withCustom(group, custom.get(group.group) ?? []));
  const names = new Set(RECORDED_GROUPS.map(({ group }) => group));
  const added = [...custom.keys()].filter((name) => !names.has(name)).sort();
  return [...known, ...added.map((group) => withCustom({ group, versions: [] }, custom.get(group) ?? []))];
}

function withCustom(recorded: RecordedGroup, definitions: readonly ResourceDefinition[]): DiscoveredGroup {
  if (definitions.length === 0) return recorded;
  const resources = new Map<string, DiscoveredResource[]>();
  for (const definition of [...definitions].sort((a, b) => (a.plural < b.plural ? -1 : 1))) {
    for (const version of definition.versions) {
      const list = resources.get(version.name) ?? [];
      list.push(customResource(definition, version));
      resources.set(version.name, list);
    }
  }
  const versions = [...recorded.versions.map(({ version }) => version)];
  versions.push(...[...resources.keys()].filter((name) => !versions.includes(name)).sort(compareVersions));
  return {
    group: recorded.group,
    versions: versions.map((version) => ({
      version,
      resources: [
        ...(recorded.versions.find((entry) => entry.version === version)?.resources ?? []),
        ...(resources.get(version) ?? []),
      ],
    })),
  };
}

function customResource(definition: ResourceDefinition, version: ServedVersion): DiscoveredResource {
  const { group, plural, singular, kind, namespaced, shortNames, categories, storageVersion } = definition;
  const subresources = [
    ...(version.hasStatus ? [{ name: 'status', kind, verbs: PART_VERBS }] : []),
    ...(version.scale === undefined ? [] : [{ name: 'scale', kind: 'autoscaling/v1/Scale', verbs: PART_VERBS }]),
  ];
  return {
    plural,
    singular,
    kind,
    isNamespaced: namespaced,
    isCustom: true,
    verbs: definition.strategy.closedBecause === undefined ? CUSTOM_VERBS : CLOSED_VERBS,
    ...(shortNames.length === 0 ? {} : { shortNames: shortNames.join(' ') }),
    ...(categories.length === 0 ? {} : { categories: categories.join(' ') }),
    hash: storageHash(group, storageVersion, kind),
    ...(subresources.length === 0 ? {} : { subresources }),
  };
}

/** Eight bytes of the SHA-256 of what is stored. */
function storageHash(group: string, version: string, kind: string): string {
  return createHash('sha256').update(`${group}/${version}/${kind}`).digest().subarray(0, 8).toString('base64');
}

const VERSION = /^v(\d+)(?:(alpha|beta)(\d+))?$/;

/** Kubernetes' order of versions: stable, beta, alpha, the newer first; other names behind, by their letters. */
export function compareVersions(a: string, b: string): number {
  const left = VERSION.exec(a);
  const right = VERSION.exec(b);
  if (left === null || right === null) {
    if (left === null && right === null) return a < b ? -1 : a > b ? 1 : 0;
    return left === null ? 1 : -1;
  }
  const stage = (match: RegExpExecArray): number => (match[2] === undefined ? 2 : match[2] === 'beta' ? 1 : 0);
  if (stage(left) !== stage(right)) return stage(right) - stage(left);
  return Number(right[1]) - Number(left[1]) || Number(right[3] ?? 0) - Number(left[3] ?? 0);
}
