// Topic 4: watches.
import { type CaseTable, topic } from '../../harness/conformance-case';
import { type Session } from '../../harness/session';
import { amount, seen } from '../../harness/watch';
import { install, widget } from '../custom-resource';
import { configMap, pod, statefulSet } from '../objects';
import { SELECTOR_CASES } from './selectors';

/** Type and name: what a case about the order of events has to know. */
export const brief = (events: readonly any[]): unknown =>
  events.map(({ type, object }) => `${type} ${object.metadata?.name ?? object.reason ?? ''}`);

const isBookmark = (events: readonly any[]): boolean => events.some(({ type }) => type === 'BOOKMARK');

async function maps(k: Session, ...names: readonly string[]): Promise<{ readonly path: string; readonly last: any }> {
  const path = k.in('v1', 'configmaps');
  let last: any;
  for (const name of names) last = await k.setup('POST', path, configMap(name));
  return { path, last };
}

const FROM: CaseTable = {
  'a watch from nowhere begins with what is there': async (k) => {
    const { path } = await maps(k, 'b', 'a');
    await k.watch(`${path}?watch=true`, {
      until: amount(3),
      during: () => k.setup('POST', path, configMap('c')),
    });
  },

  'a watch from version 0 begins with what is there': async (k) => {
    const { path } = await maps(k, 'a');
    await k.watch(`${path}?watch=1&resourceVersion=0`, {
      until: amount(2),
      during: () => k.setup('POST', path, configMap('b')),
    });
  },

  'a watch from a version tells what came after': async (k) => {
    const { path, last } = await maps(k, 'a');
    await k.setup('PUT', `${path}/a`, configMap('a', { a: '2' }));
    await k.setup('POST', path, configMap('b'));
    await k.setup('DELETE', `${path}/a`);
    await k.watch(`${path}?watch=true&resourceVersion=${last.metadata.resourceVersion}`, { until: amount(3) });
  },

  'a deletion carries a version of its own': async (k) => {
    const { path, last } = await maps(k, 'a');
    const rv = last.metadata.resourceVersion;
    await k.setup('DELETE', `${path}/a`);
    const [event] = await k.watch(`${path}?watch=true&resourceVersion=${rv}`, { until: amount(1) });
    k.note('later', BigInt(event.object.metadata.resourceVersion) > BigInt(rv));
  },

  'each event has a later version than the one before': async (k) => {
    const { path, last } = await maps(k, 'a');
    const rv = last.metadata.resourceVersion;
    for (const value of ['2', '3']) await k.setup('PUT', `${path}/a`, configMap('a', { a: value }));
    await k.setup('DELETE', `${path}/a`);
    const events = await k.watch(`${path}?watch=true&resourceVersion=${rv}`, { until: amount(3), only: brief });
    const versions = events.map(({ object }) => BigInt(object.metadata.resourceVersion));
    k.note(
      'rising',
      versions.every((version, at) => at === 0 || version > versions[at - 1]!),
    );
  },

  'an object that is deleted and made again': async (k) => {
    const { path, last } = await maps(k, 'a');
    await k.setup('DELETE', `${path}/a`);
    await k.setup('POST', path, configMap('a'));
    const from = `resourceVersion=${last.metadata.resourceVersion}`;
    await k.watch(`${path}?watch=true&${from}`, { until: amount(2) });
  },

  'a deletion that waits for finalizers is a change first': async (k) => {
    const path = k.in('v1', 'configmaps');
    const made = await k.setup('POST', path, configMap('a', {}, { finalizers: ['example.com/a'] }));
    await k.setup('DELETE', `${path}/a`);
    await k.setup(
      'PATCH',
      `${path}/a`,
      { metadata: { finalizers: null } },
      {
        headers: { 'content-type': 'application/merge-patch+json' },
      },
    );
    const from = `resourceVersion=${made.metadata.resourceVersion}`;
    await k.watch(`${path}?watch=true&${from}`, { until: amount(2) });
  },

  'an update with nothing new is no event': async (k) => {
    const { path, last } = await maps(k, 'a');
    await k.setup('PUT', `${path}/a`, configMap('a'));
    await k.setup('POST', path, configMap('b'));
    const from = `resourceVersion=${last.metadata.resourceVersion}`;
    await k.watch(`${path}?watch=true&${from}`, { until: seen('ADDED', 'b'), only: brief });
  },

  'a change of a subresource is an event': async (k) => {
    const path = k.in('apps/v1', 'statefulsets');
    const made = await k.setup('POST', path, statefulSet('a'));
    await k.setup('PUT', `${path}/a/status`, { ...made, status: { replicas: 1 } });
    const from = `resourceVersion=${made.metadata.resourceVersion}`;
    await k.watch(`${path}?watch=true&${from}`, { until: amount(1) });
  },

  'deletecollection is an event for each': async (k) => {
    const { path, last } = await maps(k, 'a', 'b');
    await k.setup('DELETE', path);
    const from = `resourceVersion=${last.metadata.resourceVersion}`;
    const events = await k.watch(`${path}?watch=true&${from}`, { until: amount(2), only: () => undefined });
    k.note('deleted', events.map(({ type, object }) => `${type} ${object.metadata.name}`).sort());
  },

  'a watch of one object by its path': async (k) => {
    const { path } = await maps(k, 'a', 'b');
    await k.watch(`${path}/a?watch=true`, {
      until: amount(2),
      during: async () => {
        await k.setup('PUT', `${path}/b`, configMap('b', { a: '2' }));
        await k.setup('PUT', `${path}/a`, configMap('a', { a: '2' }));
      },
    });
  },

  'a watch of one object that is not there yet': async (k) => {
    const path = k.in('v1', 'configmaps');
    await k.watch(`${path}?watch=true&fieldSelector=metadata.name%3Da`, {
      until: amount(1),
      during: async () => {
        await maps(k, 'b', 'a');
      },
    });
  },

  'the old path of watches': async (k) => {
    await maps(k, 'a');
    await k.watch(`/api/v1/watch/namespaces/${k.ns}/configmaps`, { until: amount(1) });
    await k.watch(`/api/v1/watch/namespaces/${k.ns}/configmaps/a`, { until: amount(1) });
  },

  'a watch over all namespaces': async (k) => {
    const path = k.in('v1', 'configmaps');
    await k.watch(`/api/v1/configmaps?watch=true&labelSelector=only%3D${k.ns}`, {
      until: amount(1),
      during: () => k.setup('POST', path, configMap('a', {}, { labels: { only: k.ns } })),
    });
  },

  'a watch from a version that is too old': async (k) => {
    // The server knows nothing of a custom resource from before its definition.
    const path = await install(k);
    await k.setup('POST', path, widget(k, { a: 1 }));
    await k.watch(`${path}?watch=true&resourceVersion=1`, { until: amount(1) });
  },

  'a watch from versions that are none': async (k) => {
    const path = k.in('v1', 'configmaps');
    await k.get(`${path}?watch=true&resourceVersion=x&timeoutSeconds=1`);
    await k.get(`${path}?watch=true&resourceVersion=-1&timeoutSeconds=1`);
    await k.get(`${path}?watch=maybe&resourceVersion=0&timeoutSeconds=1`);
  },

  'a watch with options of a list': async (k) => {
    const { path } = await maps(k, 'a');
    await k.get(`${path}?watch=true&resourceVersion=0&resourceVersionMatch=Exact&timeoutSeconds=1`);
    await k.get(`${path}?watch=true&resourceVersion=0&resourceVersionMatch=NotOlderThan&timeoutSeconds=1`);
    await k.watch(`${path}?watch=true&resourceVersion=0&limit=1`, { until: amount(1) });
    await k.watch(`${path}?watch=true&resourceVersion=0&continue=x`, { until: amount(1) });
  },

  'a watch of what cannot be watched': async (k) => {
    await k.get('/api/v1/nothings?watch=true&timeoutSeconds=1');
    await k.get('/api/v1/componentstatuses?watch=true&timeoutSeconds=1');
    await k.get('/api/v1/namespaces/not-there/configmaps?watch=true&timeoutSeconds=1');
  },

  'a watch in a form that it has not': async (k) => {
    await k.get(`${k.in('v1', 'configmaps')}?watch=true&timeoutSeconds=1`, { headers: { accept: 'text/html' } });
    await k.get(`${k.in('v1', 'configmaps')}?watch=true&timeoutSeconds=1`, { headers: { accept: 'application/yaml' } });
  },
};

