// Getting and listing: pages, selectors, versions.
import { type CaseTable } from '../../harness/conformance-case';
import { type Session } from '../../harness/session';
import { configMap, pod } from '../objects';

const names = (list: any): unknown => ({
  kind: list.kind,
  items: list.items?.map((item: any) => item.metadata.name),
  message: list.message,
  code: list.code,
  reason: list.reason,
});

const continueToken = (rv: number, start: string): string =>
  Buffer.from(JSON.stringify({ v: 'meta.k8s.io/v1', rv, start })).toString('base64url');

async function threeMaps(k: Session): Promise<string> {
  const path = k.in('v1', 'configmaps');
  await k.setup('POST', path, configMap('a', {}, { labels: { tier: 'front', size: '1' } }));
  await k.setup('POST', path, configMap('b', {}, { labels: { tier: 'back', size: '2' } }));
  await k.setup('POST', path, configMap('c', {}, { labels: { tier: 'front' } }));
  return path;
}

const LABEL_SELECTORS = [
  'tier=front',
  'tier==front',
  'tier!=front',
  'tier in (front,back)',
  'tier in (front),size=1',
  'size notin (1)',
  'size',
  '!size',
  'size>1',
  'size<2',
  'tier=',
  'tier in ()',
  ' tier = front , size ',
  'other.example/x!=y',
  ',',
  'tier=front,',
  'a b',
  'tier in (front',
  'tier=a_b!',
  '-x=1',
  'size>x',
  'tier===front',
  'tier=front&x',
];

const FIELD_SELECTORS = [
  'metadata.name=b',
  'metadata.name==b',
  'metadata.name!=b',
  'metadata.name=b,metadata.name=c',
  'metadata.name=a,metadata.name!=c',
  'metadata.namespace=other',
  'metadata.labels.tier=front',
  'data.a=1',
  'metadata.name',
  'metadata.name>b',
  'metadata.name=\\,',
  '',
];

const byLabels: CaseTable = Object.fromEntries(
  LABEL_SELECTORS.map((selector) => [
    `list by labels "${selector}"`,
    async (k) => k.get(`${await threeMaps(k)}?labelSelector=${encodeURIComponent(selector)}`, { only: names }),
  ]),
);

const byFields: CaseTable = Object.fromEntries(
  FIELD_SELECTORS.map((selector) => [
    `list by fields "${selector}"`,
    async (k) => k.get(`${await threeMaps(k)}?fieldSelector=${encodeURIComponent(selector)}`, { only: names }),
  ]),
);

const POD_FIELDS = [
  'spec.nodeName=one',
  'spec.nodeName=',
  'status.phase=Pending',
  'status.phase!=Pending',
  'spec.restartPolicy=Never',
  'spec.schedulerName=default-scheduler',
  'spec.serviceAccountName=robot',
  'spec.hostNetwork=false',
  'spec.priority=0',
];

