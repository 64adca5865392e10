// POST pods/{name}/eviction: a deletion that asks the disruption budgets of the pod first.
import { cloneJson, type JsonObject, rfc3339, scalarText } from '../../common';
import { isSelected, items, numberAt, part, parts } from '../kinds';
import { type ApiStatus, badRequest, failure, forbidden, notFound, succeeded, tooManyRequests } from '../status';
import {
  assertPreconditions,
  changeObject,
  deleteObject,
  type DeleteRequest,
  metaOf,
  type ObjectTarget,
  resourceOf,
  type SandboxCore,
  textOf,
  withMeta,
  type WriteOptions,
} from '../verbs';
import { withCondition } from './pod-condition';

const BUDGETS = 'policy/poddisruptionbudgets';
const REFUSAL = "Cannot evict pod as it would violate the pod's disruption budget.";
const ALLOWED = 'DisruptionAllowed';
/** The server itself writes into the budget. */
const SERVER = 'kube-apiserver';
const MOST_DISRUPTED = 2_000;
const CONDITION = {
  type: 'DisruptionTarget',
  status: 'True',
  reason: 'EvictionByEvictionAPI',
  message: 'Eviction API: evicting',
};

/** @throws ApiStatusError 400, 404, 409, 429, 500 */
export function evictPod(
  core: SandboxCore,
  target: ObjectTarget,
  eviction: JsonObject,
  { isDryRun }: WriteOptions,
): ApiStatus {
  const { definition, namespace, name } = target;
  if (textOf(eviction, 'name') !== name) throw badRequest('name in URL does not match name in Eviction object');
  const pod = core.store.get(definition.id, namespace, name);
  if (pod === undefined) throw notFound(resourceOf(definition), name);
  const request = deletionOf(part(eviction, 'deleteOptions') ?? {}, isDryRun === true);
  const budget = isFree(pod) ? undefined : budgetOf(core, pod);
  if (budget !== undefined && !isBeyondBudget(pod, budget)) spend(core, budget, name, isDry(request));
  const resourceVersion = isDry(request) ? request.resourceVersion : mark(core, target, pod, request);
  deleteObject(core, { ...target, subresource: undefined }, { ...request, resourceVersion });
  return succeeded();
}

function deletionOf(given: JsonObject, isDryRun: boolean): DeleteRequest {
  const preconditions = part(given, 'preconditions') ?? {};
  const text = (map: JsonObject, member: string): string | undefined => scalarText(map[member]) || undefined;
  const dryRun = items(given, 'dryRun').map(scalarText);
  return {
    uid: text(preconditions, 'uid'),
    resourceVersion: text(preconditions, 'resourceVersion'),
    propagationPolicy: text(given, 'propagationPolicy'),
    gracePeriodSeconds: numberAt(given, 'gracePeriodSeconds'),
    dryRun: dryRun.length === 0 && isDryRun ? ['All'] : dryRun,
  };
}

function isDry({ dryRun }: DeleteRequest): boolean {
  return dryRun !== undefined && dryRun.length > 0;
}

/** A pod that does not run yet, or no longer, disturbs nobody. */
function isFree(pod: JsonObject): boolean {
  const phase = scalarText(part(pod, 'status')?.['phase']);
  return ['Succeeded', 'Failed', 'Pending'].includes(phase) || textOf(pod, 'deletionTimestamp') !== '';
}

function budgetOf(core: SandboxCore, pod: JsonObject): JsonObject | undefined {
  const budgets = [...core.store.list(BUDGETS, textOf(pod, 'namespace'))].filter((budget) => {
    const selector = part(part(budget, 'spec'), 'selector');
    return selector !== undefined && isSelected(selector, part(metaOf(pod), 'labels'));
  });
  if (budgets.length < 2) return budgets[0];
  const message = 'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.';
  throw failure({ code: 500, message });
}

/** A pod that is not ready goes where the budget says so, or where enough others are healthy. */
function isBeyondBudget(pod: JsonObject, budget: JsonObject): boolean {
  const conditions = parts(part(pod, 'status'), 'conditions');
  const isReady = conditions.some((one) => one['type'] === 'Ready' && one['status'] === 'True');
  if (isReady) return false;
  if (part(budget, 'spec')?.['unhealthyPodEvictionPolicy'] === 'AlwaysAllow') return true;
  const status = part(budget, 'status') ?? {};
  const desired = numberAt(status, 'desiredHealthy') ?? 0;
  return desired > 0 && (numberAt(status, 'currentHealthy') ?? 0) >= desired;
}

