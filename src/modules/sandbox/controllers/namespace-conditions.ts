// The conditions of a namespace that is being deleted, with the words of the real controller.
import { type JsonObject, rfc3339 } from '../../common';
import { parts } from '../kinds';

const FINE: readonly (readonly [type: string, reason: string, message: string])[] = [
  ['NamespaceDeletionDiscoveryFailure', 'ResourcesDiscovered', 'All resources successfully discovered'],
  ['NamespaceDeletionGroupVersionParsingFailure', 'ParsedGroupVersions', 'All legacy kube types successfully parsed'],
  [
    'NamespaceDeletionContentFailure',
    'ContentDeleted',
    'All content successfully deleted, may be waiting on finalization',
  ],
  ['NamespaceContentRemaining', 'ContentRemoved', 'All content successfully removed'],
  ['NamespaceFinalizersRemaining', 'ContentHasNoFinalizers', 'All content-preserving finalizers finished'],
];

/** What is left in a namespace: how many objects of each resource, and how many each finalizer holds. */
export interface Remaining {
  /** By `<plural>.<group>`; the group is empty for the core. */
  readonly resources: ReadonlyMap<string, number>;
  readonly finalizers: ReadonlyMap<string, number>;
}

export function namespaceConditions(
  status: JsonObject | undefined,
  { resources, finalizers }: Remaining,
  nowMs: number,
): readonly JsonObject[] {
  const troubles = new Map<string, readonly [reason: string, message: string]>();
  if (resources.size > 0) {
    const list = [...resources].map(([name, count]) => `${name} has ${count} resource instances`).sort();
    troubles.set('NamespaceContentRemaining', [
      'SomeResourcesRemain',
      `Some resources are remaining: ${list.join(', ')}`,
    ]);
  }
  if (finalizers.size > 0) {
    const list = [...finalizers].map(([name, count]) => `${name} in ${count} resource instances`).sort();
    const message = `Some content in the namespace has finalizers remaining: ${list.join(', ')}`;
    troubles.set('NamespaceFinalizersRemaining', ['SomeFinalizersRemain', message]);
  }
  const before = parts(status, 'conditions');
  return FINE.map(([type, reason, message]) => {
    const trouble = troubles.get(type);
    const value = trouble === undefined ? 'False' : 'True';
    const last = before.find((condition) => condition['type'] === type);
    const lastTransitionTime = last?.['status'] === value ? last['lastTransitionTime'] : rfc3339(nowMs);
    return {
      type,
      status: value,
      lastTransitionTime,
      reason: trouble?.[0] ?? reason,
      message: trouble?.[1] ?? message,
    };
  });
}