export const LIST: CaseTable = {
  ...byLabels,
  ...byFields,

  'list pods by their own fields': async (k) => {
    const path = k.in('v1', 'pods');
    await k.setup('POST', path, pod('a', { nodeName: 'one', restartPolicy: 'Never' }));
    await k.setup('POST', path, pod('b', { serviceAccountName: 'robot' }));
    for (const selector of POD_FIELDS) {
      await k.get(`${path}?fieldSelector=${encodeURIComponent(selector)}`, { only: names });
    }
  },

  'list other kinds by their own fields': async (k) => {
    const ask = (path: string, selector: string): Promise<unknown> =>
      k.get(`${path}?fieldSelector=${encodeURIComponent(selector)}`, { only: names });
    await k.setup('POST', k.in('v1', 'secrets'), { metadata: { name: 'a' }, type: 'example.com/x' });
    await ask(k.in('v1', 'secrets'), 'type=example.com/x');
    await ask(k.in('v1', 'secrets'), 'type=Opaque');
    await ask('/api/v1/namespaces', `status.phase=Active,metadata.name=${k.ns}`);
    await ask('/api/v1/namespaces', `status.phase=Terminating,metadata.name=${k.ns}`);
    await ask('/api/v1/nodes', 'spec.unschedulable=true');
    await ask(k.in('v1', 'events'), 'involvedObject.name=a,type=Warning');
    await ask(k.in('batch/v1', 'jobs'), 'status.successful=0');
    await ask(k.in('v1', 'services'), 'spec.clusterIP=None,spec.type=ClusterIP');
    await ask(k.in('v1', 'services'), 'spec.ports=1');
    await ask(k.in('apps/v1', 'deployments'), 'spec.replicas=1');
    await ask(k.in('apps/v1', 'replicasets'), 'status.replicas=0');
  },

  'get of what is not there': async (k) => {
    await k.get(k.in('v1', 'configmaps', 'a'));
    await k.get(k.in('apps/v1', 'deployments', 'a'));
    await k.get('/api/v1/namespaces/not-there');
    await k.get('/api/v1/namespaces/not-there/configmaps/a');
  },

  'get at versions': async (k) => {
    const path = await threeMaps(k);
    await k.get(`${path}/a?resourceVersion=0`);
    await k.get(`${path}/a?resourceVersion=1`);
    await k.get(`${path}/a?resourceVersion=x`);
  },

  'list of an empty namespace and of one that is not there': async (k) => {
    await k.get(k.in('v1', 'configmaps'));
    await k.get('/api/v1/namespaces/not-there/configmaps');
    await k.get(k.in('apps/v1', 'deployments'));
  },

  'list holds whole objects without their kind': async (k) => {
    await k.setup('POST', k.in('v1', 'configmaps'), configMap('a'));
    await k.get(k.in('v1', 'configmaps'));
  },

  'list over all namespaces': async (k) => {
    await k.setup('POST', k.in('v1', 'configmaps'), configMap('a', {}, { labels: { only: k.ns } }));
    await k.get(`/api/v1/configmaps?labelSelector=only%3D${k.ns}`);
  },

  'list in pages': async (k) => {
    const path = await threeMaps(k);
    const first = await k.get(`${path}?limit=2`, {
      only: (list) => ({ ...(names(list) as object), metadata: list.metadata }),
    });
    await k.setup('POST', path, configMap('bb'));
    const token = encodeURIComponent(first.body.metadata.continue);
    const second = await k.get(`${path}?limit=2&continue=${token}`, {
      only: (list) => ({ ...(names(list) as object), metadata: list.metadata }),
    });
    k.note('the pages have one version', first.body.metadata.resourceVersion === second.body.metadata.resourceVersion);
  },

  'list in pages tells how many remain': async (k) => {
    const path = await threeMaps(k);
    const meta = (list: any): unknown => ({ remaining: list.metadata.remainingItemCount, count: list.items.length });
    await k.get(`${path}?limit=1`, { only: meta });
    await k.get(`${path}?limit=3`, { only: meta });
    await k.get(`${path}?limit=1&labelSelector=tier%3Dfront`, { only: meta });
    await k.get(`${path}?limit=0`, { only: meta });
  },

  'list in pages by labels': async (k) => {
    const path = await threeMaps(k);
    const first = await k.get(`${path}?limit=1&labelSelector=tier%3Dfront`, { only: names });
    const token = encodeURIComponent(first.body.metadata.continue);
    await k.get(`${path}?limit=1&labelSelector=tier%3Dfront&continue=${token}`, { only: names });
  },

  'list with limits that are no limits': async (k) => {
    const path = await threeMaps(k);
    await k.get(`${path}?limit=-1`, { only: names });
    await k.get(`${path}?limit=x`, { only: names });
  },

  'list with continue tokens that are none': async (k) => {
    const path = await threeMaps(k);
    await k.get(`${path}?limit=1&continue=x`);
    await k.get(`${path}?limit=1&continue=${Buffer.from('{}').toString('base64url')}`);
  },

  'list with continue and a resourceVersion': async (k) => {
    const path = await threeMaps(k);
    const first = await k.get(`${path}?limit=2`, { only: names });
    const token = encodeURIComponent(first.body.metadata.continue);
    await k.get(`${path}?limit=2&continue=${token}&resourceVersion=1`);
    await k.get(`${path}?limit=2&continue=${token}&resourceVersion=0`, { only: names });
    await k.get(`${path}?limit=2&continue=${token}&resourceVersion=1&resourceVersionMatch=Exact`);
  },

  'list at versions': async (k) => {
    const path = await threeMaps(k);
    await k.get(`${path}?resourceVersion=0`, { only: names });
    await k.get(`${path}?resourceVersion=1`, { only: names });
    await k.get(`${path}?resourceVersion=x`);
    await k.get(`${path}?resourceVersion=-1`);
  },

  'list at an exact version tells the past': async (k) => {
    const path = k.in('v1', 'configmaps');
    const made = await k.setup('POST', path, configMap('a', { a: '1' }));
    await k.setup('PUT', `${path}/a`, configMap('a', { a: '2' }));
    await k.setup('POST', path, configMap('b'));
    const rv = made.metadata.resourceVersion;
    await k.get(`${path}?resourceVersion=${rv}&resourceVersionMatch=Exact`);
    await k.get(`${path}?resourceVersion=${rv}&resourceVersionMatch=NotOlderThan`, { only: names });
    await k.get(`${path}?resourceVersion=${rv}&resourceVersionMatch=Exact&limit=1`, { only: names });
  },

  'list with a resourceVersionMatch that does not fit': async (k) => {
    const path = await threeMaps(k);
    await k.get(`${path}?resourceVersionMatch=Exact`);
    await k.get(`${path}?resourceVersionMatch=NotOlderThan`);
    await k.get(`${path}?resourceVersion=0&resourceVersionMatch=Exact`);
    await k.get(`${path}?resourceVersion=0&resourceVersionMatch=NotOlderThan`, { only: names });
    await k.get(`${path}?resourceVersion=1&resourceVersionMatch=Sometimes`);
    await k.get(`${path}?sendInitialEvents=true`);
  },
};

/** They change the store for everybody. */
export const LIST_ALONE: CaseTable = {
  'list with a continue token that expired': async (k) => {
    const path = await threeMaps(k);
    await k.compact();
    const expired = await k.get(`${path}?limit=1&continue=${continueToken(1, 'a\u0000')}`);
    // A new token that goes on with what is there now, not with the past.
    const next = expired.body.metadata.continue;
    if (typeof next === 'string') await k.get(`${path}?limit=1&continue=${encodeURIComponent(next)}`, { only: names });
  },

  'list at an exact version that expired': async (k) => {
    const path = await threeMaps(k);
    await k.compact();
    await k.get(`${path}?resourceVersion=1&resourceVersionMatch=Exact`);
  },

  'list at a version that is not there yet': async (k) => {
    const path = await threeMaps(k);
    await k.get(`${path}?resourceVersion=99999999&resourceVersionMatch=NotOlderThan`);
    await k.get(`${path}/a?resourceVersion=99999999`);
  },
};
