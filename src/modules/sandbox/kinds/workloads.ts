// Deployment, ReplicaSet, StatefulSet, DaemonSet, ReplicationController.
import { type JsonObject, type MutableJsonObject } from '../../common';
import { type FieldCause, forbiddenCause, invalidCause, notSupportedCause, requiredCause } from '../../schema';
import { ensurePart, fill, numberAt, part, parts, textAt } from './draft';
import { internalText, invalidInternal } from './go-form';
import { type KindStrategy } from './kind-strategy';
import { fillPodSpec } from './pod-defaults';
import { podTemplateProblems } from './pod-rules';
import {
  atMostHundredPercent,
  immutable,
  intOrPercent,
  isEmptySelector,
  isSelected,
  labelName,
  isUnreadable,
  labelSelector,
  labelsOf,
  nonNegative,
  positiveIntOrPercent,
} from './rules';

const HISTORY = 10;
const TEMPLATE_GENERATION = 'deprecated.daemonset.template.generation';

function fillTemplate(spec: MutableJsonObject): void {
  fillPodSpec(part(part(spec, 'template'), 'spec'));
}

/** The selector, and the template that it selects. */
function selectorAndTemplate(spec: JsonObject | undefined, kind: string): readonly FieldCause[] {
  const selector = part(spec, 'selector');
  const template = part(spec, 'template');
  const problems: FieldCause[] = [];
  if (selector === undefined) problems.push(requiredCause('spec.selector'));
  else {
    problems.push(...labelSelector(selector, 'spec.selector'));
    if (isEmptySelector(selector)) {
      problems.push(invalidCause('spec.selector', selector, `empty selector is invalid for ${kind}`));
    }
  }
  if (selector !== undefined && isUnreadable(selector)) {
    const detail = kind === 'statefulset' ? '' : 'invalid label selector';
    // Without a selector nothing is said of the template.
    return [...problems, invalidCause('spec.selector', selector, detail)];
  }
  const labels = labelsOf(template);
  // No selector at all selects nothing, an empty one everything.
  if (selector === undefined || (!isEmptySelector(selector) && !isSelected(selector, labels))) {
    const detail = '`selector` does not match template `labels`';
    problems.push(invalidCause('spec.template.metadata.labels', labels, detail));
  }
  problems.push(...podTemplateProblems(template, 'spec.template'));
  const podSpec = part(template, 'spec');
  const restartPolicy = textAt(podSpec, 'restartPolicy');
  if (restartPolicy !== 'Always') {
    problems.push(notSupportedCause('spec.template.spec.restartPolicy', restartPolicy, ['Always']));
  }
  if (podSpec?.['activeDeadlineSeconds'] !== undefined) {
    const detail = 'activeDeadlineSeconds in ReplicaSet is not Supported';
    problems.push(forbiddenCause('spec.template.spec.activeDeadlineSeconds', detail));
  }
  return problems;
}

function selectorKept(object: JsonObject, old: JsonObject): readonly FieldCause[] {
  return immutable(part(object, 'spec')?.['selector'], part(old, 'spec')?.['selector'], 'spec.selector');
}

function deploymentProblems(object: JsonObject): readonly FieldCause[] {
  const spec = part(object, 'spec');
  const problems: FieldCause[] = [
    ...nonNegative(spec, 'replicas', 'spec'),
    ...selectorAndTemplate(spec, 'deployment'),
    ...deploymentStrategyProblems(part(spec, 'strategy')),
    ...nonNegative(spec, 'minReadySeconds', 'spec'),
    ...nonNegative(spec, 'revisionHistoryLimit', 'spec'),
    ...nonNegative(spec, 'progressDeadlineSeconds', 'spec'),
  ];
  const deadline = numberAt(spec, 'progressDeadlineSeconds');
  if (deadline !== undefined && deadline <= (numberAt(spec, 'minReadySeconds') ?? 0)) {
    problems.push(invalidCause('spec.progressDeadlineSeconds', deadline, 'must be greater than minReadySeconds'));
  }
  return problems;
}

