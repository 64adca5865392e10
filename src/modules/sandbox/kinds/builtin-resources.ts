// The resources that are built in: the recorded table says what there is, the OpenAPI tables what its objects look like,
// the strategies how it behaves.
import { type JsonObject, type MutableJsonObject } from '../../common';
import { builtinSchema } from '../../schema';
import { convertAutoscaler } from './autoscaling';
import { convertEvent } from './events';
import { type ResourceDefinition, type ServedVersion } from '../registry/resource-definition';
import { type KindStrategy } from './kind-strategy';
import { RECORDED_GROUPS } from './recorded/discovery.table';
import { type RecordedGroup, type RecordedResource } from './recorded/recorded-group';
import { toWireForm, writeNulls } from './wire-form';

/** Stored under one id by both groups: an Event is the same object in either. */
const EVENTS = '/events';
const NEWER_EVENTS = 'events.k8s.io';
const REPLICAS = { specPath: '.spec.replicas', statusPath: '.status.replicas' } as const;

/** Kinds whose versions differ in more than the apiVersion. */
const CONVERSIONS: Readonly<Record<string, NonNullable<ResourceDefinition['convert']>>> = {
  '/events': convertEvent,
  'events.k8s.io/events': convertEvent,
  'autoscaling/horizontalpodautoscalers': convertAutoscaler,
};

/** Versions that the real server warns of. */
const DEPRECATIONS: Readonly<Record<string, string>> = {
  '/v1/endpoints': 'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice',
  '/v1/componentstatuses': 'v1 ComponentStatus is deprecated in v1.19+',
};

/** What a strategy is made for: `apps/deployments`, `/pods`. */
export type Strategies = Readonly<Record<string, KindStrategy>>;

/** One definition for each resource of the real server, with `strategies` for those that have one. */
export function builtinResources(strategies: Strategies): readonly ResourceDefinition[] {
  return RECORDED_GROUPS.flatMap((group) => {
    const plurals = new Set(group.versions.flatMap(({ resources }) => resources.map(({ plural }) => plural)));
    return [...plurals].map((plural) => definitionOf(group, plural, strategies));
  });
}

function definitionOf(recorded: RecordedGroup, plural: string, strategies: Strategies): ResourceDefinition {
  const { group } = recorded;
  const served = recorded.versions.flatMap(({ version, resources }) => {
    const resource = resources.find((candidate) => candidate.plural === plural);
    return resource === undefined ? [] : [{ version, resource }];
  });
  const [preferred] = served;
  if (preferred === undefined) throw new Error(`no version serves ${plural}`);
  const { resource } = preferred;
  const id = `${group}/${plural}`;
  const isEvents = plural === 'events';
  const convert = CONVERSIONS[id];
  const versions = served.map(({ version, resource: entry }) => servedVersion(group, version, entry));
  return {
    id: isEvents ? EVENTS : id,
    group,
    kind: resource.kind,
    listKind: `${resource.kind}List`,
    plural,
    singular: resource.singular,
    shortNames: words(resource.shortNames),
    categories: words(resource.categories),
    namespaced: resource.isNamespaced === true,
    versions,
    storageVersion: preferred.version,
    ...(isEvents ? { storedApiVersion: 'v1' } : {}),
    ...(convert === undefined ? {} : { convert }),
    verbs: words(resource.verbs),
    isCustom: false,
    strategy: withForm(group, versions, strategies[id] ?? {}),
  };
}

/** What holds for all built-in kinds: the form in which Go writes them, and a status that only its subresource changes. */
function withForm(group: string, versions: readonly ServedVersion[], strategy: KindStrategy): KindStrategy {
  const schemaOf = (draft: JsonObject): ServedVersion | undefined =>
    versions.find(({ name }) => draft['apiVersion'] === (group === '' ? name : `${group}/${name}`)) ?? versions[0];
  // The newer Event has another type of the same name; it is stored in the older form.
  const settle = (draft: MutableJsonObject): void => {
    if (group !== NEWER_EVENTS) toWireForm(draft, schemaOf(draft)?.schema ?? {});
  };
  const hasStatus = versions.some((version) => version.hasStatus);
  return {
    ...strategy,
    default: (draft) => {
      settle(draft);
      strategy.default?.(draft);
      if (strategy.default !== undefined) settle(draft);
    },
    prepareForCreate: (draft) => {
      if (hasStatus) delete draft['status'];
      strategy.prepareForCreate?.(draft);
      settle(draft);
    },
    prepareForUpdate: (draft, old) => {
      if (hasStatus) {
        if (old['status'] === undefined) delete draft['status'];
        else draft['status'] = old['status'];
      }
      strategy.prepareForUpdate?.(draft, old);
    },
    complete: (draft) => {
      strategy.complete?.(draft);
      if (group !== NEWER_EVENTS) writeNulls(draft, schemaOf(draft)?.schema ?? {});
    },
  };
}

function servedVersion(group: string, version: string, resource: RecordedResource): ServedVersion {
  const deprecation = DEPRECATIONS[`${group}/${version}/${resource.plural}`];
  const has = (name: string): boolean => resource.subresources?.some((entry) => entry.name === name) === true;
  return {
    name: version,
    // When it is first asked for: most kinds of a run are never touched.
    get schema() {
      return builtinSchema(group, version, resource.kind) ?? {};
    },
    hasStatus: has('status'),
    ...(deprecation === undefined ? {} : { deprecation }),
    ...(has('scale') ? { scale: { ...REPLICAS, selectorPath: '.spec.selector' } } : {}),
  };
}

function words(text: string | undefined): readonly string[] {
  return text === undefined ? [] : text.split(' ');
}
