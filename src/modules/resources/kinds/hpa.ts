// autoscaling/v2 HorizontalPodAutoscaler: docs/reference/katalog.md, autoscaler.
import { type JsonObject, type MutableJsonObject } from '../../common';
import { object, optional, text } from '../../schema';
import { commonProperties, EntryCompiler, nameSource } from '../parts/common-entry';
import { annotationsProperty, metadataPart } from '../parts/metadata';
import { put, valuePart } from '../parts/part';
import { compileScaleTarget, scaleTargetField } from '../parts/scale-target';
import { behaviorField, compileBehavior, hpaProfiles } from '../parts/scaling-behavior';
import { COUNT, POSITIVE } from '../parts/values';
import { knownProfile } from '../profiles/profile-part';
import { type KindFacts, type ResourceKind } from '../resource-kind';
import { compileName } from './compile-name';
import { PLAIN_COMPARE } from './plain-compare';

const facts: KindFacts = {
  listKey: 'hpa',
  resource: {
    group: 'autoscaling',
    version: 'v2',
    kind: 'HorizontalPodAutoscaler',
    plural: 'horizontalpodautoscalers',
    namespaced: true,
  },
  childKeys: { map: 'hpas', single: 'hpa' },
  order: 22,
  nameForm: 'subdomain',
  isWorkload: false,
  createOnly: false,
  defaultDeletionPolicy: 'delete',
  compare: PLAIN_COMPARE,
};

const entry = object('autoscaler', {
  ...commonProperties,
  annotations: annotationsProperty,
  scaleTargetRef: optional(scaleTargetField, 'What is scaled; default: the workload of the box.'),
  minReplicas: optional(text, 'Fewest pods; default 1.'),
  maxReplicas: optional(text, 'Most pods; default 1.'),
  targetCPUUtilizationPercentage: optional(text, 'CPU that pods should use, in per cent of their requests.'),
  behavior: optional(behaviorField, 'How fast it goes up and down.'),
});

type Autoscaler = NonNullable<ReturnType<typeof entry.decode>>;

export const hpa: ResourceKind<Autoscaler> = {
  facts,
  entry,
  compile(decoded, context) {
    const compiler = new EntryCompiler(context);
    const name = compileName(nameSource(facts.listKey, decoded.name), decoded, compiler, facts.nameForm);
    const metadata = metadataPart(decoded, compiler);
    const target = compileScaleTarget(decoded, name, compiler);
    const least = valuePart(decoded.minReplicas, compiler, POSITIVE);
    const most = valuePart(decoded.maxReplicas, compiler, POSITIVE);
    const cpu = valuePart(decoded.targetCPUUtilizationPercentage, compiler, COUNT);
    const behavior = compileBehavior(decoded.behavior, compiler);
    checkBounds(decoded, compiler);
    return compiler.finish(facts, decoded, name, (scope): JsonObject => {
      const speed = behavior?.(scope);
      const percent = cpu?.(scope) ?? speed?.targetCPUUtilizationPercentage ?? 0;
      const spec: MutableJsonObject = {
        scaleTargetRef: target(scope),
        minReplicas: least?.(scope) ?? speed?.minReplicas ?? 1,
        maxReplicas: most?.(scope) ?? speed?.maxReplicas ?? 1,
      };
      if (percent > 0) spec['metrics'] = [cpuMetric(percent)];
      put(spec, 'behavior', speed?.behavior);
      return { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: metadata(scope), spec };
    });
  },
};

function cpuMetric(averageUtilization: number): JsonObject {
  return { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } } };
}

function checkBounds({ minReplicas, maxReplicas, behavior }: Autoscaler, compiler: EntryCompiler): void {
  const profile = knownProfile(behavior?.profile, hpaProfiles, compiler);
  const least = Number(minReplicas?.text ?? profile?.minReplicas ?? 1);
  const most = Number(maxReplicas?.text ?? profile?.maxReplicas ?? 1);
  // Whatever is a template is no number, and nothing is more than it.
  const place = minReplicas ?? (profile?.minReplicas === undefined ? undefined : behavior?.profile);
  if (place !== undefined && least > most) {
    compiler.report(place.node, `minReplicas (${least}) is more than maxReplicas (${most})`);
  }
}
