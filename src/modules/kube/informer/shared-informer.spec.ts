import { type ObjectKey, OrkestraError } from '../../common';
import { type LogFields, silentLogger } from '../../observability';
import { type KubeApi } from '../kube-api';
import { type KubeObject } from '../kube-object';
import { website, WEBSITES } from '../testing/websites';
import { InformerFactory } from './informer-factory';
import { type InformerEvent } from './informer.types';
import { type InformerOptions, SharedInformer } from './shared-informer';

const key = (name: string): ObjectKey => `default/${name}`;

interface Fixture {
  readonly informer: SharedInformer;
  readonly events: string[];
  readonly errors: LogFields[];
}

/** The informer as its reflector drives it: specs of the reflector itself use a server. */
function make(options: InformerOptions = {}): Fixture {
  const errors: LogFields[] = [];
  const logger = { ...silentLogger, error: (_event: string, fields?: LogFields) => void errors.push(fields ?? {}) };
  const informer = new SharedInformer(
    { resource: WEBSITES },
    { api: {} as KubeApi, random: { next: () => 0.5 }, logger },
    options,
  );
  const events: string[] = [];
  informer.onEvent((event) => events.push(describeEvent(event)));
  return { informer, events, errors };
}

function describeEvent(event: InformerEvent): string {
  const { name, resourceVersion } = event.object.metadata;
  const from = event.type === 'updated' ? `${event.previous.metadata.resourceVersion}->` : '';
  return `${event.type} ${name}@${from}${resourceVersion}`;
}

const names = (informer: SharedInformer): readonly string[] => [...informer.store.keys()].sort();

