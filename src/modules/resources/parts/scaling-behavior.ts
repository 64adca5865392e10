// behavior of an autoscaler: how fast it goes up and down.
import { type JsonObject, type MutableJsonObject } from '../../common';
import { integer, list, object, oneOf, optional, required, text } from '../../schema';
import { type EntryCompiler } from './common-entry';
import { type Part, profilePart, put } from './part';
import { HPA_PROFILES } from './profiles';
import { checkExclusive } from './security';

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

export const behaviorField = object('scaling behavior', {
  profile: optional(text, 'web, api, latency-sensitive, batch or cost-optimized; excludes the other keys.'),
  scaleUp: optional(rules, 'How pods are added.'),
  scaleDown: optional(rules, 'How pods are taken away.'),
});

type Behavior = NonNullable<ReturnType<typeof behaviorField.decode>>;
type Rules = NonNullable<ReturnType<typeof rules.decode>>;

/** `behavior`, and the CPU target of a profile. */
export function compileBehavior(
  declared: Behavior | undefined,
  compiler: EntryCompiler,
): Part<{ readonly cpu?: number; readonly behavior: JsonObject }> | undefined {
  if (declared === undefined) return undefined;
  checkExclusive(declared, compiler);
  if (declared.profile !== undefined) return profilePart(declared.profile, HPA_PROFILES, 'scaling', compiler);
  const behavior: MutableJsonObject = {};
  put(behavior, 'scaleUp', builtRules(declared.scaleUp));
  put(behavior, 'scaleDown', builtRules(declared.scaleDown));
  return Object.keys(behavior).length === 0 ? undefined : () => ({ behavior });
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
