// Lanes as JSON (spec: runtime §18.2-18.4). Pure.
import { formatDuration, type JsonValue, VERSION } from '../../common';
import { type CompiledBlock, type CompiledKatalog, deriveRuntimeRules } from '../../katalog';
import { type Lane } from '../lanes/lane';
import {
  type CrdHealthView,
  type CrdSummary,
  type CrdView,
  type DependencyView,
  type KatalogView,
  type NamespaceSummary,
  type OperatorBoxView,
  type StatusCounts,
} from './contract';

export interface ViewContext {
  readonly katalog: CompiledKatalog;
  readonly lanes: readonly Lane[];
  readonly isKonductor: boolean;
  readonly gatewayEndpoint: string | undefined;
}

export function katalogView(context: ViewContext): KatalogView {
  const { katalog, lanes, isKonductor, gatewayEndpoint } = context;
  const statusCounts = countStates(lanes);
  const isHealthy = statusCounts.degraded === 0;
  const { metadata } = katalog;
  return {
    crds: lanes.map((lane) => crdSummary(lane, context)),
    total: lanes.length,
    totalEnabled: lanes.length,
    OrkReady: isKonductor && lanes.every(({ health }) => health.started),
    isKonductor,
    deletionProtection: false,
    healthy: isHealthy,
    status: isHealthy ? 200 : 503,
    ...(isHealthy ? {} : { degradedReason: degradedReason(statusCounts) }),
    statusCounts,
    ...optional('name', katalog.name),
    ...optional('version', metadata.version),
    ...optional('createdBy', metadata.createdBy),
    ...optional('author', metadata.author),
    ...optional('description', metadata.description),
    ...optional('license', metadata.license),
    ...optional('runtimeVersion', VERSION),
    ...optional('clusterName', metadata.clusterName),
    ...optional('gatewayEndpoint', gatewayEndpoint),
    namespaces: { [katalog.namespace]: namespaceSummary(context, statusCounts) },
  };
}

function namespaceSummary({ katalog, lanes }: ViewContext, statusCounts: StatusCounts): NamespaceSummary {
  return {
    crds: lanes.map(({ crd }) => crd.name),
    statusCounts,
    healthy: statusCounts.degraded === 0,
    ...optional('description', katalog.metadata.description),
    ...optional('version', katalog.metadata.version),
    workers: sum(lanes, (lane) => lane.crd.workers.value),
    resources: sum(lanes, (lane) => lane.crs.store.size),
  };
}

function crdBase(
  lane: Lane,
): Omit<
  CrdSummary,
  | 'operatorBox'
  | 'endpoints'
  | 'state'
  | 'crossAccess'
  | 'hasUnhealthyDependencies'
  | 'startedAt'
  | 'uptime'
  | 'deletionProtection'
> {
  const { crd, health } = lane;
  const { group, version, plural, namespaced } = crd.resource;
  return {
    name: crd.name,
    description: crd.description,
    mode: 'dynamic',
    gvk: lane.gvk,
    gvr: `${group}/${version}, Resource=${plural}`,
    namespace: crd.watchNamespace ?? '',
    namespaced,
    healthy: health.healthy,
    started: health.started,
    pending: health.pending,
    ...(crd.dependsOn.length === 0 ? {} : { dependsOn: crd.dependsOn.map(({ name }) => name) }),
    workers: crd.workers.value,
    workersActive: lane.workers,
    queueDepth: lane.depth,
    maxDepth: crd.maxQueueDepth.value,
    resourceCount: lane.crs.store.size,
    resync: formatDuration(crd.resyncMs.value),
    workersSource: crd.workers.source,
    resyncSource: crd.resyncMs.source,
    maxDepthSource: crd.maxQueueDepth.source,
    errorRate: health.errorRate,
  };
}

export function crdSummary(lane: Lane, { katalog }: ViewContext): CrdSummary {
  const { crd, health } = lane;
  const { enabled, health: healthEnabled, info } = crd.endpoints;
  const hasTemplates =
    [crd.onCreate, crd.onReconcile].some(({ entries }) => entries.length > 0) || crd.onDelete !== undefined;
  return {
    ...crdBase(lane),
    state: health.state,
    startedAt: health.startedAt,
    uptime: health.uptime,
    crossAccess: false,
    hasUnhealthyDependencies: hasUnhealthyDependencies(lane),
    deletionProtection: false,
    operatorBox: { type: 'generic', ...(hasTemplates ? { hasTemplates } : {}) },
    endpoints: {
      health: `/katalog/${crd.name}/health`,
      info: `/katalog/${crd.name}`,
      healthEnabled: enabled && healthEnabled,
      infoEnabled: enabled && info,
    },
    rbacCount: rulesOf(lane, katalog).length,
    katalogNamespace: katalog.namespace,
  };
}