const ENDS: CaseTable = {
  'a watch ends at its time-out': async (k) => {
    const { path } = await maps(k, 'a');
    await k.watch(`${path}?watch=true&timeoutSeconds=1`, {});
  },

  'a time-out that is no number': (k) => k.get(`${k.in('v1', 'configmaps')}?watch=true&timeoutSeconds=x`),

  'a bookmark comes before the time-out': async (k) => {
    const { path, last } = await maps(k, 'a');
    const from = `resourceVersion=${last.metadata.resourceVersion}`;
    const events = await k.watch(`${path}?watch=true&allowWatchBookmarks=true&timeoutSeconds=4&${from}`, {
      until: isBookmark,
    });
    const bookmark = events.at(-1).object.metadata.resourceVersion;
    k.note('not before the start', BigInt(bookmark) >= BigInt(last.metadata.resourceVersion));
  },

  'no bookmark without asking': async (k) => {
    const { path, last } = await maps(k, 'a');
    const from = `resourceVersion=${last.metadata.resourceVersion}`;
    await k.watch(`${path}?watch=true&timeoutSeconds=3&${from}`, {});
  },

  'a watch goes on from its bookmark': async (k) => {
    const { path, last } = await maps(k, 'a');
    const query = `watch=true&allowWatchBookmarks=true&timeoutSeconds=4&resourceVersion=${last.metadata.resourceVersion}`;
    const events = await k.watch(`${path}?${query}`, { until: isBookmark });
    await k.setup('POST', path, configMap('b'));
    const rv = events.at(-1).object.metadata.resourceVersion;
    await k.watch(`${path}?watch=true&resourceVersion=${rv}`, { until: amount(1), only: brief });
  },
};

