// What stands behind a Service: EndpointSlices and Endpoints. Pods have a node that nobody runs and a status that the case
// writes, so that the same is there on both servers.
import { type CaseTable } from '../../harness/conformance-case';
import { type Answer, type Session } from '../../harness/session';
import { pod, service } from '../objects';

type Fields = Readonly<Record<string, unknown>>;

const MERGE = { headers: { 'content-type': 'application/merge-patch+json' } };
const TIME = '2001-01-01T00:00:00Z';
const SELECTED = { selector: { app: 'a' } };

const web = (spec: Fields = {}, metadata: Fields = {}): object =>
  service('web', { ...SELECTED, ports: [{ port: 80, targetPort: 8080 }], ...spec }, metadata);
const slices = (k: Session, name = 'web'): string =>
  `${k.in('discovery.k8s.io/v1', 'endpointslices')}?labelSelector=kubernetes.io%2Fservice-name%3D${name}`;

const byText = (a: unknown, b: unknown): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
const sorted = (list: any): any => (Array.isArray(list) ? [...list].sort(byText) : list);

/** How often a controller wrote until it was so is by chance, and so is the order. */
function settled({ metadata, ...rest }: any): any {
  const { generateName, namespace, labels, annotations, ownerReferences, managedFields } = metadata ?? {};
  return { ...rest, metadata: { generateName, namespace, labels, annotations, ownerReferences, managedFields } };
}

const sliceList = {
  only: ({ items }: any): unknown =>
    sorted(
      items.map((slice: any) => ({
        ...settled(slice),
        endpoints: sorted(slice.endpoints),
        ports: sorted(slice.ports),
      })),
    ),
};
const endpoints = {
  only: (object: any): unknown =>
    object.kind === 'Status'
      ? object
      : {
          ...settled(object),
          subsets: sorted(
            object.subsets?.map((subset: any) => ({
              ...subset,
              addresses: sorted(subset.addresses),
              notReadyAddresses: sorted(subset.notReadyAddresses),
              ports: sorted(subset.ports),
            })),
          ),
        },
};

async function node(k: Session): Promise<void> {
  const labels = { 'topology.kubernetes.io/zone': 'z1' };
  const metadata = { name: `${k.ns}-n`, labels };
  const spec = { unschedulable: true };
  await k.setup('POST', '/api/v1/nodes', { apiVersion: 'v1', kind: 'Node', metadata, spec });
}

interface Running {
  readonly isReady?: boolean;
  readonly phase?: string;
  readonly spec?: Fields;
  readonly metadata?: Fields;
}

async function running(k: Session, name: string, ip: string, options: Running = {}): Promise<void> {
  const { isReady = true, phase = 'Running', spec = {}, metadata = {} } = options;
  const labels = { app: 'a' };
  await k.setup('POST', k.in('v1', 'pods'), pod(name, { nodeName: `${k.ns}-n`, ...spec }, { labels, ...metadata }));
  await status(k, name, ip, isReady, phase);
}

async function status(k: Session, name: string, ip: string, isReady: boolean, phase = 'Running'): Promise<void> {
  const conditions = [
    { type: 'Ready', status: isReady ? 'True' : 'False', lastProbeTime: null, lastTransitionTime: TIME },
  ];
  const body = { status: { phase, podIP: ip, podIPs: [{ ip }], conditions } };
  await k.setup('PATCH', k.in('v1', 'pods', name, 'status'), body, MERGE);
}

const amount = (body: any): number =>
  body.items.reduce((sum: number, slice: any) => sum + (slice.endpoints?.length ?? 0), 0);
const withEndpoints =
  (wanted: number) =>
  ({ body }: Answer): boolean =>
    body.items.length > 0 && amount(body) === wanted;
const addressesOf = (body: any, member: string): number =>
  (body.subsets ?? []).reduce((sum: number, subset: any) => sum + (subset[member]?.length ?? 0), 0);
const withAddresses =
  (ready: number, waiting = 0) =>
  ({ status: code, body }: Answer): boolean =>
    code === 200 && addressesOf(body, 'addresses') === ready && addressesOf(body, 'notReadyAddresses') === waiting;

