// behavior of an autoscaler: how fast it goes up and down.
import { type JsonObject, type MutableJsonObject } from '../../common';
import { integer, list, object, oneOf, optional, required } from '../../schema';
import { profileClass, profileProperty } from '../profiles/profile-class';
import { profileOrValues } from '../profiles/profile-part';
import { HPA_PROFILES, type HpaProfile } from '../profiles/workload-values';
import { type BuildScope } from '../resource-kind';
import { type EntryCompiler } from './common-entry';
import { put } from './part';

const HOUR_S = 3_600;
const HALF_HOUR_S = 1_800;

const policy = object('scaling policy', {
  type: required(oneOf(['Pods', 'Percent']), 'What value counts.'),
  value: required(integer(1, 2_147_483_647), 'Change that is allowed in one period.'),
  periodSeconds: required(integer(1, HALF_HOUR_S), 'Length of the period.'),
});

const rules = object('scaling rules', {
  stabilizationWindowSeconds: optional(integer(0, HOUR_S), 'Recommendations of this time are looked at; default 0.'),
  selectPolicy: optional(oneOf(['Max', 'Min', 'Disabled']), 'Which of the policies counts; default Max.'),
  policies: optional(list(policy), 'What is allowed; default: that of Kubernetes.'),
});

const speeds = {
  scaleUp: optional(rules, 'How pods are added.'),
  scaleDown: optional(rules, 'How pods are taken away.'),
} as const;

const MOST_PODS = 2_147_483_647;

export const hpaProfiles = profileClass({
  key: 'hpa',
  what: 'scaling',
  site: 'hpa[].behavior.profile',
  doc: 'How autoscalers scale.',
  builtIn: HPA_PROFILES,
  properties: {
    minReplicas: optional(integer(1, MOST_PODS), 'Fewest pods of an autoscaler that does not say it.'),
    maxReplicas: optional(integer(1, MOST_PODS), 'Most pods of an autoscaler that does not say it.'),
    targetCPUUtilizationPercentage: optional(integer(1, MOST_PODS), 'CPU target of an autoscaler that has none.'),
    behavior: optional(object('scaling behavior of a profile', speeds), 'How fast it goes up and down.'),
  },
  compile(declared, compiler) {
    const { minReplicas, maxReplicas, targetCPUUtilizationPercentage } = declared;
    if (minReplicas !== undefined && maxReplicas !== undefined && minReplicas > maxReplicas) {
      compiler.report(declared.node, `minReplicas (${minReplicas}) is more than maxReplicas (${maxReplicas})`);
    }
    const behavior = builtBehavior(declared.behavior ?? {});
    const values = { minReplicas, maxReplicas, targetCPUUtilizationPercentage, behavior };
    return () => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
  },
});

export const behaviorField = object('scaling behavior', {
  profile: profileProperty(hpaProfiles, 'excludes the other keys'),
  ...speeds,
});

type Behavior = NonNullable<ReturnType<typeof behaviorField.decode>>;
type Rules = NonNullable<ReturnType<typeof rules.decode>>;

/** `behavior`, and what a profile says of pods and their CPU. */
export function compileBehavior(
  declared: Behavior | undefined,
  compiler: EntryCompiler,
): ((scope: BuildScope) => HpaProfile) | undefined {
  return profileOrValues(declared, hpaProfiles, compiler, (own) => {
    const behavior = builtBehavior(own);
    return behavior === undefined ? undefined : () => ({ behavior });
  });
}

function builtBehavior({
  scaleUp,
  scaleDown,
}: Pick<Partial<Behavior>, 'scaleUp' | 'scaleDown'>): JsonObject | undefined {
  const behavior: MutableJsonObject = {};
  put(behavior, 'scaleUp', builtRules(scaleUp));
  put(behavior, 'scaleDown', builtRules(scaleDown));
  return Object.keys(behavior).length === 0 ? undefined : behavior;
}

function builtRules(declared: Rules | undefined): JsonObject | undefined {
  if (declared === undefined) return undefined;
  const built: MutableJsonObject = { stabilizationWindowSeconds: declared.stabilizationWindowSeconds ?? 0 };
  put(built, 'selectPolicy', declared.selectPolicy);
  const policies = declared.policies ?? [];
  if (policies.length > 0) {
    built['policies'] = policies.map(({ type, value, periodSeconds }) => ({
      type: type ?? '',
      value: value ?? 0,
      periodSeconds: periodSeconds ?? 0,
    }));
  }
  return built;
}
