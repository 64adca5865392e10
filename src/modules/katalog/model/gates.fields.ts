// Gates before a pass: docs/reference/katalog.md, preReconcile.
import { conditionList } from '../../expression';
import { bool, list, object, oneOf, optional } from '../../schema';
import { externalList } from './external.fields';

/** What changed between the old and the new object; each is a function of templates that gives "true" or "false". */
export const SENTINELS = [
  'generationChanged',
  'specChanged',
  'statusChanged',
  'labelsChanged',
  'annotationsChanged',
  'metadataChanged',
  'finalizersChanged',
  'ownerReferenceChanged',
  'deletionStarted',
  'deletionGracePeriodChanged',
  'managedFieldsChanged',
  'namespaceChanged',
  'uidChanged',
  'resourceVersionChanged',
] as const;

const sentinels = list(oneOf(SENTINELS));

/** Before the queue (enqueueGate), or before the pass (reconcileGate). */
export const gateField = object('gate', {
  external: optional(externalList, 'Calls whose results the conditions may use.'),
  sentinels: optional(sentinels, 'At least one of these changes must have happened.'),
  eventAware: optional(bool, 'reconcileGate only: every event is an item of its own.', { default: 'false' }),
  when: optional(conditionList, 'All must pass.'),
  or: optional(conditionList, 'At least one must pass.'),
  failPolicy: optional(oneOf(['open', 'closed']), 'Whether an object passes when the gate itself fails.', {
    default: 'open',
  }),
});

export const preReconcileField = object('preReconcile', {
  sentinels: optional(sentinels, 'Changes that are computed; a gate may only use these.'),
  external: optional(externalList, 'Calls before both gates.'),
  enqueueGate: optional(gateField, 'What does not pass is not queued.'),
  reconcileGate: optional(gateField, 'What does not pass is not reconciled; the CR stays as it is.'),
});
