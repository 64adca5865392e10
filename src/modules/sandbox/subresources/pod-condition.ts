import { jsonEquals, type JsonObject } from '../../common';
import { part, parts } from '../kinds';

/** The pod with this condition, the very pod when it has it already; the time of the transition stays where the status is as it was. */
export function withCondition(pod: JsonObject, condition: JsonObject, now: string): JsonObject {
  const status = part(pod, 'status');
  const all = parts(status, 'conditions');
  const known = all.find((one) => one['type'] === condition['type']);
  const isSame = known !== undefined && known['status'] === condition['status'];
  const lastTransitionTime = isSame ? (known['lastTransitionTime'] ?? now) : now;
  const made = { lastProbeTime: null, ...condition, lastTransitionTime };
  if (jsonEquals(made, known)) return pod;
  const conditions = known === undefined ? [...all, made] : all.map((one) => (one === known ? made : one));
  return { ...pod, status: { ...status, conditions } };
}
