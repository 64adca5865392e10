// A watch with a selector sees objects come and go as they begin and cease to match.
import { type CaseTable } from '../../harness/conformance-case';
import { type Session } from '../../harness/session';
import { amount } from '../../harness/watch';
import { configMap, pod } from '../objects';

const MERGE = { headers: { 'content-type': 'application/merge-patch+json' } };

/** Labels of `a` in turn; undefined deletes it. */
const TURNS: Readonly<Record<string, { readonly labels: readonly (object | undefined)[]; readonly events: number }>> = {
  'begins to match': { labels: [{ x: '1' }], events: 1 },
  'matches and changes': { labels: [{ x: '1' }, { x: '1', y: '2' }], events: 2 },
  'ceases to match': { labels: [{ x: '1' }, { x: '2' }], events: 2 },
  'comes, goes and comes again': { labels: [{ x: '1' }, { x: '2' }, { x: '1' }], events: 3 },
  'is deleted while it matches': { labels: [{ x: '1' }, undefined], events: 2 },
  'is deleted once it no longer matches': { labels: [{ x: '1' }, { x: null }, undefined], events: 2 },
};

async function turn(k: Session, path: string, labels: object | undefined): Promise<void> {
  if (labels === undefined) await k.setup('DELETE', path);
  else await k.setup('PATCH', path, { metadata: { labels } }, MERGE);
}

export const SELECTOR_CASES: CaseTable = {
  ...Object.fromEntries(
    Object.entries(TURNS).map(([what, { labels, events }]): [string, CaseTable[string]] => [
      `an object ${what}`,
      async (k) => {
        const path = k.in('v1', 'configmaps');
        const made = await k.setup('POST', path, configMap('a'));
        for (const step of labels) await turn(k, `${path}/a`, step);
        // The end of what the watch may tell: it matches always.
        await k.setup('POST', path, configMap('z', {}, { labels: { x: '1' } }));
        const from = `resourceVersion=${made.metadata.resourceVersion}`;
        await k.watch(`${path}?watch=true&labelSelector=x%3D1&${from}`, { until: amount(events + 1) });
      },
    ]),
  ),

  'an open watch sees an object cease to match': async (k) => {
    const path = k.in('v1', 'configmaps');
    await k.setup('POST', path, configMap('a', {}, { labels: { x: '1' } }));
    await k.watch(`${path}?watch=true&labelSelector=x%3D1`, {
      until: amount(2),
      during: () => turn(k, `${path}/a`, { x: '2' }),
    });
  },

  'a watch by a field sees an object cease to match': async (k) => {
    const path = k.in('v1', 'pods');
    const made = await k.setup('POST', path, pod('a', { nodeName: 'one' }));
    await k.setup('PUT', `${path}/a/status`, { ...made, status: { phase: 'Running' } });
    await k.setup('PUT', `${path}/a/status`, { ...made, metadata: { name: 'a' }, status: { phase: 'Succeeded' } });
    const from = `resourceVersion=${made.metadata.resourceVersion}`;
    await k.watch(`${path}?watch=true&fieldSelector=status.phase%3DRunning&${from}`, { until: amount(2) });
  },

  'a watch by name sees no other': async (k) => {
    const path = k.in('v1', 'configmaps');
    const made = await k.setup('POST', path, configMap('a'));
    await k.setup('POST', path, configMap('b'));
    await k.setup('DELETE', `${path}/a`);
    const from = `resourceVersion=${made.metadata.resourceVersion}`;
    await k.watch(`${path}?watch=true&fieldSelector=metadata.name%3Da&${from}`, { until: amount(1) });
  },

  'a watch with selectors that are none': async (k) => {
    const path = k.in('v1', 'configmaps');
    await k.get(`${path}?watch=true&labelSelector=a%20b&timeoutSeconds=1`);
    await k.get(`${path}?watch=true&fieldSelector=data.a%3D1&timeoutSeconds=1`);
    await k.get(`${path}/a?watch=true&fieldSelector=metadata.name%3Db&timeoutSeconds=1`);
  },
};
