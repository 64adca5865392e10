// Queues, pauses after errors, declared requeues.
import { type ProfileRegistry, type ProfileUse } from '../../resources';
import { walkFields } from '../../schema';
import { crdField } from '../model/crd.fields';
import { retryBackoffField } from '../model/external.fields';
import { reconcilerProfiles } from '../profiles/reconciler-profiles';
import { ProblemList } from '../../common';
import { CODE } from './codes';
import { at, boxesOf, type EntryRule } from './rule';

/** `defaultDepth`: maxDepth of a queue without one, when no profile says it either. */
export function queueRule(defaultDepth: number, profiles: ProfileRegistry): EntryRule {
  return ({ entry }, findings) => {
    for (const { reconciler } of boxesOf(entry)) {
      const queue = reconciler?.queue;
      if (queue === undefined) continue;
      const named = profiles.find(reconcilerProfiles, reconciler?.profile?.text ?? '')?.values;
      const depth = queue.maxDepth ?? named?.maxDepth ?? defaultDepth;
      const { behaviour } = queue;
      if (queue.maxDepth === 0) {
        findings.warning(
          at(queue, 'maxDepth'),
          CODE.queue,
          'an unlimited queue grows as long as work comes faster than it is done',
        );
      }
      if (behaviour === undefined) continue;
      if (depth === 0) {
        findings.error(
          at(behaviour),
          CODE.queue,
          '"behaviour" needs "maxDepth": an unlimited queue has no limit to look at',
        );
      }
      const { onThreshold } = behaviour;
      if (onThreshold !== undefined && !onThreshold.node.entries.has('value')) {
        findings.error(at(onThreshold), CODE.queue, 'onThreshold needs "value": per cent of maxDepth');
      }
      if (onThreshold?.drop === false) {
        findings.warning(at(onThreshold, 'drop'), CODE.queue, '"drop: false" has no effect: a threshold always drops');
      }
    }
  };
}

/** The name of a profile, and where it stands for `uses`. */
export function reconcilerProfileRule(profiles: ProfileRegistry, uses: ProfileUse[]): EntryRule {
  return ({ entry }, findings) => {
    for (const { reconciler } of boxesOf(entry)) {
      if (reconciler?.profile === undefined) continue;
      const { text: name, node } = reconciler.profile;
      uses.push({ profiles: reconcilerProfiles, name, position: node.position, path: node.path });
      const nearMiss = profiles.nearMiss(reconcilerProfiles, name);
      if (nearMiss !== undefined) findings.warning(node, CODE.profile, nearMiss);
      if (profiles.find(reconcilerProfiles, name) !== undefined) continue;
      findings.error(node, CODE.profile, profiles.unknown(reconcilerProfiles, name));
    }
  };
}

/** Wherever a retryBackoff stands. */
export const checkBackoff: EntryRule = ({ entry }, findings) => {
  walkFields({ field: crdField, node: entry.node, place: '' }, ({ field, node }) => {
    if (field !== retryBackoffField || node.kind !== 'map') return true;
    const backoff = retryBackoffField.decode(node, { problems: new ProblemList() });
    if (typeof backoff !== 'object') return false;
    const { initial, max } = backoff;
    if (initial !== undefined && max !== undefined && initial > max) {
      findings.error(at(backoff, 'max'), CODE.backoff, '"max" is shorter than "initial"');
    }
    return false;
  });
};

export const checkRequeue: EntryRule = ({ entry }, findings) => {
  for (const { reconciler } of boxesOf(entry)) {
    const requeue = reconciler?.requeue;
    if (requeue === undefined || requeue.node.entries.has('after')) continue;
    findings.error(at(requeue), CODE.requeue, 'requeue needs "after": when the object is looked at again');
  }
};
