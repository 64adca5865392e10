// What of a pod may change after it was made: images, a shorter deadline, more tolerations, fewer scheduling gates; of a
// pod that is gated also where it may run.
import { jsonEquals, type JsonObject, type MutableJsonObject } from '../../common';
import { type FieldCause, forbiddenCause, invalidCause, requiredCause } from '../../schema';
import { items, numberAt, part, parts, take, textAt } from './draft';
import { forbiddenDiff } from './go-form';

const MAX_DEADLINE = 2_147_483_647;
const LISTS = ['containers', 'initContainers'] as const;
const MUTABLE = [
  '`spec.containers[*].image`',
  '`spec.initContainers[*].image`',
  '`spec.activeDeadlineSeconds`',
  '`spec.tolerations` (only additions to existing tolerations)',
  '`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
];

/** Both pods have passed the rules of a pod. */
export function podUpdateProblems(object: JsonObject, old: JsonObject): readonly FieldCause[] {
  const spec = part(object, 'spec') ?? {};
  const before = part(old, 'spec') ?? {};
  const problems: FieldCause[] = [];
  for (const list of LISTS) {
    if (parts(spec, list).length !== parts(before, list).length) {
      return [...problems, forbiddenCause(`spec.${list}`, 'pod updates may not add or remove containers')];
    }
    problems.push(...imageProblems(spec, list));
  }
  const deadline = deadlineProblem(numberAt(spec, 'activeDeadlineSeconds'), numberAt(before, 'activeDeadlineSeconds'));
  if (deadline !== undefined) {
    problems.push(deadline.cause);
    if (deadline.ends) return problems;
  }
  problems.push(...tolerationProblems(spec, before), ...gateProblems(spec, before));
  return [...problems, ...othersKept(spec, before)];
}

function imageProblems(spec: JsonObject, list: string): readonly FieldCause[] {
  return parts(spec, list).flatMap((container, index) => {
    const image = textAt(container, 'image');
    const at = `spec.${list}[${index}].image`;
    if (image === '') return [requiredCause(at)];
    return image.trim() === image ? [] : [invalidCause(at, image, 'must not have leading or trailing whitespace')];
  });
}

function deadlineProblem(
  now: number | undefined,
  before: number | undefined,
): { readonly cause: FieldCause; readonly ends: boolean } | undefined {
  const field = 'spec.activeDeadlineSeconds';
  if (now === undefined) {
    if (before === undefined) return undefined;
    const detail = 'must not update from a positive integer to nil value';
    return { cause: invalidCause(field, null, detail), ends: false };
  }
  if (now < 0 || now > MAX_DEADLINE) {
    const detail = `must be between 0 and ${MAX_DEADLINE}, inclusive`;
    return { cause: invalidCause(field, now, detail), ends: true };
  }
  if (before === undefined || now <= before) return undefined;
  return { cause: invalidCause(field, now, 'must be less than or equal to previous value'), ends: true };
}

function tolerationProblems(spec: JsonObject, before: JsonObject): readonly FieldCause[] {
  const withoutSeconds = ({ tolerationSeconds: _seconds, ...rest }: JsonObject): JsonObject => rest;
  const own = parts(spec, 'tolerations').map(withoutSeconds);
  const isKept = parts(before, 'tolerations')
    .map(withoutSeconds)
    .every((toleration) => own.some((one) => jsonEquals(one, toleration)));
  const detail = 'existing toleration can not be modified except its tolerationSeconds';
  return isKept ? [] : [forbiddenCause('spec.tolerations', detail)];
}

function gateProblems(spec: JsonObject, before: JsonObject): readonly FieldCause[] {
  const known = new Set(parts(before, 'schedulingGates').map((gate) => textAt(gate, 'name')));
  return parts(spec, 'schedulingGates').flatMap((gate, index) => {
    const name = textAt(gate, 'name');
    if (known.has(name)) return [];
    const detail = `only deletion is allowed, but found new scheduling gate '${name}'`;
    return [forbiddenCause(`spec.schedulingGates[${index}].name`, detail)];
  });
}

/** Everything else, after what may change was made equal. */
function othersKept(spec: JsonObject, before: JsonObject): readonly FieldCause[] {
  const problems: FieldCause[] = [];
  const kept: MutableJsonObject = { ...spec };
  for (const member of ['activeDeadlineSeconds', 'tolerations', 'schedulingGates']) take(kept, member, before[member]);
  for (const list of LISTS) {
    const images = parts(before, list).map(({ image }) => image);
    if (images.length > 0) kept[list] = parts(spec, list).map((one, index) => ({ ...one, image: images[index] }));
  }
  const grace = numberAt(before, 'terminationGracePeriodSeconds') ?? 0;
  if (grace < 0 && kept['terminationGracePeriodSeconds'] === 1) kept['terminationGracePeriodSeconds'] = grace;
  if (items(before, 'schedulingGates').length > 0) {
    problems.push(...nodeSelectorProblems(spec, before));
    take(kept, 'nodeSelector', before['nodeSelector']);
  }
  if (jsonEquals(kept, before)) return problems;
  const detail = `pod updates may not change fields other than ${MUTABLE.join(',')}`;
  return [...problems, forbiddenDiff('spec', 'core.PodSpec', before, kept, detail)];
}

/** A gated pod may be given more to select its node by. */
function nodeSelectorProblems(spec: JsonObject, before: JsonObject): readonly FieldCause[] {
  const now = part(spec, 'nodeSelector') ?? {};
  const isAddition = Object.entries(part(before, 'nodeSelector') ?? {}).every(([key, value]) => now[key] === value);
  const detail = 'only additions to spec.nodeSelector are allowed (no mutations or deletions)';
  return isAddition ? [] : [invalidCause('spec.nodeSelector', now, detail)];
}
