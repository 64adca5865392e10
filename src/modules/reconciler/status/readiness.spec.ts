import { type JsonObject } from '../../common';
import { type KubeObject } from '../../kube';
import { notCurrent } from './readiness';

function object(kind: string, status: JsonObject, spec: JsonObject = {}, apiVersion = 'apps/v1'): KubeObject {
  return { apiVersion, kind, metadata: { name: 'a', namespace: 'default', generation: 2 }, spec, status };
}

const condition = (type: string, more: JsonObject = {}): JsonObject => ({
  conditions: [{ type, status: 'True', ...more }],
});

describe('a ReplicaSet', () => {
  const done = { observedGeneration: 2, replicas: 2, availableReplicas: 2 };
  it.each<[string, JsonObject, string | undefined]>([
    ['with all its pods', done, undefined],
    ['that nobody saw', {}, 'has 0 of 2 replicas available'],
    ['of an older generation', { ...done, observedGeneration: 1 }, 'is being processed'],
    ['with a pod that is not available', { ...done, availableReplicas: 1 }, 'has 1 of 2 replicas available'],
    ['with a pod too many', { ...done, replicas: 3 }, 'has 1 replicas too many'],
    [
      'that may not make pods',
      { ...done, ...condition('ReplicaFailure', { reason: 'FailedCreate' }) },
      "can't make its pods (FailedCreate)",
    ],
  ])('%s', (_name, status, expected) => {
    expect(notCurrent(object('ReplicaSet', status, { replicas: 2 }))).toBe(expected);
  });
});

describe('a StatefulSet', () => {
  const rolling = { replicas: 3, updateStrategy: { type: 'RollingUpdate' } };
  const done = { observedGeneration: 2, replicas: 3, readyReplicas: 3, updatedReplicas: 3 };
  it.each<[string, JsonObject, JsonObject, string | undefined]>([
    ['with all its pods', done, rolling, undefined],
    ['without replicas', { observedGeneration: 2 }, { replicas: 0 }, undefined],
    ['that nobody saw', {}, rolling, 'has 0 of 3 replicas ready'],
    ['with a pod too many', { ...done, replicas: 4 }, rolling, 'has 1 replicas too many'],
    ['in the middle of an update', { ...done, updatedReplicas: 1 }, rolling, 'has 1 of 3 replicas updated'],
    [
      'that updates only some',
      { ...done, updatedReplicas: 1 },
      { ...rolling, updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 2 } } },
      undefined,
    ],
    [
      'whose pods people delete',
      { ...done, updatedReplicas: 0 },
      { replicas: 3, updateStrategy: { type: 'OnDelete' } },
      undefined,
    ],
  ])('%s', (_name, status, spec, expected) => {
    expect(notCurrent(object('StatefulSet', status, spec))).toBe(expected);
  });
});

describe('a Pod', () => {
  it.each<[string, JsonObject, string | undefined]>([
    ['that is ready', { phase: 'Running', ...condition('Ready') }, undefined],
    ['that runs and is not ready', { phase: 'Running', conditions: [] }, 'is not ready'],
    ['that has no node', { phase: 'Pending' }, 'is not ready'],
    ['that did its work', { phase: 'Succeeded' }, undefined],
    ['that failed', { phase: 'Failed', reason: 'Evicted' }, 'has failed (Evicted)'],
  ])('%s', (_name, status, expected) => {
    expect(notCurrent(object('Pod', status, {}, 'v1'))).toBe(expected);
  });
});

describe('a Job', () => {
  it.each<[string, JsonObject, string | undefined]>([
    ['that nobody saw', {}, 'has not begun'],
    ['that runs', { startTime: '2026-01-01T00:00:00Z', active: 1 }, 'is not complete'],
    ['that is suspended', condition('Suspended'), 'is suspended'],
    ['that is complete', { startTime: '2026-01-01T00:00:00Z', ...condition('Complete') }, undefined],
    ['that failed', condition('Failed', { reason: 'BackoffLimitExceeded' }), 'has failed (BackoffLimitExceeded)'],
  ])('%s', (_name, status, expected) => {
    expect(notCurrent(object('Job', status, {}, 'batch/v1'))).toBe(expected);
  });
});

it('a kind of the same name in another group has the rule of every other kind', () => {
  const other = (status: JsonObject): string | undefined =>
    notCurrent(object('Job', status, {}, 'queue.example.org/v1'));
  expect(other({})).toBeUndefined();
  expect(other({ conditions: [{ type: 'Ready', status: 'False' }] })).toBe('is not ready');
  expect(other(condition('Stalled'))).toBe('is stalled');
});

describe('a PersistentVolumeClaim', () => {
  it.each<[string, JsonObject, string | undefined]>([
    ['with its volume', { phase: 'Bound' }, undefined],
    ['without one', { phase: 'Pending' }, 'is not bound to a volume yet'],
    ['that nobody saw', {}, 'is not bound to a volume yet'],
  ])('%s', (_name, status, expected) => {
    expect(notCurrent(object('PersistentVolumeClaim', status, {}, 'v1'))).toBe(expected);
  });
});
