// Steps 50 to 54. How work is done: pauses, reads, gates, Events.
import { box, reconciler, type Step } from './step';

export const WORK_STEPS: readonly Step[] = [
  {
    step: 50,
    what: 'pauses that get shorter',
    fails: reconciler('queue: { retryBackoff: { initial: 1m, max: §1s } }'),
    says: '"max" is shorter than "initial"',
    passes: reconciler('queue: { retryBackoff: { initial: 1s, max: 1m, multiplier: 1 } }'),
  },
  {
    step: 50,
    what: 'a multiplier below 1',
    fails: reconciler('queue: { retryBackoff: { multiplier: §0.5 } }'),
    says: 'expected a number from 1 to 100',
    passes: reconciler('queue: { retryBackoff: 500ms }'),
  },
  {
    step: 51,
    what: 'a requeue with days',
    fails: reconciler('requeue: { after: §1d }'),
    says: 'expected a duration (units ns us ms s m h), or a template',
    passes: reconciler('requeue: { after: "{{ .spec.after }}" }'),
  },
  {
    step: 51,
    what: 'a requeue without time',
    fails: reconciler('requeue: §{ when: [{ field: spec.a }] }'),
    says: 'requeue needs "after"',
    passes: reconciler('requeue: { after: 24h, when: [{ field: spec.a }] }'),
  },
  {
    step: 52,
    what: 'a cross read of two targets',
    fails: box('cross: [{ crd: website, labelSelector: §{ a: b }, as: x }]'),
    says: '"crd" and "labelSelector" exclude each other',
    passes: box('cross: [{ labelSelector: { a: b }, as: x }]'),
  },
  {
    step: 52,
    what: 'a cross read with two credentials',
    fails: box(
      'cross: [{ crd: x, source: { host: "http://a.example", auth: { token: $A, secretRef: §{ name: a, key: b } } } }]',
    ),
    says: '"token" and "secretRef" exclude each other',
    passes: box('cross: [{ crd: x, source: { endpoint: "http://a.example/x", auth: { token: $A } } }]'),
  },
  {
    step: 52,
    what: 'a cross read of an unknown CRD',
    fails: box('cross: [{ crd: §websit }]'),
    says: '"websit" is not a CRD of this Katalog (did you mean "website"?)',
    passes: box('cross: [{ crd: website }]'),
  },
  {
    step: 53,
    what: 'eventAware before the queue',
    fails: box('preReconcile: { enqueueGate: { eventAware: §true } }'),
    says: '"eventAware" belongs to reconcileGate',
    passes: box('preReconcile: { reconcileGate: { eventAware: true } }'),
  },
  {
    step: 53,
    what: 'an unknown sentinel',
    fails: box('preReconcile: { sentinels: [§generationChange] }'),
    says: '(did you mean "generationChanged"?)',
    passes: box('preReconcile: { sentinels: [generationChanged] }'),
  },
  {
    step: 53,
    what: 'a sentinel of a gate that is not declared',
    fails: box('preReconcile: { sentinels: [uidChanged], reconcileGate: { sentinels: [§labelsChanged] } }'),
    says: '"labelsChanged" is not in preReconcile.sentinels',
    passes: box('preReconcile: { sentinels: [labelsChanged], reconcileGate: { sentinels: [labelsChanged] } }'),
  },
  {
    step: 53,
    what: 'a sentinel in a template that is not declared',
    fails: box('preReconcile: { reconcileGate: { when: [{ field: "{{ §labelsChanged }}", equals: "true" }] } }'),
    says: 'function "labelsChanged" is not defined',
    passes: box(
      'preReconcile: { sentinels: [labelsChanged], reconcileGate: { when: [{ field: "{{ labelsChanged }}", equals: "true" }] } }',
    ),
  },
  {
    step: 53,
    what: 'a failPolicy',
    fails: box('preReconcile: { reconcileGate: { failPolicy: §close } }'),
    says: 'expected one of open, closed',
    passes: box('preReconcile: { reconcileGate: { failPolicy: closed } }'),
  },
  {
    step: 54,
    what: 'Events that wake nobody certain',
    fails: box('observe: { events: { failed: { reason: Failed, keyFrom: §{ namespace: a } } } }'),
    says: 'keyFrom needs "label" or "name"',
    passes: box('observe: { events: { failed: { reason: Failed, on: [create], keyFrom: { name: a } } } }'),
  },
];
