// POST pods/{name}/binding: the scheduler's word on where a pod runs.
import { type JsonObject, rfc3339 } from '../../common';
import { items, part, textAt } from '../kinds';
import { type FieldCause, notSupportedCause, requiredCause } from '../../schema';
import { type ApiStatus, badRequest, conflict, notFound, plainError, succeeded } from '../status';
import {
  etcdKey,
  metaOf,
  type ObjectTarget,
  resourceOf,
  type SandboxCore,
  storageProblem,
  textOf,
  withMeta,
  type WriteOptions,
} from '../verbs';
import { withCondition } from './pod-condition';

/** @throws ApiStatusError 400, 404, 409, 500 */
export function bindPod(
  core: SandboxCore,
  target: ObjectTarget,
  binding: JsonObject,
  { isDryRun }: WriteOptions,
): ApiStatus {
  const { definition, namespace, name } = target;
  if (textOf(binding, 'name') !== name) throw badRequest('name in URL does not match name in Binding object');
  const node = textAt(part(binding, 'target'), 'name');
  const problems = bindingProblems(part(binding, 'target'));
  if (problems.length > 0) throw plainError(problems.map(({ field, message }) => `${field}: ${message}`).join(', '));
  const pod = core.store.get(definition.id, namespace, name);
  if (pod === undefined) throw notFound(resourceOf(definition), name);
  assertPreconditions(target, pod, binding);
  const why = obstacle(pod);
  if (why !== undefined) throw conflict({ group: '', name: 'pods/binding' }, name, why);
  if (isDryRun !== true) {
    const spec = { ...part(pod, 'spec'), nodeName: node };
    const bound = withCondition({ ...pod, spec }, { type: 'PodScheduled', status: 'True' }, rfc3339(core.clock.now()));
    core.store.put(definition.id, { namespace, name }, (resourceVersion) =>
      withMeta(bound, { ...givenMeta(pod, binding), resourceVersion }),
    );
  }
  return succeeded();
}

function bindingProblems(target: JsonObject | undefined): readonly FieldCause[] {
  const kind = textAt(target, 'kind');
  return [
    ...(kind === '' || kind === 'Node' ? [] : [notSupportedCause('target.kind', kind, ['Node', '<empty>'])]),
    ...(textAt(target, 'name') === '' ? [requiredCause('target.name')] : []),
  ];
}

function assertPreconditions(
  { definition, namespace, name }: ObjectTarget,
  pod: JsonObject,
  binding: JsonObject,
): void {
  for (const [member, what] of [
    ['uid', 'UID'],
    ['resourceVersion', 'ResourceVersion'],
  ] as const) {
    const [asked, found] = [textOf(binding, member), textOf(pod, member)];
    if (asked === '' || asked === found) continue;
    const why = `Precondition failed: ${what} in precondition: ${asked}, ${what} in object meta: ${found}`;
    throw conflict(resourceOf(definition), name, storageProblem(etcdKey(definition, namespace, name), why));
  }
}

function obstacle(pod: JsonObject): string | undefined {
  const name = textOf(pod, 'name');
  if (textOf(pod, 'deletionTimestamp') !== '') return `pod ${name} is being deleted, cannot be assigned to a host`;
  const node = textAt(part(pod, 'spec'), 'nodeName');
  if (node !== '') return `pod ${name} is already assigned to node "${node}"`;
  const isGated = items(part(pod, 'spec'), 'schedulingGates').length > 0;
  return isGated ? `pod ${name} has non-empty .spec.schedulingGates` : undefined;
}

/** Labels and annotations of the binding go to the pod. */
function givenMeta(pod: JsonObject, binding: JsonObject): JsonObject {
  const merged = (member: 'annotations' | 'labels'): JsonObject => {
    const given = part(metaOf(binding), member) ?? {};
    return Object.keys(given).length === 0 ? {} : { [member]: { ...part(metaOf(pod), member), ...given } };
  };
  return { ...merged('annotations'), ...merged('labels') };
}
