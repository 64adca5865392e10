// HorizontalPodAutoscaler in both of its versions, PodDisruptionBudget.
import { type JsonObject, type JsonValue, type MutableJsonObject } from '../../common';
import { type FieldCause, invalidCause, requiredCause } from '../../schema';
import { ensurePart, fill, items, numberAt, part, parts, textAt } from './draft';
import { invalidInternal } from './go-form';
import { type KindStrategy } from './kind-strategy';
import { labelSelector, positiveIntOrPercent } from './rules';
import { conditionProblems } from './status-rules';

const CPU_PERCENT = 80;
const PERIOD_SECONDS = 15;

function cpuMetric(percent: JsonValue): JsonObject {
  return {
    type: 'Resource',
    resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: percent } },
  };
}

function fillAutoscaler(draft: MutableJsonObject): void {
  const spec = ensurePart(draft, 'spec');
  fill(spec, { minReplicas: 1 });
  if (draft['apiVersion'] === 'autoscaling/v1') {
    fill(spec, { targetCPUUtilizationPercentage: CPU_PERCENT });
    return;
  }
  if (items(spec, 'metrics').length === 0) spec['metrics'] = [cpuMetric(CPU_PERCENT)];
  const behavior = part(spec, 'behavior');
  if (behavior === undefined) return;
  fill(ensurePart(behavior, 'scaleUp'), {
    stabilizationWindowSeconds: 0,
    selectPolicy: 'Max',
    policies: [
      { type: 'Pods', value: 4, periodSeconds: PERIOD_SECONDS },
      { type: 'Percent', value: 100, periodSeconds: PERIOD_SECONDS },
    ],
  });
  fill(ensurePart(behavior, 'scaleDown'), {
    selectPolicy: 'Max',
    policies: [{ type: 'Percent', value: 100, periodSeconds: PERIOD_SECONDS }],
  });
}

function autoscalerProblems(object: JsonObject): readonly FieldCause[] {
  const spec = part(object, 'spec');
  const least = numberAt(spec, 'minReplicas');
  const most = numberAt(spec, 'maxReplicas') ?? 0;
  const problems: FieldCause[] = [];
  if (least !== undefined && least < 1) {
    problems.push(invalidCause('spec.minReplicas', least, 'must be greater than or equal to 1'));
  }
  if (most < 1) problems.push(requiredCause('spec.maxReplicas', 'must be set and greater than 0'));
  if (least !== undefined && most < least) {
    problems.push(invalidCause('spec.maxReplicas', most, 'must be greater than or equal to `minReplicas`'));
  }
  const target = part(spec, 'scaleTargetRef');
  for (const member of ['kind', 'name']) {
    if (textAt(target, member) === '') problems.push(requiredCause(`spec.scaleTargetRef.${member}`));
  }
  const apiVersion = textAt(target, 'apiVersion');
  if (apiVersion === '') {
    problems.push(invalidCause('spec.scaleTargetRef.apiVersion', apiVersion, 'apiVersion must specify API group'));
  }
  return problems;
}

/** Between autoscaling/v1, which knows one CPU target, and v2. */
export function convertAutoscaler(object: JsonObject, apiVersion: string): JsonObject {
  const spec = part(object, 'spec') ?? {};
  const status = part(object, 'status') ?? {};
  if (apiVersion === 'autoscaling/v2') {
    const { targetCPUUtilizationPercentage: percent, ...rest } = spec;
    const { currentCPUUtilizationPercentage: _percent, currentReplicas, ...counts } = status;
    // The newer type leaves out a count of nothing.
    const current = numberAt(status, 'currentReplicas') === 0 ? {} : { currentReplicas };
    const metrics = percent === undefined ? {} : { metrics: [cpuMetric(percent)] };
    return {
      ...object,
      apiVersion,
      spec: { ...rest, ...metrics },
      status: { currentMetrics: null, ...current, ...counts },
    };
  }
  const { metrics: _metrics, behavior: _behavior, ...rest } = spec;
  const { currentMetrics: _current, conditions: _conditions, ...counts } = status;
  const percent = cpuPercentOf(spec);
  const target = percent === undefined ? {} : { targetCPUUtilizationPercentage: percent };
  return {
    ...object,
    apiVersion,
    spec: { ...rest, ...target },
    status: { currentReplicas: 0, desiredReplicas: 0, ...counts },
  };
}

function cpuPercentOf(spec: JsonObject): number | undefined {
  for (const metric of parts(spec, 'metrics')) {
    const resource = part(metric, 'resource');
    if (textAt(resource, 'name') === 'cpu') return numberAt(part(resource, 'target'), 'averageUtilization');
  }
  return undefined;
}

export const autoscalers: KindStrategy = {
  default: fillAutoscaler,
  validate: autoscalerProblems,
  validateUpdate: autoscalerProblems,
  hasGeneration: false,
};

function budgetProblems(object: JsonObject): readonly FieldCause[] {
  const spec = part(object, 'spec') ?? {};
  const { minAvailable, maxUnavailable } = spec;
  const problems: FieldCause[] = [];
  if (minAvailable !== undefined && maxUnavailable !== undefined) {
    const detail = 'minAvailable and maxUnavailable cannot be both set';
    problems.push(invalidInternal('spec', 'policy.PodDisruptionBudgetSpec', spec, detail));
  }
  return [
    ...problems,
    ...positiveIntOrPercent(minAvailable, 'spec.minAvailable'),
    ...positiveIntOrPercent(maxUnavailable, 'spec.maxUnavailable'),
    ...labelSelector(part(spec, 'selector'), 'spec.selector'),
  ];
}

export const disruptionBudgets: KindStrategy = {
  validate: budgetProblems,
  validateUpdate: (object, _old, subresource) =>
    subresource === 'status' ? conditionProblems(object) : budgetProblems(object),
  allowsUnconditionalUpdate: false,
};