function deploymentStrategyProblems(strategy: JsonObject | undefined): readonly FieldCause[] {
  const type = textAt(strategy, 'type');
  const rolling = part(strategy, 'rollingUpdate');
  const path = 'spec.strategy.rollingUpdate';
  if (type === 'Recreate') {
    const detail = "may not be specified when strategy `type` is 'Recreate'";
    return rolling === undefined ? [] : [forbiddenCause(path, detail)];
  }
  if (type !== 'RollingUpdate') {
    const shown = internalText('apps.DeploymentStrategy', strategy, 'compact');
    const detail = 'supported values: "Recreate", "RollingUpdate"';
    const message = `Unsupported value: ${shown}: ${detail}`;
    return [{ reason: 'FieldValueNotSupported', field: 'spec.strategy', message }];
  }
  const { maxUnavailable, maxSurge } = rolling ?? {};
  const problems = [
    ...positiveIntOrPercent(maxUnavailable, `${path}.maxUnavailable`),
    ...positiveIntOrPercent(maxSurge, `${path}.maxSurge`),
  ];
  if (intOrPercent(maxUnavailable) === 0 && intOrPercent(maxSurge) === 0) {
    problems.push(invalidCause(`${path}.maxUnavailable`, maxUnavailable, 'may not be 0 when `maxSurge` is 0'));
  }
  return [...problems, ...atMostHundredPercent(maxUnavailable, `${path}.maxUnavailable`)];
}

export const deployments: KindStrategy = {
  default: (draft) => {
    const spec = ensurePart(draft, 'spec');
    fill(spec, { replicas: 1, revisionHistoryLimit: HISTORY, progressDeadlineSeconds: 600 });
    const strategy = ensurePart(spec, 'strategy');
    fill(strategy, { type: 'RollingUpdate' });
    if (strategy['type'] === 'RollingUpdate') {
      fill(ensurePart(strategy, 'rollingUpdate'), { maxUnavailable: '25%', maxSurge: '25%' });
    }
    fillTemplate(spec);
  },
  validate: deploymentProblems,
  validateUpdate: (object, old) => [...deploymentProblems(object), ...selectorKept(object, old)],
  statusKeeps: ['labels'],
};

function replicaSetProblems(object: JsonObject): readonly FieldCause[] {
  const spec = part(object, 'spec');
  return [
    ...nonNegative(spec, 'replicas', 'spec'),
    ...nonNegative(spec, 'minReadySeconds', 'spec'),
    // The real server says "deployment" here, too.
    ...selectorAndTemplate(spec, 'deployment'),
  ];
}

export const replicaSets: KindStrategy = {
  default: (draft) => {
    const spec = ensurePart(draft, 'spec');
    fill(spec, { replicas: 1 });
    fillTemplate(spec);
  },
  prepareForCreate: (draft) => void (draft['status'] = { replicas: 0 }),
  validate: replicaSetProblems,
  validateUpdate: (object, old) => [...replicaSetProblems(object), ...selectorKept(object, old)],
};

function statefulSetProblems(object: JsonObject): readonly FieldCause[] {
  const spec = part(object, 'spec');
  const policy = textAt(spec, 'podManagementPolicy');
  const problems: FieldCause[] = [];
  if (policy !== 'OrderedReady' && policy !== 'Parallel') {
    problems.push(invalidCause('spec.podManagementPolicy', policy, "must be 'OrderedReady' or 'Parallel'"));
  }
  const strategy = part(spec, 'updateStrategy');
  const type = textAt(strategy, 'type');
  if (type !== 'RollingUpdate' && type !== 'OnDelete') {
    const detail = "must be 'RollingUpdate' or 'OnDelete'";
    problems.push(invalidInternal('spec.updateStrategy', 'apps.StatefulSetUpdateStrategy', strategy, detail));
  }
  const service = textAt(spec, 'serviceName');
  return [
    ...problems,
    ...nonNegative(spec, 'replicas', 'spec'),
    ...nonNegative(spec, 'minReadySeconds', 'spec'),
    ...(service === '' ? [] : labelName(service, 'spec.serviceName')),
    ...selectorAndTemplate(statefulTemplate(spec), 'statefulset'),
  ];
}

/** Each claim template is a volume of the pods. */
function statefulTemplate(spec: JsonObject | undefined): JsonObject | undefined {
  const claims = parts(spec, 'volumeClaimTemplates');
  const template = part(spec, 'template');
  const podSpec = part(template, 'spec');
  if (claims.length === 0 || podSpec === undefined) return spec;
  const names = claims.map((claim) => textAt(part(claim, 'metadata'), 'name'));
  const own = parts(podSpec, 'volumes').filter((volume) => !names.includes(textAt(volume, 'name')));
  const added = names.map((name) => ({ name, persistentVolumeClaim: { claimName: name } }));
  return { ...spec, template: { ...template, spec: { ...podSpec, volumes: [...own, ...added] } } };
}

/** What may change of a StatefulSet. */
const STATEFUL_MUTABLE = [
  'replicas',
  'template',
  'updateStrategy',
  'minReadySeconds',
  'persistentVolumeClaimRetentionPolicy',
  'ordinals',
  'revisionHistoryLimit',
];

