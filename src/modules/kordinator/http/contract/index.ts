/**
 * JSON of the runtime's HTTP API (docs/guide/http-api.md): a public contract, field by field. Optional fields are left
 * out when empty or false. The control center reads these types and nothing else of us.
 */
import { type JsonValue } from '../../../common';

export interface EndpointsView {
  readonly health: string;
  readonly info: string;
  readonly healthEnabled: boolean;
  readonly infoEnabled: boolean;
}

export interface CrdSummary {
  readonly name: string;
  readonly description: string;
  readonly mode: string;
  readonly gvk: string;
  readonly gvr: string;
  readonly namespace: string;
  readonly state: string;
  readonly startedAt: string;
  readonly uptime: string;
  readonly namespaced: boolean;
  readonly crossAccess: boolean;
  readonly hasUnhealthyDependencies: boolean;
  readonly healthy: boolean;
  readonly started: boolean;
  readonly pending: boolean;
  readonly deletionProtection: boolean;
  readonly dependsOn?: readonly string[];
  readonly workers: number;
  readonly workersActive: number;
  readonly queueDepth: number;
  readonly maxDepth: number;
  readonly resourceCount: number;
  readonly resync: string;
  readonly workersSource: string;
  readonly resyncSource: string;
  readonly maxDepthSource: string;
  readonly operatorBox: { readonly type: 'generic'; readonly hasTemplates?: boolean };
  /** Percent. */
  readonly errorRate: number;
  readonly endpoints: EndpointsView;
  readonly rbacCount?: number;
  readonly katalogNamespace?: string;
}

export interface NamespaceSummary {
  readonly crds: readonly string[];
  readonly statusCounts: StatusCounts;
  readonly healthy: boolean;
  readonly description?: string;
  readonly version?: string;
  readonly workers: number;
  readonly resources: number;
}

export interface StatusCounts {
  readonly healthy: number;
  readonly degraded: number;
  readonly started: number;
  readonly pending: number;
}

export interface KatalogView {
  readonly crds: readonly CrdSummary[];
  readonly total: number;
  readonly totalEnabled: number;
  readonly OrkReady: boolean;
  readonly isKonductor: boolean;
  readonly deletionProtection: boolean;
  readonly healthy: boolean;
  readonly status: 200 | 503;
  readonly degradedReason?: string;
  readonly statusCounts: StatusCounts;
  readonly name?: string;
  readonly version?: string;
  readonly createdBy?: string;
  readonly author?: string;
  readonly description?: string;
  readonly license?: string;
  readonly runtimeVersion?: string;
  readonly clusterName?: string;
  readonly gatewayEndpoint?: string;
  readonly namespaces: Readonly<Record<string, NamespaceSummary>>;
}

export interface CrdView extends Omit<
  CrdSummary,
  | 'state'
  | 'crossAccess'
  | 'hasUnhealthyDependencies'
  | 'startedAt'
  | 'uptime'
  | 'endpoints'
  | 'rbacCount'
  | 'deletionProtection'
  | 'katalogNamespace'
  | 'operatorBox'
> {
  readonly isKonductor: boolean;
  readonly workersIdle: number;
  readonly workersProcessing: number;
  /** By worker id: `<group>/<version>-Kind=<Kind>-worker-<n>`. */
  readonly workerDetails: Readonly<Record<string, 'idle' | 'processing' | 'stopped'>>;
  readonly totalReconciles: number;
  readonly operatorBox: OperatorBoxView;
  readonly rbac: { readonly total: number; readonly rules: readonly JsonValue[] };
  readonly metrics: LaneMetricsView;
}

export interface LaneMetricsView {
  readonly queueDepth: number;
  readonly workersBusyPercent: number;
  readonly workersIdlePercent: number;
  /** Over the last passes, at most 256. */
  readonly reconcileDurationP95Ms: number;
  /** Since the process started. */
  readonly errorRatePercent: number;
}

export interface OperatorBoxView {
  readonly type: 'generic';
  readonly finalizers: { readonly source: 'default' | 'configured'; readonly values: readonly string[] };
  readonly hooks: { readonly configured: boolean };
  readonly constructor: { readonly configured: boolean };
  readonly templates?: Readonly<Record<string, JsonValue>>;
}

export interface DependencyView {
  readonly name: string;
  readonly state: string;
  /** Observed. */
  readonly condition: string;
  /** Required. */
  readonly acceptableCondition: string;
  readonly satisfied: boolean;
  /** RFC 3339; the state is asked for by each request. */
  readonly lastCheck: string;
}

export interface CrdHealthView {
  readonly name: string;
  readonly state: string;
  readonly startedAt: string;
  readonly uptime: string;
  readonly lastError: string;
  readonly lastReconcile: string;
  readonly status: number;
  readonly queueDepth: number;
  readonly resourceCount: number;
  readonly consecutiveFails: number;
  readonly totalReconciles: number;
  readonly isKonductor: boolean;
  readonly healthy: boolean;
  readonly started: boolean;
  readonly pending: boolean;
  readonly hasUnhealthyDependencies: boolean;
  readonly errorRate: number;
  readonly dependencies?: Readonly<Record<string, DependencyView>>;
  readonly missing?: boolean;
}

export interface CrSummary {
  readonly name: string;
  readonly namespace?: string;
  readonly phase?: string;
  readonly ready: boolean;
  readonly readyReason?: string;
  readonly age: string;
  readonly generation: number;
  /** The scalar that `?field=` asked for. */
  readonly value?: string | number | bigint | boolean;
}

export interface CrList {
  readonly crd: string;
  readonly gvk: string;
  readonly total: number;
  readonly items: readonly CrSummary[];
  readonly isKonductor: boolean;
}

export interface CrView {
  readonly name: string;
  readonly namespace?: string;
  readonly generation: number;
  readonly creationTimestamp: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly ready: boolean;
  readonly readyReason?: string;
  readonly readyMessage?: string;
  readonly status?: JsonValue;
  /** By kind; from the caches. Data of Secrets is left out. */
  readonly children: Readonly<Record<string, readonly JsonValue[]>>;
  readonly eventsEndpoint: string;
  readonly isKonductor: boolean;
}

export interface EventView {
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly source: string;
  readonly object: string;
  readonly count: number;
  readonly firstSeen: string;
  readonly lastSeen: string;
  readonly age: string;
}

export interface EventList {
  readonly name: string;
  readonly namespace?: string;
  readonly total: number;
  readonly events: readonly EventView[];
}
