// HorizontalPodAutoscalers and PodDisruptionBudgets.
import { COMMON } from './common';
import { field, type FieldCase } from './field-case';
import { ANNOTATIONS } from './workloads';

const target = (yaml: string): string => `scaleTargetRef: { ${yaml} }`;

function rules(direction: 'scaleUp' | 'scaleDown'): readonly FieldCase[] {
  const of = (yaml: string): string => `behavior: { ${direction}: { ${yaml} } }`;
  const one = (yaml: string): string => of(`policies: [{ ${yaml} }]`);
  const at = `spec.behavior.${direction}`;
  const name = `behavior.${direction}`;
  return [
    field(
      `${name}.stabilizationWindowSeconds`,
      of('stabilizationWindowSeconds: 60'),
      at,
      { stabilizationWindowSeconds: 60 },
      of('stabilizationWindowSeconds: §3601'),
      'expected integer 0 to 3600',
    ),
    field(
      `${name}.selectPolicy`,
      of('selectPolicy: Disabled'),
      at,
      { stabilizationWindowSeconds: 0, selectPolicy: 'Disabled' },
      of('selectPolicy: §Mean'),
      'expected one of Max, Min, Disabled',
    ),
    field(
      `${name}.policies[].type`,
      one('type: Pods, value: 4, periodSeconds: 15'),
      `${at}.policies`,
      [{ type: 'Pods', value: 4, periodSeconds: 15 }],
      one('type: §Pod, value: 4, periodSeconds: 15'),
      '(did you mean "Pods"?)',
    ),
    field(
      `${name}.policies[].value`,
      one('type: Percent, value: 10, periodSeconds: 15'),
      `${at}.policies.0.value`,
      10,
      one('type: Percent, value: §10%, periodSeconds: 15'),
      'expected integer',
    ),
    field(
      `${name}.policies[].periodSeconds`,
      one('type: Percent, value: 10, periodSeconds: 1800'),
      `${at}.policies.0.periodSeconds`,
      1800,
      one('type: Percent, value: 10, periodSeconds: §1801'),
      'expected integer 1 to 1800',
    ),
  ];
}

export const AUTOSCALER: readonly FieldCase[] = [
  ...COMMON,
  ANNOTATIONS,
  field(
    'scaleTargetRef.apiVersion',
    target('apiVersion: example.org/v1, kind: Shop, name: a'),
    'spec.scaleTargetRef',
    { apiVersion: 'example.org/v1', kind: 'Shop', name: 'a' },
    target('apiVersion: §"", kind: Shop, name: a'),
    'the apiVersion of the target is empty',
  ),
  field(
    'scaleTargetRef.kind',
    target('kind: StatefulSet, name: a'),
    'spec.scaleTargetRef',
    { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'a' },
    target('kind: §Shop, name: a'),
    'needs "apiVersion" for a Shop',
  ),
  field(
    'scaleTargetRef.name',
    target('kind: Deployment, name: "{{ .metadata.name }}"'),
    'spec.scaleTargetRef.name',
    'shop',
    target('kind: Deployment, name: §""'),
    'the name of the target is empty',
  ),
  field(
    'minReplicas',
    'minReplicas: "{{ .spec.replicas }}"',
    'spec.minReplicas',
    2,
    'minReplicas: §2\nmaxReplicas: 1',
    'minReplicas (2) is more than maxReplicas (1)',
  ),
  field(
    'maxReplicas',
    'maxReplicas: 9',
    'spec.maxReplicas',
    9,
    'maxReplicas: §0',
    'expected a whole number (1 or more)',
  ),
  field(
    'targetCPUUtilizationPercentage',
    'targetCPUUtilizationPercentage: 70',
    'spec.metrics',
    [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } } }],
    'targetCPUUtilizationPercentage: §70%',
    'expected a whole number',
  ),
  field(
    'behavior.profile',
    'behavior: { profile: batch }',
    'spec.behavior.scaleUp',
    {
      stabilizationWindowSeconds: 30,
      selectPolicy: 'Max',
      policies: [{ type: 'Percent', value: 100, periodSeconds: 60 }],
    },
    'behavior: { profile: §bath }',
    '(did you mean "batch"?)',
  ),
  ...rules('scaleUp'),
  ...rules('scaleDown'),
];

export const BUDGET: readonly FieldCase[] = [
  ...COMMON,
  ANNOTATIONS,
  field(
    'minAvailable',
    'minAvailable: 50%',
    'spec.minAvailable',
    '50%',
    'minAvailable: §half',
    'expected a whole number or',
  ),
  field(
    'maxUnavailable',
    'maxUnavailable: 1',
    'spec.maxUnavailable',
    1,
    'maxUnavailable: §-1',
    'expected a whole number or',
  ),
  field(
    'selector.*',
    'selector: { tier: "{{ .spec.tier }}" }',
    'spec.selector',
    { matchLabels: { tier: 'gold' } },
    'selector: { tier: §-x }',
    'not a label value',
  ),
  field(
    'behavior.profile',
    'behavior: { profile: relaxed }',
    'spec.maxUnavailable',
    '25%',
    'behavior: { profile: §relax }',
    'unknown disruption profile "relax"',
  ),
];