function statefulSetKept(object: JsonObject, old: JsonObject): readonly FieldCause[] {
  const fixed = (spec: JsonObject | undefined): JsonObject =>
    Object.fromEntries(Object.entries(spec ?? {}).filter(([member]) => !STATEFUL_MUTABLE.includes(member)));
  const isKept = immutable(fixed(part(object, 'spec')), fixed(part(old, 'spec')), 'spec').length === 0;
  const detail =
    "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden";
  return isKept ? [] : [forbiddenCause('spec', detail)];
}

export const statefulSets: KindStrategy = {
  default: (draft) => {
    const spec = ensurePart(draft, 'spec');
    fill(spec, { podManagementPolicy: 'OrderedReady', replicas: 1, revisionHistoryLimit: HISTORY });
    const strategy = ensurePart(spec, 'updateStrategy');
    if (textAt(strategy, 'type') === '') {
      strategy['type'] = 'RollingUpdate';
      ensurePart(strategy, 'rollingUpdate');
    }
    if (strategy['type'] === 'RollingUpdate') fill(part(strategy, 'rollingUpdate'), { partition: 0 });
    fill(ensurePart(spec, 'persistentVolumeClaimRetentionPolicy'), { whenDeleted: 'Retain', whenScaled: 'Retain' });
    for (const claim of parts(spec, 'volumeClaimTemplates')) {
      fill(claim, { apiVersion: 'v1', kind: 'PersistentVolumeClaim' });
      fill(ensurePart(claim, 'spec'), { volumeMode: 'Filesystem' });
      fill(ensurePart(claim, 'status'), { phase: 'Pending' });
    }
    fillTemplate(spec);
  },
  validate: statefulSetProblems,
  validateUpdate: (object, old) => [...statefulSetProblems(object), ...statefulSetKept(object, old)],
};

function daemonSetProblems(object: JsonObject): readonly FieldCause[] {
  const spec = part(object, 'spec');
  return [...selectorAndTemplate(spec, 'daemonset'), ...nonNegative(spec, 'minReadySeconds', 'spec')];
}

function podTemplateObjectProblems(object: JsonObject): readonly FieldCause[] {
  return podTemplateProblems(part(object, 'template'), 'template');
}

/** The object itself holds the template. */
export const podTemplates: KindStrategy = {
  default: fillTemplate,
  validate: podTemplateObjectProblems,
  validateUpdate: podTemplateObjectProblems,
  hasGeneration: true,
  returnsDeleted: true,
};

export const daemonSets: KindStrategy = {
  default: (draft) => {
    const spec = ensurePart(draft, 'spec');
    fill(spec, { revisionHistoryLimit: HISTORY });
    const strategy = ensurePart(spec, 'updateStrategy');
    fill(strategy, { type: 'RollingUpdate' });
    if (strategy['type'] === 'RollingUpdate') {
      fill(ensurePart(strategy, 'rollingUpdate'), { maxUnavailable: 1, maxSurge: 0 });
    }
    fillTemplate(spec);
    fill(ensurePart(ensurePart(draft, 'metadata'), 'annotations'), { [TEMPLATE_GENERATION]: '0' });
  },
  prepareForCreate: (draft) => setTemplateGeneration(draft),
  prepareForUpdate: (draft, old) => setTemplateGeneration(draft, old),
  validate: daemonSetProblems,
  // In the order of the real server.
  validateUpdate: (object, old) => [...selectorKept(object, old), ...daemonSetProblems(object)],
};

/** The annotation counts the templates. */
function setTemplateGeneration(draft: MutableJsonObject, old?: JsonObject): void {
  const annotations = ensurePart(ensurePart(draft, 'metadata'), 'annotations');
  const before = old === undefined ? undefined : part(part(old, 'metadata'), 'annotations');
  const last = Number(textAt(before, TEMPLATE_GENERATION) || '0');
  const isSame =
    old !== undefined && immutable(part(draft, 'spec')?.['template'], part(old, 'spec')?.['template'], '').length === 0;
  annotations[TEMPLATE_GENERATION] = String(isSame ? last : last + 1);
}

export const replicationControllers: KindStrategy = {
  default: (draft) => {
    const spec = ensurePart(draft, 'spec');
    fill(spec, { replicas: 1 });
    const labels = labelsOf(part(spec, 'template'));
    if (labels !== undefined && Object.keys(part(spec, 'selector') ?? {}).length === 0) spec['selector'] = labels;
    fillTemplate(spec);
  },
  prepareForCreate: (draft) => void (draft['status'] = { replicas: 0 }),
  selectableFields: { 'status.replicas': (object) => String(numberAt(part(object, 'status'), 'replicas') ?? 0) },
};
