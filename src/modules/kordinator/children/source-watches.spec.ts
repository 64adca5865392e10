import { systemRandom } from '../../common';
import { type ResourceType } from '../../kube';
import { silentLogger } from '../../observability';
import { eventually, website } from '../testing/kordinator-harness';
import { ScriptedCluster } from '../testing/scripted-cluster';
import { SourceWatches } from './source-watches';

const CONFIG_MAPS: ResourceType = {
  group: '',
  version: 'v1',
  kind: 'ConfigMap',
  plural: 'configmaps',
  namespaced: true,
};
const BASE = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'base', namespace: 'default' } };

let cluster: ScriptedCluster;
let stop: AbortController;
let watches: SourceWatches;

beforeEach(() => {
  cluster = new ScriptedCluster();
  stop = new AbortController();
  watches = new SourceWatches({ api: cluster, random: systemRandom, logger: silentLogger }, stop.signal);
});
afterEach(() => stop.abort());

function lane(): { readonly woken: string[]; readonly sources: ReturnType<SourceWatches['forLane']> } {
  const woken: string[] = [];
  return { woken, sources: watches.forLane((key) => woken.push(key)) };
}

describe('the watches of sources', () => {
  it('say loading, then ready, and bring the CR back for each change', async () => {
    cluster.put('configmaps', BASE);
    const { sources, woken } = lane();
    const look = (): string => sources.lookup(CONFIG_MAPS, 'default', 'base', website('a')).state;
    expect(look()).toBe('loading');
    await eventually('ready', () => look() === 'ready');
    expect(woken[0]).toBe('default/a');
    woken.length = 0;
    cluster.put('configmaps', { ...BASE, data: { a: 'b' } });
    await eventually('the CR is looked at', () => woken.includes('default/a'));
  });

  it('say absent when the list has no such object, and bring the CR back to hear it', async () => {
    const { sources, woken } = lane();
    const look = (): string => sources.lookup(CONFIG_MAPS, 'default', 'base', website('a')).state;
    look();
    await eventually('woken', () => woken.includes('default/a'));
    expect(look()).toBe('absent');
  });

  it('say why nothing can be read', async () => {
    cluster.refused.add('configmaps');
    const { sources } = lane();
    const look = () => sources.lookup(CONFIG_MAPS, 'default', 'base', website('a'));
    look();
    await eventually('refused', () => 'problem' in look());
    expect(look()).toEqual({ state: 'loading', problem: 'list configmaps: scripted Forbidden' });
  });

  it('end when the last CR that asked is gone, of whatever lane: keys alone are not unique', async () => {
    const [first, second] = [lane(), lane()];
    for (const { sources } of [first, second]) sources.lookup(CONFIG_MAPS, 'default', 'base', website('a'));
    await eventually('one watch', () => cluster.openWatches === 1);
    first.sources.release('default/a');
    expect(watches.size).toBe(1);
    second.sources.release('default/other');
    expect(watches.size).toBe(1);
    second.sources.release('default/a');
    expect(watches.size).toBe(0);
    await eventually('the watch ended', () => cluster.openWatches === 0);
  });
});
