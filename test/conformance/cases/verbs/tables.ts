// Tables: what `kubectl get` prints.
import { type CaseTable } from '../../harness/conformance-case';
import { install, widget } from '../custom-resource';
import { configMap, pod, service, statefulSet } from '../objects';

const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io';
const PARTIAL = 'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io';
const PARTIAL_LIST = 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io';
const asTable = { headers: { accept: TABLE } };
/** Ages move by the second. */
const withoutAges = {
  ...asTable,
  only: (table: any): unknown => {
    const age = table.columnDefinitions?.findIndex(({ name }: any) => name === 'Age');
    const rows = table.rows?.map(({ cells, ...row }: any) => ({
      ...row,
      cells: cells.map((cell: unknown, at: number) => (at === age && /^\d+s$/.test(String(cell)) ? '<age>' : cell)),
    }));
    return { ...table, rows };
  },
};

const EMPTY: readonly (readonly [string, string])[] = [
  ['v1', 'pods'],
  ['v1', 'services'],
  ['v1', 'secrets'],
  ['v1', 'serviceaccounts'],
  ['v1', 'persistentvolumeclaims'],
  ['v1', 'events'],
  ['v1', 'endpoints'],
  ['v1', 'resourcequotas'],
  ['v1', 'limitranges'],
  ['v1', 'podtemplates'],
  ['apps/v1', 'deployments'],
  ['apps/v1', 'replicasets'],
  ['apps/v1', 'statefulsets'],
  ['apps/v1', 'daemonsets'],
  ['batch/v1', 'jobs'],
  ['batch/v1', 'cronjobs'],
  ['autoscaling/v2', 'horizontalpodautoscalers'],
  ['policy/v1', 'poddisruptionbudgets'],
  ['networking.k8s.io/v1', 'ingresses'],
  ['networking.k8s.io/v1', 'networkpolicies'],
  ['rbac.authorization.k8s.io/v1', 'roles'],
  ['rbac.authorization.k8s.io/v1', 'rolebindings'],
  ['coordination.k8s.io/v1', 'leases'],
  ['discovery.k8s.io/v1', 'endpointslices'],
];

export const TABLES: CaseTable = {
  ...Object.fromEntries(
    EMPTY.map(([version, plural]): [string, CaseTable[string]] => [
      `the columns of ${plural}`,
      (k) => k.get(k.in(version, plural), asTable),
    ]),
  ),

  'a list as a table': async (k) => {
    await k.setup('POST', k.in('v1', 'configmaps'), configMap('a', { a: '1', b: '2' }));
    await k.setup('POST', k.in('v1', 'configmaps'), configMap('b', {}));
    await k.get(k.in('v1', 'configmaps'), withoutAges);
  },

  'one object as a table': async (k) => {
    await k.setup('POST', k.in('apps/v1', 'statefulsets'), statefulSet('a', { replicas: 2 }));
    await k.get(k.in('apps/v1', 'statefulsets', 'a'), withoutAges);
  },

  'a table with whole objects, with none, with something else': async (k) => {
    await k.setup('POST', k.in('v1', 'configmaps'), configMap('a'));
    for (const include of ['Object', 'None', 'Metadata', 'Other']) {
      await k.get(`${k.in('v1', 'configmaps')}?includeObject=${include}`, withoutAges);
    }
  },

  'a table in pages': async (k) => {
    for (const name of ['a', 'b']) await k.setup('POST', k.in('v1', 'configmaps'), configMap(name));
    await k.get(`${k.in('v1', 'configmaps')}?limit=1`, withoutAges);
  },

  'rows of pods and services': async (k) => {
    await k.setup('POST', k.in('v1', 'pods'), pod('a', { nodeName: 'one' }));
    await k.get(k.in('v1', 'pods'), withoutAges);
    await k.setup('POST', k.in('v1', 'services'), service('a', { clusterIP: 'None', selector: { a: 'b' } }));
    await k.setup('POST', k.in('v1', 'services'), service('b', { type: 'ExternalName', externalName: 'example.com' }));
    await k.get(k.in('v1', 'services'), withoutAges);
  },

  'an error stays a Status': (k) => k.get(k.in('v1', 'configmaps', 'a'), asTable),

  'metadata of an object and of a list': async (k) => {
    await k.setup('POST', k.in('v1', 'configmaps'), configMap('a'));
    await k.get(k.in('v1', 'configmaps', 'a'), { headers: { accept: PARTIAL } });
    await k.get(k.in('v1', 'configmaps'), { headers: { accept: PARTIAL_LIST } });
    await k.get(k.in('v1', 'configmaps'), { headers: { accept: PARTIAL } });
  },

  'the first form that the server knows': async (k) => {
    await k.setup('POST', k.in('v1', 'configmaps'), configMap('a'));
    const path = k.in('v1', 'configmaps');
    await k.get(path, { ...withoutAges, headers: { accept: `${TABLE},application/json` } });
    await k.get(path, { headers: { accept: 'application/json;as=Other;v=v1;g=meta.k8s.io,application/json' } });
    await k.get(path, { headers: { accept: 'application/json;as=Other;v=v1;g=meta.k8s.io' } });
    await k.get(path, { headers: { accept: 'text/html' } });
    await k.get(path, { headers: { accept: '*/*' } });
    await k.get(path, {
      headers: { accept: 'application/yaml' },
      only: (text) => text.replace(/(uid|resourceVersion): .*/g, '$1'),
    });
  },

  'a deletion that is asked for a table of something else': async (k) => {
    const path = k.in('v1', 'configmaps');
    for (const name of ['a', 'b']) await k.setup('POST', path, configMap(name));
    await k.setup('POST', path, configMap('held', {}, { finalizers: ['example.com/held'] }));
    await k.delete(`${path}/a?includeObject=Other`, undefined, withoutAges);
    await k.get(`${path}/a`);
    await k.delete(`${path}/held?includeObject=Other`, undefined, withoutAges);
    await k.delete(`${path}/held?includeObject=None`, undefined, withoutAges);
    await k.delete(`${path}?includeObject=Other`, undefined, withoutAges);
    await k.get(path);
  },

  'writes that are asked for a table of something else': async (k) => {
    const path = k.in('v1', 'configmaps');
    await k.post(`${path}?includeObject=Other`, configMap('a'), withoutAges);
    await k.put(`${path}/a?includeObject=Other`, configMap('a', { a: '2' }), withoutAges);
    await k.patch('merge', `${path}/a?includeObject=Other`, { data: { a: '3' } }, withoutAges);
    await k.get(`${path}/a`);
  },

  'a custom object that is asked for as a list': async (k) => {
    const path = await install(k);
    await k.post(path, widget(k, {}), { headers: { accept: PARTIAL_LIST } });
    await k.get(`${path}/a`, { headers: { accept: PARTIAL_LIST } });
  },

  'creating answers a table when asked': (k) => k.post(k.in('v1', 'configmaps'), configMap('a'), withoutAges),
};