const STREAMING: CaseTable = {
  'a streaming list ends with a bookmark': async (k) => {
    const { path } = await maps(k, 'a', 'b');
    const query = 'watch=true&sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan';
    await k.watch(`${path}?${query}`, { until: isBookmark });
  },

  'a streaming list goes on with what comes': async (k) => {
    const { path } = await maps(k, 'a');
    const query = 'watch=true&sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan';
    let isMade = false;
    await k.watch(`${path}?${query}`, {
      until: (events) => {
        if (isBookmark(events) && !isMade) {
          isMade = true;
          void k.setup('POST', path, configMap('b'));
        }
        return seen('ADDED', 'b')(events);
      },
    });
  },

  'a streaming list of nothing': async (k) => {
    const query = 'watch=true&sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan';
    await k.watch(`${k.in('v1', 'configmaps')}?${query}`, { until: isBookmark });
  },

  'a streaming list from a version': async (k) => {
    const { path, last } = await maps(k, 'a');
    const rv = last.metadata.resourceVersion;
    const query = 'watch=true&sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan';
    await k.watch(`${path}?${query}&resourceVersion=${rv}`, { until: isBookmark });
    await k.watch(`${path}?${query}&resourceVersion=0`, { until: isBookmark });
  },

  'a streaming list by labels': async (k) => {
    const path = k.in('v1', 'configmaps');
    await k.setup('POST', path, configMap('a', {}, { labels: { x: '1' } }));
    await k.setup('POST', path, configMap('b'));
    const query = 'watch=true&sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan';
    await k.watch(`${path}?${query}&labelSelector=x`, { until: isBookmark });
  },

  'a streaming list without what it needs': async (k) => {
    const path = k.in('v1', 'configmaps');
    await k.get(`${path}?watch=true&sendInitialEvents=true&timeoutSeconds=1`);
    await k.get(`${path}?watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&timeoutSeconds=1`);
    await k.get(
      `${path}?watch=true&sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=Exact&timeoutSeconds=1`,
    );
    await k.get(`${path}?watch=true&sendInitialEvents=maybe&timeoutSeconds=1`);
  },

  'a watch without the initial events': async (k) => {
    const { path } = await maps(k, 'a');
    const query = 'watch=true&sendInitialEvents=false&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan';
    await k.watch(`${path}?${query}`, {
      until: seen('ADDED', 'b'),
      during: () => k.setup('POST', path, configMap('b')),
      only: brief,
    });
  },

  'a streaming list of custom resources': async (k) => {
    const path = await install(k);
    await k.setup('POST', path, widget(k, { a: 1 }));
    const query = 'watch=true&sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan';
    await k.watch(`${path}?${query}`, { until: isBookmark });
  },
};