export const ENDPOINT_CASES: CaseTable = {
  'a Service without pods has an empty slice': async (k) => {
    await k.setup('POST', k.in('v1', 'services'), web({}, { labels: { team: 'x' } }));
    await k.eventually(slices(k), withEndpoints(0), sliceList);
    await k.eventually(k.in('v1', 'endpoints', 'web'), withAddresses(0), endpoints);
  },

  'the pods of a Service, ready and not': async (k) => {
    await node(k);
    await running(k, 'a', '10.1.0.1');
    await running(k, 'b', '10.1.0.2', { isReady: false });
    await running(k, 'done', '10.1.0.3', { isReady: false, phase: 'Succeeded', spec: { restartPolicy: 'Never' } });
    await k.setup('POST', k.in('v1', 'services'), web());
    await k.eventually(slices(k), withEndpoints(2), sliceList);
    await k.eventually(k.in('v1', 'endpoints', 'web'), withAddresses(1, 1), endpoints);
    await status(k, 'b', '10.1.0.2', true);
    await k.eventually(k.in('v1', 'endpoints', 'web'), withAddresses(2), endpoints);
    await k.eventually(
      slices(k),
      ({ body }) => body.items[0]?.endpoints?.every((endpoint: any) => endpoint.conditions.ready),
      sliceList,
    );
  },

  'a pod that goes leaves the slice': async (k) => {
    await node(k);
    await running(k, 'a', '10.1.0.1', { metadata: { finalizers: ['example.com/held'] } });
    await k.setup('POST', k.in('v1', 'services'), web());
    await k.eventually(slices(k), withEndpoints(1), { only: amount });
    await k.setup('DELETE', `${k.in('v1', 'pods', 'a')}?gracePeriodSeconds=0`);
    await k.eventually(slices(k), ({ body }) => body.items[0]?.endpoints?.[0]?.conditions.terminating, sliceList);
    await k.eventually(k.in('v1', 'endpoints', 'web'), withAddresses(0), endpoints);
    await k.setup('PATCH', k.in('v1', 'pods', 'a'), { metadata: { finalizers: null } }, MERGE);
    await k.eventually(slices(k), withEndpoints(0), sliceList);
  },

  'ports by number and by name': async (k) => {
    await node(k);
    const container = (containerPort: number): object => ({
      containers: [{ name: 'main', image: 'i', ports: [{ name: 'http', containerPort }] }],
    });
    await running(k, 'a', '10.1.0.1', { spec: container(8081) as Fields });
    await running(k, 'b', '10.1.0.2', { spec: container(8082) as Fields });
    const ports = [
      { name: 'one', port: 80, targetPort: 8080 },
      { name: 'two', port: 81, targetPort: 'http', appProtocol: 'example.com/x' },
      { name: 'none', port: 82, targetPort: 'other' },
    ];
    await k.setup('POST', k.in('v1', 'services'), web({ ports }));
    await k.eventually(slices(k), ({ body }) => body.items.length === 2 && amount(body) === 2, sliceList);
    await k.eventually(k.in('v1', 'endpoints', 'web'), ({ body }) => body.subsets?.length === 3, endpoints);
  },

  'labels and ports of a Service change': async (k) => {
    await node(k);
    await running(k, 'a', '10.1.0.1');
    await k.setup('POST', k.in('v1', 'services'), web({}, { labels: { first: '1' } }));
    await k.eventually(slices(k), withEndpoints(1), { only: amount });
    const ports = [{ port: 80, targetPort: 9090 }];
    const change = { metadata: { labels: { first: null, second: '2' } }, spec: { ports } };
    await k.setup('PATCH', k.in('v1', 'services', 'web'), change, MERGE);
    await k.eventually(slices(k), ({ body }) => body.items[0]?.ports?.[0]?.port === 9090, sliceList);
    await k.eventually(k.in('v1', 'endpoints', 'web'), ({ body }) => body.metadata?.labels?.second === '2', endpoints);
  },

  'a headless Service without ports, and a pod with a name in it': async (k) => {
    await node(k);
    await running(k, 'a', '10.1.0.1', { spec: { hostname: 'h', subdomain: 'web' } });
    await k.setup('POST', k.in('v1', 'services'), web({ clusterIP: 'None', ports: undefined }));
    await k.eventually(slices(k), withEndpoints(1), sliceList);
    await k.eventually(k.in('v1', 'endpoints', 'web'), withAddresses(1), endpoints);
  },

  'a Service that publishes what is not ready': async (k) => {
    await node(k);
    await running(k, 'a', '10.1.0.1', { isReady: false });
    await k.setup('POST', k.in('v1', 'services'), web({ publishNotReadyAddresses: true }));
    await k.eventually(slices(k), withEndpoints(1), sliceList);
    await k.eventually(k.in('v1', 'endpoints', 'web'), withAddresses(1), endpoints);
  },

  'a pod of a node that is not there': async (k) => {
    await node(k);
    await running(k, 'a', '10.1.0.1');
    await running(k, 'b', '10.1.0.2', { spec: { nodeName: `${k.ns}-other` } });
    await k.setup('POST', k.in('v1', 'services'), web());
    await k.eventually(slices(k), withEndpoints(1), sliceList);
    await k.eventually(k.in('v1', 'endpoints', 'web'), withAddresses(2), endpoints);
  },

  'Services without a selector, and of other hosts, have none': async (k) => {
    await k.setup('POST', k.in('v1', 'services'), service('plain'));
    const other = { ...SELECTED, type: 'ExternalName', externalName: 'example.com', ports: undefined };
    await k.setup('POST', k.in('v1', 'services'), service('other', other));
    await k.setup('POST', k.in('v1', 'services'), web());
    await k.eventually(slices(k), withEndpoints(0), { only: amount });
    await k.eventually(k.in('v1', 'endpoints', 'web'), withAddresses(0), { only: ({ kind }) => kind });
    const names = { only: ({ items }: any): unknown => items.map(({ metadata }: any) => metadata.name) };
    await k.get(k.in('v1', 'endpoints'), names);
    await k.get(slices(k, 'plain'), names);
    await k.get(slices(k, 'other'), names);
  },

  'slices and endpoints go with their Service': async (k) => {
    await k.setup('POST', k.in('v1', 'services'), web());
    await k.eventually(slices(k), withEndpoints(0), { only: amount });
    await k.eventually(k.in('v1', 'endpoints', 'web'), withAddresses(0), { only: ({ kind }) => kind });
    await k.setup('DELETE', k.in('v1', 'services', 'web'));
    await k.eventually(slices(k), ({ body }) => body.items.length === 0, sliceList);
    await k.eventually(k.in('v1', 'endpoints', 'web'), ({ status: code }) => code === 404);
  },
};