describe('SharedInformer', () => {
  describe('a list', () => {
    it('is stored whole before any handler hears of it', () => {
      const { informer } = make();
      const seen: (readonly string[])[] = [];
      informer.onEvent(() => seen.push(names(informer)));
      informer.replace([website('a', 1), website('b', 2)], '5');
      expect(seen).toEqual([
        ['default/a', 'default/b'],
        ['default/a', 'default/b'],
      ]);
      informer.replace([website('b', 3), website('c', 6)], '7');
      expect(seen.slice(2)).toEqual(Array.from({ length: 3 }, () => ['default/b', 'default/c']));
    });

    it('becomes added, updated and deleted events; what did not change is silent', () => {
      const { informer, events } = make();
      informer.replace([website('a', 1), website('b', 2), website('c', 3)], '5');
      events.length = 0;
      informer.replace([website('a', 1), website('b', 6), website('d', 7)], '8');
      expect(events).toEqual(['updated b@2->6', 'added d@7', 'deleted c@3']);
    });

    it('marks only the objects of the first one as initial', () => {
      const { informer } = make();
      const initial: boolean[] = [];
      informer.onEvent((event) => event.type === 'added' && initial.push(event.isInitialList));
      informer.replace([website('a', 1)], '5');
      informer.replace([website('a', 1), website('b', 6)], '7');
      expect(initial).toEqual([true, false]);
    });

    it('wins over the store even when its versions are lower (etcd restored from a backup)', () => {
      const { informer, events } = make();
      informer.replace([website('a', 900), website('b', 901)], '950');
      events.length = 0;
      informer.replace([website('a', 100)], '120');
      expect(events).toEqual(['updated a@900->100', 'deleted b@901']);
      informer.change('MODIFIED', website('a', 121));
      expect(informer.store.get(key('a'))?.metadata.resourceVersion).toBe('121');
    });

    it('leaves the store as it was when an object of it can not be taken in', () => {
      const transform = (object: KubeObject): KubeObject => {
        if (object.metadata.name === 'bad') throw new Error('unreadable');
        return object;
      };
      const { informer, events } = make({ transform });
      informer.replace([website('a', 1)], '5');
      expect(() => informer.replace([website('b', 6), website('bad', 7)], '8')).toThrow('unreadable');
      expect(names(informer)).toEqual(['default/a']);
      expect(events).toEqual(['added a@1']);
    });

    it('gives its objects the apiVersion and kind that items of a list lack', () => {
      const { informer } = make();
      const { metadata } = website('a', 1);
      informer.replace([{ metadata } as KubeObject], '5');
      expect(informer.store.get(key('a'))).toMatchObject({ apiVersion: 'demo.orkestra.io/v1', kind: 'Website' });
    });
  });

  describe('watch events', () => {
    it('change the store and reach the handlers', () => {
      const { informer, events } = make();
      informer.replace([website('a', 1)], '5');
      informer.change('ADDED', website('b', 6));
      informer.change('MODIFIED', website('a', 7));
      informer.change('DELETED', website('b', 8));
      expect(events).toEqual(['added a@1', 'added b@6', 'updated a@1->7', 'deleted b@8']);
      expect(names(informer)).toEqual(['default/a']);
    });

    it('that are older than what is known are dropped', () => {
      const { informer, events } = make();
      informer.replace([website('a', 10)], '10');
      informer.change('MODIFIED', website('a', 9));
      informer.change('DELETED', website('a', 9));
      expect(events).toEqual(['added a@10']);
      expect(names(informer)).toEqual(['default/a']);
    });

    it('compare versions as numbers, not as text', () => {
      const { informer } = make();
      informer.replace([website('a', 99)], '99');
      informer.change('MODIFIED', website('a', 100));
      expect(informer.store.get(key('a'))?.metadata.resourceVersion).toBe('100');
    });

    it('of a replaced object end the old one and begin the new one', () => {
      const { informer, events } = make();
      informer.replace([website('a', 1)], '5');
      informer.change('DELETED', website('a', 6));
      informer.change('ADDED', website('a', 7, { metadata: { ...website('a', 7).metadata, uid: 'second' } }));
      expect(events).toEqual(['added a@1', 'deleted a@6', 'added a@7']);
      expect(informer.store.get(key('a'))?.metadata.uid).toBe('second');
    });
  });

  describe('our own writes', () => {
    it('never brings back what the watch told as deleted before the answer came', () => {
      const { informer } = make();
      informer.replace([], '5');
      informer.change('ADDED', website('a', 7));
      informer.change('DELETED', website('a', 8));
      informer.observeWrite(website('a', 7));
      expect(names(informer)).toEqual([]);
      informer.observeWrite(website('b', 9));
      expect(names(informer)).toEqual(['default/b']);
    });

    it('never bring back what the list no longer had before the answer came', () => {
      const { informer } = make();
      informer.replace([website('a', 5)], '5');
      informer.replace([], '9');
      informer.observeWrite(website('a', 7));
      expect(names(informer)).toEqual([]);
    });

    it('never bring back what we deleted before the answer came', () => {
      const { informer } = make();
      informer.replace([website('a', 5)], '5');
      informer.observeDelete(key('a'), 'uid-a');
      informer.observeWrite(website('a', 7));
      expect(names(informer)).toEqual([]);
      informer.observeWrite(website('a', 8, { metadata: { ...website('a', 8).metadata, uid: 'second' } }));
      expect(names(informer)).toEqual(['default/a']);
    });

    it('never bring back an object of a resource that is not served any more', () => {
      const { informer } = make();
      informer.replace([website('a', 5)], '5');
      informer.missing();
      informer.observeWrite(website('a', 7));
      expect(names(informer)).toEqual([]);
      informer.replace([], '9');
      informer.observeWrite(website('a', 10));
      expect(names(informer)).toEqual(['default/a']);
    });

    it('are not taken for those of an object that has its name now', () => {
      const { informer } = make();
      informer.replace([website('a', 5)], '5');
      informer.change('DELETED', website('a', 6));
      informer.change('ADDED', website('a', 8, { metadata: { ...website('a', 8).metadata, uid: 'second' } }));
      informer.observeWrite(website('a', 5));
      expect(informer.store.get(key('a'))?.metadata).toMatchObject({ uid: 'second', resourceVersion: '8' });
    });

    it('are in the store at once, without an event, and their echo is silent', () => {
      const { informer, events } = make();
      informer.replace([website('a', 1)], '5');
      informer.observeWrite(website('a', 7, { spec: { replicas: 3 } }));
      expect(informer.store.get(key('a'))).toMatchObject({ spec: { replicas: 3 } });
      informer.change('MODIFIED', website('a', 6));
      informer.change('MODIFIED', website('a', 7));
      expect(events).toEqual(['added a@1']);
      informer.change('MODIFIED', website('a', 8));
      expect(events).toEqual(['added a@1', 'updated a@7->8']);
    });

    it('do not go back behind what the watch told already', () => {
      const { informer } = make();
      informer.replace([website('a', 9)], '9');
      informer.observeWrite(website('a', 7));
      expect(informer.store.get(key('a'))?.metadata.resourceVersion).toBe('9');
    });

    it('survive a list that was taken before them, created or changed', () => {
      const { informer, events } = make();
      informer.replace([website('a', 1)], '5');
      informer.observeWrite(website('a', 20));
      informer.observeWrite(website('new', 21));
      events.length = 0;
      informer.replace([website('a', 1)], '19');
      expect(informer.store.get(key('a'))?.metadata.resourceVersion).toBe('20');
      expect(names(informer)).toEqual(['default/a', 'default/new']);
      expect(events).toEqual([]);
    });

    it('give way to a list that was taken after them', () => {
      const { informer, events } = make();
      informer.replace([], '5');
      informer.observeWrite(website('new', 21));
      informer.replace([], '30');
      expect(names(informer)).toEqual([]);
      expect(events).toEqual(['deleted new@21']);
    });
  });

  describe('our own deletes', () => {
    it('take the object out at once; older news does not bring it back', () => {
      const { informer, events } = make();
      informer.replace([website('a', 1)], '5');
      informer.observeDelete(key('a'), 'uid-a');
      informer.change('MODIFIED', website('a', 6));
      informer.replace([website('a', 6)], '6');
      expect(names(informer)).toEqual([]);
      informer.change('DELETED', website('a', 7));
      expect(events).toEqual(['added a@1']);
    });

    it('let a new object of that name in', () => {
      const { informer, events } = make();
      informer.replace([website('a', 1)], '5');
      informer.observeDelete(key('a'), 'uid-a');
      informer.change('ADDED', website('a', 8, { metadata: { ...website('a', 8).metadata, uid: 'second' } }));
      expect(events).toEqual(['added a@1', 'added a@8']);
    });

    it('of another object of that name change nothing', () => {
      const { informer } = make();
      informer.replace([website('a', 1)], '5');
      informer.observeDelete(key('a'), 'somebody-else');
      expect(names(informer)).toEqual(['default/a']);
    });

    it('that the watch told first leave nothing behind: the same uid is welcome again', () => {
      const { informer } = make();
      informer.replace([website('a', 1)], '5');
      informer.change('DELETED', website('a', 6));
      informer.observeDelete(key('a'), 'uid-a');
      informer.change('ADDED', website('a', 7));
      expect(names(informer)).toEqual(['default/a']);
    });
  });

  describe('a resource that is not served', () => {
    it('empties the store, tells each object as deleted and the absence once', () => {
      const { informer, events } = make();
      const presence: boolean[] = [];
      informer.onPresence((present) => presence.push(present));
      informer.replace([website('a', 1), website('b', 2)], '5');
      informer.missing();
      informer.missing();
      expect(informer.isMissing).toBe(true);
      expect(names(informer)).toEqual([]);
      expect(events.slice(2)).toEqual(['deleted a@1', 'deleted b@2']);
      informer.replace([website('a', 9)], '9');
      expect(informer.isMissing).toBe(false);
      expect(presence).toEqual([false, true]);
      expect(events.slice(4)).toEqual(['added a@9']);
    });
  });

  describe('handlers', () => {
    it('that throw are logged and keep nobody from hearing', () => {
      const { informer, events, errors } = make();
      const late: string[] = [];
      informer.onEvent(() => {
        throw new Error('handler broke');
      });
      informer.onEvent((event) => late.push(event.type));
      informer.onPresence(() => {
        throw new Error('presence broke');
      });
      informer.replace([website('a', 1), website('b', 2)], '5');
      informer.missing();
      expect(late).toEqual(['added', 'added', 'deleted', 'deleted']);
      expect(events).toHaveLength(4);
      expect(errors.map(({ problem }) => problem)).toContain('handler broke');
      expect(errors.map(({ problem }) => problem)).toContain('presence broke');
    });

    it('hear nothing more after they were taken off', () => {
      const { informer } = make();
      const heard: string[] = [];
      const off = informer.onEvent((event) => heard.push(event.type));
      informer.replace([website('a', 1)], '5');
      off();
      informer.change('MODIFIED', website('a', 6));
      expect(heard).toEqual(['added']);
    });
  });

  describe('indices', () => {
    const byTier = (object: KubeObject): readonly string[] => {
      const tier = object.metadata.labels?.['tier'];
      return tier === undefined ? [] : [tier];
    };
    const tiered = (name: string, version: number, tier: string): KubeObject => {
      const object = website(name, version);
      return { ...object, metadata: { ...object.metadata, labels: { tier } } };
    };
    const found = (informer: SharedInformer, tier: string): readonly string[] =>
      informer.store.byIndex('tier', tier).map(({ metadata }) => metadata.name);

    it('follow adds, changes, own writes and deletes', () => {
      const { informer } = make({ indices: { tier: byTier } });
      informer.replace([tiered('a', 1, 'gold'), tiered('b', 2, 'gold'), website('c', 3)], '5');
      expect(found(informer, 'gold')).toEqual(['a', 'b']);
      informer.change('MODIFIED', tiered('a', 6, 'silver'));
      informer.observeWrite(tiered('c', 7, 'silver'));
      expect(found(informer, 'gold')).toEqual(['b']);
      expect(found(informer, 'silver')).toEqual(['a', 'c']);
      informer.change('DELETED', tiered('a', 8, 'silver'));
      informer.observeDelete(key('c'), 'uid-c');
      expect(found(informer, 'silver')).toEqual([]);
    });

    it('know neither values nor names that nobody has', () => {
      const { informer } = make({ indices: { tier: byTier } });
      informer.replace([tiered('a', 1, 'gold')], '5');
      expect(found(informer, 'bronze')).toEqual([]);
      expect(informer.store.byIndex('colour', 'gold')).toEqual([]);
    });
  });

  describe('waitForSync', () => {
    it('resolves with the first list, and at once afterwards', async () => {
      const { informer } = make();
      const { signal } = new AbortController();
      const waiting = informer.waitForSync(signal);
      expect(informer.hasSynced).toBe(false);
      informer.replace([], '5');
      await waiting;
      await informer.waitForSync(signal);
      expect(informer.hasSynced).toBe(true);
    });

    it('rejects with the last problem when it is given up', async () => {
      const { informer } = make();
      const stop = new AbortController();
      const waiting = informer.waitForSync(stop.signal);
      const problem = new OrkestraError({ code: 'KUBE_API', kind: 'UserError', message: 'list websites: forbidden' });
      informer.failed(problem);
      stop.abort();
      await expect(waiting).rejects.toBe(problem);
      await expect(make().informer.waitForSync(AbortSignal.abort())).rejects.toMatchObject({ code: 'STOPPED' });
    });
  });

  it('forgets a problem when a list is complete and when a watch works again', () => {
    const { informer } = make();
    const problem = new OrkestraError({ code: 'KUBE_TRANSPORT', kind: 'Transient', message: 'no answer' });
    informer.failed(problem);
    expect(informer.lastError).toBe(problem);
    informer.replace([], '5');
    expect(informer.lastError).toBeUndefined();
    informer.failed(problem);
    informer.recovered();
    expect(informer.lastError).toBeUndefined();
  });
});

describe('InformerFactory', () => {
  it('shares one informer for each scope', () => {
    const stop = new AbortController();
    stop.abort();
    const factory = new InformerFactory(
      { api: {} as KubeApi, random: { next: () => 0 }, logger: silentLogger },
      stop.signal,
    );
    const first = factory.informer({ resource: WEBSITES, namespace: 'a' });
    expect(factory.informer({ namespace: 'a', resource: { ...WEBSITES } })).toBe(first);
    expect(factory.informer({ resource: WEBSITES, namespace: 'b' })).not.toBe(first);
    expect(factory.all()).toHaveLength(2);
    expect(() => first.start(stop.signal)).toThrow('started twice');
  });
});
