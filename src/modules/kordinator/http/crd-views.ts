// Lanes as JSON (docs/guide/http-api.md). Pure.
import { FINALIZER, formatDuration, type JsonValue, rfc3339, VERSION } from '../../common';
import { type CompiledBlock, type CompiledKatalog, deriveRuntimeRules } from '../../katalog';
import { type Lane, type LaneDependency } from '../lanes/lane';
import {
  type CrdHealthView,
  type CrdSummary,
  type CrdView,
  type DependencyView,
  type KatalogView,
  type LaneMetricsView,
  type NamespaceSummary,
  type OperatorBoxView,
  type StatusCounts,
} from './contract';

export interface ViewContext {
  readonly katalog: CompiledKatalog;
  readonly lanes: readonly Lane[];
  readonly isKonductor: boolean;
  readonly gatewayEndpoint: string | undefined;
  /** Epoch, ms. */
  readonly now: number;
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
    // Everything of `/katalog` can be read by other operators; a CRD can't forbid it yet.
    crossAccess: true,
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
    katalogNamespace: crd.katalogNamespace,
  };
}

export function crdView(lane: Lane, { katalog, isKonductor }: ViewContext): CrdView {
  const rules = rulesOf(lane, katalog);
  return {
    ...crdBase(lane),
    isKonductor,
    workersIdle: lane.workers - lane.busy,
    workersProcessing: lane.busy,
    workerDetails: workerDetails(lane),
    totalReconciles: lane.health.totalReconciles,
    operatorBox: operatorBoxView(lane),
    rbac: { total: rules.length, rules: rules as unknown as readonly JsonValue[] },
    metrics: metricsView(lane),
  };
}

function workerDetails(lane: Lane): CrdView['workerDetails'] {
  const prefix = lane.gvk.replaceAll(',', '').replaceAll(' ', '-');
  const workers = Array.from({ length: lane.crd.workers.value }, (_, index) => index);
  const state = (worker: number): 'idle' | 'processing' | 'stopped' => {
    if (worker >= lane.workers) return 'stopped';
    return lane.isBusy(worker) ? 'processing' : 'idle';
  };
  return Object.fromEntries(workers.map((worker) => [`${prefix}-worker-${worker}`, state(worker)]));
}

function metricsView(lane: Lane): LaneMetricsView {
  const busy = lane.workers === 0 ? 0 : (lane.busy / lane.workers) * 100;
  return {
    queueDepth: lane.depth,
    workersBusyPercent: busy,
    workersIdlePercent: 100 - busy,
    reconcileDurationP95Ms: lane.statistics.p95Ms,
    errorRatePercent: lane.health.errorRate,
  };
}

export function crdHealthView(lane: Lane, { isKonductor, now }: ViewContext): CrdHealthView {
  const { health, crd } = lane;
  const dependencies = Object.fromEntries(lane.dependencies.map((item) => [item.name, dependencyView(item, now)]));
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

function dependencyView(dependency: LaneDependency, now: number): DependencyView {
  const state = dependencyState(dependency);
  const { name, condition } = dependency;
  const satisfied = isSatisfied(dependency);
  return { name, state, condition: state, acceptableCondition: condition, satisfied, lastCheck: rfc3339(now) };
}

/** Spec: runtime §7.7. */
function dependencyState({ condition, lane: { health } }: LaneDependency): string {
  if (health.missing) return 'missing';
  if (health.healthy) return 'healthy';
  if (health.started && health.state !== 'degraded' && condition === 'started') return 'started';
  return health.state === 'degraded' ? 'degraded' : 'pending';
}

/** How it is now; what a dependent waited for at its start is a latch (lanes/latch). */
function isSatisfied(dependency: LaneDependency): boolean {
  const state = dependencyState(dependency);
  const { condition, lane } = dependency;
  // A dependency without any CR can't be seen healthy, but nothing of it can fail.
  return state === condition || state === 'healthy' || (state === 'pending' && lane.healthy.isOpen);
}

function operatorBoxView({ crd }: Lane): OperatorBoxView {
  const isAuto = crd.onReconcile.entries.length === 0 && crd.onCreate.entries.some(({ isReconciled }) => isReconciled);
  const templates = {
    ...counted('onCreate', crd.onCreate),
    ...counted('onReconcile', crd.onReconcile),
    ...(isAuto ? { onReconcile: { source: 'auto', from: 'onCreate[reconcile:true]' } } : {}),
    ...(crd.onDelete === undefined
      ? {}
      : counted('onDelete', { entries: crd.onDelete.stages.flatMap(({ entries }) => entries) })),
  };
  return {
    type: 'generic',
    finalizers: {
      source: crd.finalizers.length === 0 ? 'default' : 'configured',
      values: [...crd.finalizers, ...(crd.needsFinalizer ? [FINALIZER] : [])],
    },
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
  return dependencies.some((dependency) => !isSatisfied(dependency));
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
