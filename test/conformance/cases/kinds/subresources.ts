// Parts of an object that take a POST: binding and eviction of a pod, tokens of a service account.
import { type CaseTable } from '../../harness/conformance-case';
import { type Session } from '../../harness/session';
import { pod } from '../objects';

const MERGE = { headers: { 'content-type': 'application/merge-patch+json' } };

function binding(target: object = { kind: 'Node', name: 'one' }, metadata: object = {}): object {
  return { apiVersion: 'v1', kind: 'Binding', metadata: { name: 'a', ...metadata }, target };
}

function eviction(deleteOptions?: object, name = 'a'): object {
  const options = deleteOptions === undefined ? {} : { deleteOptions };
  return { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name }, ...options };
}

async function runningPod(k: Session): Promise<void> {
  await k.setup('POST', k.in('v1', 'pods'), pod('a', { nodeName: 'n' }));
  const time = '2001-01-01T00:00:00Z';
  const conditions = [{ type: 'Ready', status: 'True', lastProbeTime: time, lastTransitionTime: time }];
  await k.setup('PATCH', k.in('v1', 'pods', 'a', 'status'), { status: { phase: 'Running', conditions } }, MERGE);
}

async function budget(k: Session, name: string): Promise<void> {
  await k.setup('POST', k.in('policy/v1', 'poddisruptionbudgets'), {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name },
    spec: { minAvailable: 1, selector: {} },
  });
}

/** The token itself is the server's secret; how long it lives is not. */
const token = {
  only: (body: any): unknown =>
    body.kind === 'Status'
      ? body
      : {
          spec: body.spec,
          parts: body.status.token.split('.').length,
          seconds: (Date.parse(body.status.expirationTimestamp) - Date.parse(body.metadata.creationTimestamp)) / 1_000,
        },
};

export const SUBRESOURCES: CaseTable = {
  'bindings that cannot be': async (k) => {
    await k.setup('POST', k.in('v1', 'pods'), pod('a'));
    const path = k.in('v1', 'pods', 'a', 'binding');
    for (const sent of [
      binding({ kind: 'Pod', name: 'x' }),
      binding({ kind: 'Node' }),
      binding(undefined, { name: 'b' }),
      binding(undefined, { uid: '1' }),
      { ...binding(), kind: 'Eviction' },
    ]) {
      await k.post(path, sent);
    }
    await k.post(path, binding(undefined, { labels: { a: 'b' }, annotations: { c: 'd' } }));
    await k.post(path, binding());
    await k.get(k.in('v1', 'pods', 'a'));
    await k.get(path);
    await k.post(k.in('v1', 'pods', 'none', 'binding'), binding(undefined, { name: 'none' }));
  },

  'a gated pod is not bound': async (k) => {
    await k.setup('POST', k.in('v1', 'pods'), pod('a', { schedulingGates: [{ name: 'example.com/gate' }] }));
    await k.post(k.in('v1', 'pods', 'a', 'binding'), binding());
  },

  'the older way to bind': async (k) => {
    await k.setup('POST', k.in('v1', 'pods'), pod('a'));
    await k.post(k.in('v1', 'bindings'), binding());
    await k.get(k.in('v1', 'pods', 'a'), { only: ({ spec, status }) => ({ node: spec.nodeName, status }) });
  },

  'evictions that cannot be': async (k) => {
    await k.setup('POST', k.in('v1', 'pods'), pod('a'));
    const path = k.in('v1', 'pods', 'a', 'eviction');
    await k.post(path, eviction(undefined, 'b'));
    await k.post(path, eviction({ preconditions: { uid: '1' } }));
    await k.post(`${path}?dryRun=All`, eviction());
    await k.get(k.in('v1', 'pods', 'a'));
    await k.post(k.in('v1', 'pods', 'none', 'eviction'), eviction(undefined, 'none'));
  },

  'an eviction asks the budget': async (k) => {
    await runningPod(k);
    await budget(k, 'b');
    const path = k.in('v1', 'pods', 'a', 'eviction');
    const allow = (status: object): Promise<unknown> =>
      k.setup('PATCH', k.in('policy/v1', 'poddisruptionbudgets', 'b', 'status'), { status }, MERGE);
    const condition = (reason: string): object => ({
      type: 'DisruptionAllowed',
      status: 'False',
      reason,
      message: 'no',
      lastTransitionTime: '2001-01-01T00:00:00Z',
    });
    await k.post(path, eviction());
    await allow({
      observedGeneration: 1,
      disruptionsAllowed: 0,
      currentHealthy: 1,
      desiredHealthy: 1,
      expectedPods: 1,
    });
    await k.post(path, eviction());
    await allow({ conditions: [condition('SyncFailed')] });
    await k.post(path, eviction());
    await allow({ currentHealthy: 3, conditions: [condition('Other')] });
    await k.post(path, eviction());
    await allow({ disruptionsAllowed: 1, conditions: null });
    await k.post(`${path}?dryRun=All`, eviction());
    await k.post(path, eviction({ gracePeriodSeconds: 5 }));
    await k.get(k.in('v1', 'pods', 'a'), {
      only: ({ metadata, status }) => ({ ...metadata, managedFields: [], status }),
    });
    await k.get(k.in('policy/v1', 'poddisruptionbudgets', 'b'), {
      only: ({ status }) => ({ ...status, disruptedPods: {} }),
    });
  },

  'an eviction with two budgets': async (k) => {
    await runningPod(k);
    await budget(k, 'b');
    await budget(k, 'c');
    await k.post(k.in('v1', 'pods', 'a', 'eviction'), eviction());
  },

  'tokens of a service account': async (k) => {
    await k.setup('POST', k.in('v1', 'serviceaccounts'), {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'a' },
    });
    await k.setup('POST', k.in('v1', 'pods'), pod('p', { serviceAccountName: 'a' }));
    await k.setup('POST', k.in('v1', 'pods'), pod('q'));
    const request = (spec: object, metadata: object = {}): object => ({
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      metadata,
      spec,
    });
    const bound = (reference: object): object => request({ boundObjectRef: { apiVersion: 'v1', ...reference } });
    for (const sent of [
      request({}),
      request({ audiences: ['x', 'y'], expirationSeconds: 700 }),
      request({ expirationSeconds: 5 }),
      request({ expirationSeconds: 10 ** 12 }),
      request({}, { name: 'b' }),
      request({}, { name: 'a', uid: '1' }),
      bound({ kind: 'Pod', name: 'p' }),
      bound({ kind: 'Pod', name: 'q' }),
      bound({ kind: 'Secret', name: 'none' }),
      bound({ kind: 'ConfigMap', name: 'none' }),
    ]) {
      await k.post(k.in('v1', 'serviceaccounts', 'a', 'token'), sent, token);
    }
    await k.post(k.in('v1', 'serviceaccounts', 'none', 'token'), request({}));
  },

  'what the administrator may': async (k) => {
    const review = {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectRulesReview',
      spec: { namespace: k.ns },
    };
    // Rules stand in no order.
    const sorted = (rules: readonly object[]): unknown => rules.map((rule) => JSON.stringify(rule)).sort();
    await k.post('/apis/authorization.k8s.io/v1/selfsubjectrulesreviews', review, {
      only: ({ status }) => [sorted(status.resourceRules), sorted(status.nonResourceRules), status.incomplete],
    });
  },
};