const FORMS: CaseTable = {
  'events as tables': async (k) => {
    const { path } = await maps(k, 'a');
    const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io';
    await k.watch(`${path}?watch=true&includeObject=None`, {
      headers: { accept },
      until: amount(2),
      during: () => k.setup('POST', path, configMap('b')),
      only: (events) =>
        events.map(({ type, object }) => ({
          type,
          columns: object.columnDefinitions?.map(({ name }: any) => name) ?? null,
          rows: object.rows.map(({ cells }: any) => cells.slice(0, 2)),
        })),
    });
  },

  'events as metadata only': async (k) => {
    const { path } = await maps(k, 'a');
    const accept = 'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io';
    await k.watch(`${path}?watch=true`, { headers: { accept }, until: amount(1) });
  },

  'a bookmark as metadata only': async (k) => {
    const { path } = await maps(k, 'a');
    const accept = 'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io';
    const query = 'watch=true&sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan';
    await k.watch(`${path}?${query}`, { headers: { accept }, until: isBookmark });
  },

  'events of custom resources': async (k) => {
    const path = await install(k);
    const made = await k.setup('POST', path, widget(k, { a: 1 }));
    await k.setup('PUT', `${path}/a`, { ...made, spec: { a: 2 } });
    await k.setup('DELETE', `${path}/a`);
    await k.watch(`${path}?watch=true&resourceVersion=${made.metadata.resourceVersion}`, { until: amount(2) });
  },

  'many watchers see the same': async (k) => {
    const { path, last } = await maps(k, 'a');
    const from = `resourceVersion=${last.metadata.resourceVersion}`;
    for (const name of ['b', 'c']) await k.setup('POST', path, configMap(name));
    await k.setup('DELETE', `${path}/b`);
    const watches = Array.from({ length: 20 }, () =>
      k.watch(`${path}?watch=true&${from}`, { until: amount(3), only: brief }),
    );
    await Promise.all(watches);
  },

  'a pod through its life': async (k) => {
    const path = k.in('v1', 'pods');
    const made = await k.setup('POST', path, pod('a', { nodeName: 'one' }));
    await k.setup('PUT', `${path}/a/status`, { ...made, status: { phase: 'Running' } });
    await k.setup('DELETE', `${path}/a`);
    await k.setup('DELETE', `${path}/a?gracePeriodSeconds=0`);
    await k.watch(`${path}?watch=true&resourceVersion=${made.metadata.resourceVersion}`, { until: amount(3) });
  },
};

export const WATCH = topic('watch', [FROM, SELECTOR_CASES, ENDS, STREAMING, FORMS]);
