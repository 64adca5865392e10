// autoscaling/v2 HorizontalPodAutoscaler: docs/reference/katalog.md, autoscaler.
import { type JsonObject, type MutableJsonObject } from '../../common';
import { object, optional, text } from '../../schema';
import { commonProperties, EntryCompiler, nameSource } from '../parts/common-entry';
import { annotationsProperty, metadataPart } from '../parts/metadata';
import { put, valuePart } from '../parts/part';
import { compileScaleTarget, scaleTargetField } from '../parts/scale-target';
import { behaviorField, compileBehavior } from '../parts/scaling-behavior';
import { COUNT, POSITIVE } from '../parts/values';
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
      const percent = cpu?.(scope) ?? speed?.cpu ?? 0;
      const spec: MutableJsonObject = {
        scaleTargetRef: target(scope),
        minReplicas: least?.(scope) ?? 1,
        maxReplicas: most?.(scope) ?? 1,
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

function checkBounds({ minReplicas, maxReplicas }: Autoscaler, compiler: EntryCompiler): void {
  const [least, most] = [Number(minReplicas?.text ?? 1), Number(maxReplicas?.text ?? 1)];
  if (minReplicas !== undefined && least > most) {
    compiler.report(minReplicas.node, `minReplicas (${least}) is more than maxReplicas (${most})`);
  }
}
