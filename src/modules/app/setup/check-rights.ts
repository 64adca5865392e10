// Before anything starts: does this account have the rights that the Katalog needs? One request asks for all of them, so
// that a missing rule is one clear message and not an operator that fails at its first write (engine contract §8).
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue, OrkestraError, valueAt } from '../../common';
import { type CompiledKatalog, deriveRuntimeRules, missingRules, type PolicyRule, ruleText } from '../../katalog';
import { type KubeApi, KubeApiError, type ResourceType } from '../../kube';
import { type Logger } from '../../observability';

const REVIEWS: ResourceType = {
  group: 'authorization.k8s.io',
  version: 'v1',
  kind: 'SelfSubjectRulesReview',
  plural: 'selfsubjectrulesreviews',
  namespaced: false,
};

const ACCOUNTS: ResourceType = {
  group: 'authentication.k8s.io',
  version: 'v1',
  kind: 'SelfSubjectReview',
  plural: 'selfsubjectreviews',
  namespaced: false,
};

export interface RightsCheck {
  readonly katalog: CompiledKatalog;
  readonly api: KubeApi;
  /** Of the Lease and the inventories. */
  readonly namespace: string;
  readonly logger: Logger;
  /** Needed beside what follows from the Katalog. */
  readonly more?: readonly PolicyRule[];
}

/** Rejects with a UserError that names every missing rule. Missing rights for Events are a warning. */
export async function checkRights(check: RightsCheck, signal: AbortSignal): Promise<void> {
  const granted = await grantedRules(check, signal);
  if (granted === undefined) return;
  const missing = missingRules([...deriveRuntimeRules(check.katalog), ...(check.more ?? [])], granted);
  const events = missing.filter(isAboutEvents);
  const needed = missing.filter((rule) => !isAboutEvents(rule));
  if (needed.length > 0) {
    const account = await accountName(check.api, signal);
    throw new OrkestraError({
      code: 'RIGHTS_MISSING',
      kind: 'UserError',
      message: `the account ${account}lacks rights that the Katalog "${check.katalog.name}" needs; add to its ClusterRole:\n${lines(needed)}`,
    });
  }
  if (events.length === 0) return;
  check.logger.warn('rights.missing', {
    problem: `no Events can be written: the account lacks\n${lines(events)}`,
  });
}

/** Undefined where the server doesn't say all of it: then the requests themselves will tell. */
async function grantedRules(
  { api, namespace, logger }: RightsCheck,
  signal: AbortSignal,
): Promise<readonly PolicyRule[] | undefined> {
  const review: JsonObject = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: REVIEWS.kind,
    spec: { namespace },
  };
  try {
    const answer = await api.create(REVIEWS, undefined, review, { signal });
    if (valueAt(answer, ['status', 'incomplete']) === true) return undefined;
    const rules = valueAt(answer, ['status', 'resourceRules']);
    return isJsonArray(rules) ? rules.filter(isJsonObject).map(readRule) : [];
  } catch (error) {
    if (!(error instanceof KubeApiError)) throw error;
    logger.debug('rights.unknown', { problem: error.message });
    return undefined;
  }
}

/** Only for a message: empty where the server doesn't tell. */
async function accountName(api: KubeApi, signal: AbortSignal): Promise<string> {
  const review: JsonObject = { apiVersion: 'authentication.k8s.io/v1', kind: ACCOUNTS.kind };
  try {
    const name = valueAt(await api.create(ACCOUNTS, undefined, review, { signal }), ['status', 'userInfo', 'username']);
    return typeof name === 'string' ? `"${name}" ` : '';
  } catch {
    return '';
  }
}

function readRule(rule: JsonObject): PolicyRule {
  return {
    apiGroups: texts(rule['apiGroups']),
    resources: texts(rule['resources']),
    verbs: texts(rule['verbs']),
    resourceNames: texts(rule['resourceNames']),
  };
}

function texts(value: JsonValue | undefined): readonly string[] {
  return isJsonArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

function isAboutEvents({ resources }: PolicyRule): boolean {
  return resources.includes('events');
}

function lines(rules: readonly PolicyRule[]): string {
  return rules.map((rule) => `  ${ruleText(rule)}`).join('\n');
}