/** Takes one disruption of the budget. Throws a 429 when it has none. */
function spend(core: SandboxCore, budget: JsonObject, podName: string, isDryRun: boolean): void {
  const name = textOf(budget, 'name');
  const status = part(budget, 'status') ?? {};
  const refuse = (message: string, retryAfterSeconds: number): Error =>
    tooManyRequests(REFUSAL, retryAfterSeconds, [{ reason: 'DisruptionBudget', message }]);
  if ((numberAt(status, 'observedGeneration') ?? 0) < (numberAt(metaOf(budget), 'generation') ?? 0)) {
    throw refuse(`The disruption budget ${name} is still being processed by the server.`, 10);
  }
  const subject = { group: 'policy', name: 'poddisruptionbudget' };
  const allowed = numberAt(status, 'disruptionsAllowed') ?? 0;
  if (allowed < 0) throw forbidden(subject, name, 'pdb disruptions allowed is negative');
  const disrupted = part(status, 'disruptedPods') ?? {};
  if (Object.keys(disrupted).length > MOST_DISRUPTED) {
    const why = 'DisruptedPods map too big - too many evictions not confirmed by PDB controller';
    throw forbidden(subject, name, why);
  }
  if (allowed === 0) throw refuse(reasonOf(name, status), 0);
  if (isDryRun) return;
  const now = rfc3339(core.clock.now());
  const next = {
    ...status,
    disruptionsAllowed: allowed - 1,
    disruptedPods: { ...disrupted, [podName]: now },
    ...(allowed === 1 ? { conditions: exhausted(status, now) } : {}),
  };
  const served = core.registry.find('policy', 'v1', 'poddisruptionbudgets');
  if (served === undefined) return;
  const target = { ...served, namespace: textOf(budget, 'namespace'), name, subresource: 'status' };
  changeObject(core, target, cloneJson({ ...budget, status: next }), budget, { fieldManager: SERVER });
}

/** Nothing more may be disrupted. */
function exhausted(status: JsonObject, now: string): readonly JsonObject[] {
  const others = parts(status, 'conditions');
  const known = others.find((one) => one['type'] === ALLOWED);
  const condition = {
    type: ALLOWED,
    status: 'False',
    observedGeneration: status['observedGeneration'],
    lastTransitionTime: known?.['status'] === 'False' ? known['lastTransitionTime'] : now,
    reason: 'InsufficientPods',
    message: '',
  };
  return [...others.filter((one) => one !== known), condition];
}

function reasonOf(name: string, status: JsonObject): string {
  const condition = parts(status, 'conditions').find((one) => one['type'] === ALLOWED);
  const message = condition?.['status'] === 'False' ? scalarText(condition['message']) : '';
  const reason = scalarText(condition?.['reason']);
  if (message !== '' && reason === 'SyncFailed') {
    return `The disruption budget ${name} does not allow evicting pods currently because it failed sync: ${message}`;
  }
  const [desired, current] = [numberAt(status, 'desiredHealthy') ?? 0, numberAt(status, 'currentHealthy') ?? 0];
  if (current <= desired) {
    return `The disruption budget ${name} needs ${desired} healthy pods and has ${current} currently`;
  }
  const head = `The disruption budget ${name} does not allow evicting pods currently`;
  return message === '' ? head : `${head} (${reason}): ${message}`;
}

/** Whoever watches the pod sees why it goes. The version that the deletion has to meet, where it has to meet one. */
function mark(core: SandboxCore, target: ObjectTarget, pod: JsonObject, request: DeleteRequest): string | undefined {
  const { definition, namespace, name } = target;
  assertPreconditions(target, pod, request);
  const marked = withCondition(pod, CONDITION, rfc3339(core.clock.now()));
  if (marked === pod) return request.resourceVersion;
  const stored = core.store.put(definition.id, { namespace, name }, (resourceVersion) =>
    withMeta(marked, { resourceVersion }),
  );
  return request.resourceVersion === undefined ? undefined : textOf(stored, 'resourceVersion');
}