export function crdView(lane: Lane, { katalog, isKonductor }: ViewContext): CrdView {
  const rules = rulesOf(lane, katalog);
  const workers = Array.from({ length: lane.workers }, (_, index) => index);
  return {
    ...crdBase(lane),
    isKonductor,
    workersIdle: lane.workers - lane.busy,
    workersProcessing: lane.busy,
    workerDetails: Object.fromEntries(workers.map((id) => [String(id), lane.isBusy(id) ? 'processing' : 'idle'])),
    totalReconciles: lane.health.totalReconciles,
    operatorBox: operatorBoxView(lane),
    rbac: { total: rules.length, rules: rules as unknown as readonly JsonValue[] },
  };
}

export function crdHealthView(lane: Lane, { isKonductor }: ViewContext): CrdHealthView {
  const { health, crd } = lane;
  const dependencies = Object.fromEntries(lane.dependencies.map((item) => [item.name, dependencyView(item)]));
  return {
    name: crd.name,
    state: health.state,
    startedAt: health.startedAt,
    uptime: health.uptime,
    lastError: health.lastError,
    lastReconcile: health.lastReconcile,
    status: health.httpStatus,
    queueDepth: lane.depth,
    resourceCount: lane.crs.store.size,
    consecutiveFails: health.consecutiveFails,
    totalReconciles: health.totalReconciles,
    isKonductor,
    healthy: health.healthy,
    started: health.started,
    pending: health.pending,
    hasUnhealthyDependencies: hasUnhealthyDependencies(lane),
    errorRate: health.errorRate,
    ...(lane.dependencies.length === 0 ? {} : { dependencies }),
    ...(health.missing ? { missing: true } : {}),
  };
}

function dependencyView({ name, condition, lane }: Lane['dependencies'][number]): DependencyView {
  const satisfied = condition === 'healthy' ? lane.healthy.isOpen : lane.started.isOpen;
  return { name, state: lane.health.state, condition: lane.health.state, acceptableCondition: condition, satisfied };
}

function operatorBoxView({ crd }: Lane): OperatorBoxView {
  const templates = {
    ...counted('onCreate', crd.onCreate),
    ...counted('onReconcile', crd.onReconcile),
    ...(crd.onDelete === undefined
      ? {}
      : counted('onDelete', { entries: crd.onDelete.stages.flatMap(({ entries }) => entries) })),
  };
  return {
    type: 'generic',
    finalizers: { source: crd.finalizers.length === 0 ? 'default' : 'configured', values: crd.finalizers },
    hooks: { configured: false },
    constructor: { configured: false },
    ...(Object.keys(templates).length === 0 ? {} : { templates }),
  };
}

function counted(name: string, { entries }: Pick<CompiledBlock, 'entries'>): Readonly<Record<string, JsonValue>> {
  if (entries.length === 0) return {};
  const counts: Record<string, number> = {};
  for (const { facts } of entries) counts[facts.listKey] = (counts[facts.listKey] ?? 0) + 1;
  return { [name]: counts };
}

function rulesOf({ crd }: Lane, katalog: CompiledKatalog): ReturnType<typeof deriveRuntimeRules> {
  return deriveRuntimeRules({ ...katalog, crds: [crd] });
}

function hasUnhealthyDependencies({ dependencies }: Lane): boolean {
  return dependencies.some(({ lane }) => !lane.health.healthy);
}

function countStates(lanes: readonly Lane[]): StatusCounts {
  const count = (states: readonly string[]): number =>
    lanes.filter(({ health }) => states.includes(health.state)).length;
  return {
    healthy: count(['healthy']),
    degraded: count(['degraded']),
    started: 0,
    pending: count(['pending', 'not started']),
  };
}

function degradedReason({ degraded, pending }: StatusCounts): string {
  return pending === 0 ? `${degraded} degraded` : `${degraded} degraded, ${pending} pending`;
}

function sum(lanes: readonly Lane[], value: (lane: Lane) => number): number {
  return lanes.reduce((total, lane) => total + value(lane), 0);
}

function optional<K extends string>(key: K, value: string | undefined): { readonly [P in K]?: string } {
  return value === undefined || value === '' ? {} : ({ [key]: value } as { readonly [P in K]?: string });
}
