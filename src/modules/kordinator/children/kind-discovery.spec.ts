import { type Gvk, systemRandom } from '../../common';
import { type KubeApi, type ResourceType } from '../../kube';
import { eventually } from '../testing/kordinator-harness';
import { KindDiscovery } from './kind-discovery';

const WIDGET: Gvk = { group: 'acme.io', version: 'v1', kind: 'Widget' };
const WIDGETS: ResourceType = { ...WIDGET, plural: 'widgets', namespaced: false };

/** An API server that serves these kinds; asked for nothing but discovery. */
class Server {
  kinds: readonly ResourceType[] = [];
  failure: Error | undefined;
  questions = 0;

  readonly api = {
    raw: (path: string): Promise<{ readonly body: string }> => {
      if (path === '/apis') this.questions++;
      if (this.failure !== undefined) return Promise.reject(this.failure);
      const items = this.kinds.map(({ group, version, kind, plural, namespaced }) => ({
        metadata: { name: group },
        versions: [
          {
            version,
            resources: [{ resource: plural, responseKind: { kind }, scope: namespaced ? 'Namespaced' : 'Cluster' }],
          },
        ],
      }));
      return Promise.resolve({ body: JSON.stringify({ items: path === '/apis' ? items : [] }) });
    },
  } as unknown as KubeApi;
}

let server: Server;
let stop: AbortController;
let changed: string[];
let missing: Set<string>;
let discovery: KindDiscovery;

beforeEach(() => {
  server = new Server();
  stop = new AbortController();
  changed = [];
  missing = new Set();
  const ports = {
    api: server.api,
    random: systemRandom,
    isMissing: ({ plural }: ResourceType) => missing.has(plural),
    onChange: ({ kind }: Gvk) => void changed.push(kind),
  };
  discovery = new KindDiscovery(ports, stop.signal);
});

afterEach(() => stop.abort());

const state = (): string => discovery.lookup(WIDGET).state;

describe('the discovery of kinds', () => {
  it('asks when somebody wants to know, and says when it knows', async () => {
    server.kinds = [WIDGETS];
    expect(server.questions).toBe(0);
    expect(state()).toBe('loading');
    await eventually('told', () => changed.length > 0);
    expect(discovery.lookup(WIDGET)).toEqual({ state: 'served', resource: WIDGETS });
    expect([changed, server.questions]).toEqual([['Widget'], 1]);
  });

  it('does not ask for what is known', () => {
    discovery.know(WIDGET, WIDGETS);
    expect([state(), server.questions]).toEqual(['served', 0]);
  });

  it('asks again at once when a CRD of the group comes, and for no other', async () => {
    state();
    await eventually('absent', () => state() === 'absent');
    expect(changed).toEqual(['Widget']);
    server.kinds = [WIDGETS];
    discovery.crdChanged('widgets.example.org');
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect(server.questions).toBe(1);
    discovery.crdChanged('widgets.acme.io');
    await eventually('served', () => state() === 'served');
    expect([changed, server.questions]).toEqual([['Widget', 'Widget'], 2]);
  });

  it('does not ask more often because many wait', async () => {
    for (let index = 0; index < 100; index++) state();
    await eventually('absent', () => state() === 'absent');
    for (let index = 0; index < 100; index++) state();
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect(server.questions).toBe(1);
  });

  it('says why nobody answers', async () => {
    server.failure = new Error('no answer');
    state();
    await eventually('failed', () => changed.length > 0);
    expect(discovery.lookup(WIDGET)).toEqual({ state: 'loading', problem: 'no answer' });
  });

  it('says when list and watch find nothing any more', () => {
    discovery.know(WIDGET, WIDGETS);
    missing.add('widgets');
    discovery.presenceChanged(WIDGETS);
    expect([state(), changed]).toEqual(['absent', ['Widget']]);
  });

  it('forgets the scope of a CRD that is gone', async () => {
    discovery.know(WIDGET, WIDGETS);
    discovery.crdDeleted('widgets.acme.io');
    server.kinds = [{ ...WIDGETS, namespaced: true }];
    state();
    await eventually('served', () => state() === 'served');
    expect(discovery.lookup(WIDGET)).toMatchObject({ resource: { namespaced: true } });
  });
});
