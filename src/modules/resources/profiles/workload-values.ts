// Built-in profiles of workloads and of what scales and guards them.
import { type JsonObject } from '../../common';

export const RESOURCE_PROFILES: Readonly<Record<string, JsonObject>> = {
  tiny: resources('25m', '64Mi', '100m', '128Mi'),
  small: resources('100m', '128Mi', '500m', '512Mi'),
  medium: resources('250m', '256Mi', '1', '1Gi'),
  large: resources('500m', '512Mi', '2', '2Gi'),
  burst: resources('200m', '256Mi', '2', '2Gi'),
  steady: resources('300m', '256Mi', '600m', '512Mi'),
  'compute-heavy': resources('1', '512Mi', '2', '1Gi'),
  'memory-heavy': resources('250m', '1Gi', '500m', '2Gi'),
};

function resources(cpu: string, memory: string, limitCpu: string, limitMemory: string): JsonObject {
  return { requests: { cpu, memory }, limits: { cpu: limitCpu, memory: limitMemory } };
}

export interface ProbeTimings {
  readonly initialDelaySeconds: number;
  readonly periodSeconds: number;
  readonly failureThreshold: number;
  readonly successThreshold: number;
  readonly timeoutSeconds: number;
}

export const PROBE_PROFILES = {
  fast: timings(5, 10, 2, 1, 5),
  standard: timings(15, 20, 3, 1, 10),
  patient: timings(30, 30, 5, 1, 10),
  'slow-start': timings(0, 10, 30, 1, 10),
} as const;

function timings(
  initialDelaySeconds: number,
  periodSeconds: number,
  failureThreshold: number,
  successThreshold: number,
  timeoutSeconds: number,
): ProbeTimings {
  return { initialDelaySeconds, periodSeconds, failureThreshold, successThreshold, timeoutSeconds };
}

export const CONTAINER_SECURITY_PROFILES: Readonly<Record<string, JsonObject>> = {
  baseline: { allowPrivilegeEscalation: false, capabilities: { drop: ['NET_RAW'] } },
  restricted: { allowPrivilegeEscalation: false, runAsNonRoot: true, capabilities: { drop: ['ALL'] } },
  hardened: {
    allowPrivilegeEscalation: false,
    runAsNonRoot: true,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  },
};

export const POD_SECURITY_PROFILES: Readonly<Record<string, JsonObject>> = {
  baseline: { runAsNonRoot: false },
  restricted: { runAsNonRoot: true, runAsUser: 1_000 },
  hardened: { runAsNonRoot: true, runAsUser: 65_534, runAsGroup: 65_534, fsGroup: 65_534 },
};

export const ROLLING_UPDATE_PROFILES: Readonly<Record<string, JsonObject>> = {
  safe: { maxSurge: 1, maxUnavailable: 0 },
  fast: { maxSurge: '25%', maxUnavailable: '25%' },
  'blue-green': { maxSurge: '100%', maxUnavailable: 0 },
};

/** What a profile of an autoscaler stands for; all of it counts where the entry says nothing itself. */
export interface HpaProfile {
  readonly minReplicas?: number;
  readonly maxReplicas?: number;
  readonly targetCPUUtilizationPercentage?: number;
  readonly behavior?: JsonObject;
}

export const HPA_PROFILES: Readonly<Record<string, HpaProfile>> = {
  web: {
    targetCPUUtilizationPercentage: 70,
    behavior: {
      scaleUp: rules(0, 'Max', ['Percent', 100, 15], ['Pods', 4, 15]),
      scaleDown: rules(300, 'Min', ['Percent', 10, 60]),
    },
  },
  api: {
    targetCPUUtilizationPercentage: 60,
    behavior: {
      scaleUp: rules(0, 'Max', ['Percent', 100, 15], ['Pods', 4, 15]),
      scaleDown: rules(600, 'Min', ['Percent', 5, 60]),
    },
  },
  'latency-sensitive': {
    targetCPUUtilizationPercentage: 50,
    behavior: {
      scaleUp: rules(0, 'Max', ['Percent', 200, 15], ['Pods', 10, 15]),
      scaleDown: rules(900, 'Min', ['Percent', 5, 120]),
    },
  },
  batch: {
    targetCPUUtilizationPercentage: 80,
    behavior: {
      scaleUp: rules(30, 'Max', ['Percent', 100, 60]),
      scaleDown: rules(120, 'Min', ['Percent', 50, 60]),
    },
  },
  'cost-optimized': {
    targetCPUUtilizationPercentage: 80,
    behavior: {
      scaleUp: rules(180, 'Min', ['Percent', 25, 60]),
      scaleDown: rules(60, 'Max', ['Percent', 50, 60]),
    },
  },
};

function rules(
  stabilizationWindowSeconds: number,
  selectPolicy: 'Max' | 'Min',
  ...policies: readonly (readonly ['Percent' | 'Pods', number, number])[]
): JsonObject {
  return {
    stabilizationWindowSeconds,
    selectPolicy,
    policies: policies.map(([type, value, periodSeconds]) => ({ type, value, periodSeconds })),
  };
}

export const PDB_PROFILES: Readonly<Record<string, JsonObject>> = {
  'zero-downtime': { minAvailable: '100%' },
  rolling: { maxUnavailable: 1 },
  relaxed: { maxUnavailable: '25%' },
};
