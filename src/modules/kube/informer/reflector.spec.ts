import { type OrkestraError } from '../../common';
import { KubeApiError } from '../kube.errors';
import { type KubeObject } from '../kube-object';
import {
  type Answer,
  cut,
  json,
  lines,
  type Script,
  ScriptedApiServer,
  ScriptedStream,
  type SeenRequest,
  silence,
  status,
} from '../testing/scripted-api-server';
import { website, websiteList, WEBSITES, WEBSITES_PATH } from '../testing/websites';
import { HttpKubeApi, HttpTransport } from '../transport';
import { Reflector, type ReflectorSink, type ReflectorTimes } from './reflector';

const TIMES: ReflectorTimes = {
  pageSize: 2,
  firstBackoffMs: 2,
  maxBackoffMs: 8,
  inactivityMs: 5_000,
  watchSeconds: 300,
  probeMissingMs: 8,
};

const isWatch = ({ query }: SeenRequest): boolean => query.get('watch') === 'true';

class Recording implements ReflectorSink {
  readonly calls: string[] = [];
  readonly failures: OrkestraError[] = [];
  private readonly waiters: { readonly count: number; readonly resolve: () => void }[] = [];

  replace(items: readonly KubeObject[], resourceVersion: string): void {
    const objects = items.map(({ metadata }) => `${metadata.name}@${metadata.resourceVersion}`);
    this.add(`list ${resourceVersion}: ${objects.join(' ')}`.trim());
  }

  change(type: string, { metadata }: KubeObject): void {
    this.add(`${type} ${metadata.name}@${metadata.resourceVersion}`);
  }

  has(): boolean {
    return false;
  }

  missing(): void {
    this.add('missing');
  }

  failed(error: OrkestraError): void {
    this.failures.push(error);
    this.add('failed');
  }

  recovered(): void {
    return undefined;
  }

  async until(count: number): Promise<readonly string[]> {
    if (this.calls.length < count) await new Promise<void>((resolve) => this.waiters.push({ count, resolve }));
    return this.calls;
  }

  private add(call: string): void {
    this.calls.push(call);
    for (const { count, resolve } of this.waiters) if (this.calls.length >= count) resolve();
  }
}

describe('Reflector', () => {
  let server: ScriptedApiServer;
  let transport: HttpTransport;
  let sink: Recording;
  let reflector: Reflector;
  let running: Promise<void>;
  const stop: { current: AbortController } = { current: new AbortController() };

  async function start(script: Script, times: Partial<ReflectorTimes> = {}): Promise<void> {
    server = await ScriptedApiServer.start(script);
    transport = new HttpTransport({
      config: { server: server.url, insecureSkipTlsVerify: false, contextName: 'test', source: 'flag' },
      userAgent: 'orkestra/test (spec)',
    });
    sink = new Recording();
    const scope = { resource: WEBSITES, labelSelector: 'tier=gold' };
    reflector = new Reflector(new HttpKubeApi(transport), scope, sink, { next: () => 0.5 }, { ...TIMES, ...times });
    stop.current = new AbortController();
    running = reflector.run(stop.current.signal);
  }

  afterEach(async () => {
    stop.current.abort();
    await running;
    await server.until(() => server.openResponses === 0);
    await transport.close();
    await server.close();
  });

  /** Lists and watches, each in turn as given; the last of each is repeated. */
  function script(lists: readonly Answer[], watches: readonly Answer[]): Script {
    const counts = { lists: 0, watches: 0 };
    return (request) => {
      if (isWatch(request)) return watches[Math.min(counts.watches++, watches.length - 1)]!;
      return lists[Math.min(counts.lists++, lists.length - 1)]!;
    };
  }

  const watches = (): readonly SeenRequest[] => server.seen.filter(isWatch);
  const lists = (): readonly SeenRequest[] => server.seen.filter((request) => !isWatch(request));

  it('reads a list in pages, publishes it once and watches from its version', async () => {
    const stream = new ScriptedStream();
    await start(
      script(
        [
          json(200, websiteList(10, [website('a', 1), website('b', 2)], 'next-1')),
          json(200, websiteList(10, [website('c', 3), website('d', 4)], 'next-2')),
          json(200, websiteList(10, [website('e', 5)])),
        ],
        [stream.answer],
      ),
    );
    await server.untilSeen(4);
    expect(sink.calls).toEqual(['list 10: a@1 b@2 c@3 d@4 e@5']);
    expect(lists().map(({ query }) => [query.get('limit'), query.get('continue'), query.get('labelSelector')])).toEqual(
      [
        ['2', null, 'tier=gold'],
        ['2', 'next-1', 'tier=gold'],
        ['2', 'next-2', 'tier=gold'],
      ],
    );
    const [watch] = watches();
    expect(watch?.path).toBe(WEBSITES_PATH);
    expect(Object.fromEntries(watch!.query)).toEqual({
      watch: 'true',
      labelSelector: 'tier=gold',
      resourceVersion: '10',
      allowWatchBookmarks: 'true',
      timeoutSeconds: '450',
    });
  });

  it('resumes an ended watch from the last event, without a list', async () => {
    const stream = new ScriptedStream();
    await start(script([json(200, websiteList(10, []))], [stream.answer]));
    await server.untilSeen(2);
    stream.send({ type: 'ADDED', object: website('a', 11) }, { type: 'MODIFIED', object: website('a', 12) });
    await sink.until(3);
    stream.end();
    await server.untilSeen(3);
    expect(watches()[1]?.query.get('resourceVersion')).toBe('12');
    expect(lists()).toHaveLength(1);
    expect(sink.calls).toEqual(['list 10:', 'ADDED a@11', 'MODIFIED a@12']);
  });

  it('resumes from the version of a bookmark, which is no event', async () => {
    const bookmark = { type: 'BOOKMARK', object: { kind: 'Website', metadata: { resourceVersion: '50' } } };
    await start(script([json(200, websiteList(10, []))], [lines([bookmark], true), new ScriptedStream().answer]));
    await server.untilSeen(3);
    expect(watches()[1]?.query.get('resourceVersion')).toBe('50');
    expect(sink.calls).toEqual(['list 10:']);
  });

  it('resumes after a cut connection', async () => {
    const stream = new ScriptedStream();
    await start(script([json(200, websiteList(10, []))], [stream.answer]));
    await server.untilSeen(2);
    stream.send({ type: 'ADDED', object: website('a', 11) });
    await sink.until(2);
    stream.cut();
    await server.untilSeen(3);
    expect(watches()[1]?.query.get('resourceVersion')).toBe('11');
    expect(lists()).toHaveLength(1);
    expect(sink.failures[0]).toMatchObject({ code: 'KUBE_TRANSPORT', kind: 'Transient' });
  });

  it('takes no half event of a cut connection', async () => {
    const stream = new ScriptedStream();
    await start(script([json(200, websiteList(10, []))], [stream.answer]));
    await server.untilSeen(2);
    const line = Buffer.from(JSON.stringify({ type: 'ADDED', object: website('a', 11) }));
    stream.write(line.subarray(0, 40));
    stream.end();
    await server.untilSeen(3);
    expect(sink.calls).toEqual(['list 10:']);
    expect(watches()[1]?.query.get('resourceVersion')).toBe('10');
  });

  it.each<[string, Answer]>([
    ['as the answer', status(410, 'Gone', 'too old resource version')],
    [
      'as an event',
      lines([{ type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired', message: 'too old' } }]),
    ],
  ])('lists again when the watch says 410 %s', async (_name, expired) => {
    await start(
      script(
        [json(200, websiteList(10, [website('a', 1)])), json(200, websiteList(20, [website('b', 15)]))],
        [expired, new ScriptedStream().answer],
      ),
    );
    await server.untilSeen(4);
    expect(sink.calls).toEqual(['list 10: a@1', 'list 20: b@15']);
    expect(watches()[1]?.query.get('resourceVersion')).toBe('20');
  });

  it('reads the list whole when its pages expired half way, and publishes nothing of the half', async () => {
    await start(
      script(
        [
          json(200, websiteList(10, [website('a', 1), website('b', 2)], 'next-1')),
          status(410, 'Expired', 'the provided continue parameter is too old'),
          json(200, websiteList(30, [website('a', 1), website('c', 25)])),
        ],
        [new ScriptedStream().answer],
      ),
    );
    await sink.until(1);
    await server.untilSeen(4);
    expect(sink.calls).toEqual(['list 30: a@1 c@25']);
    expect(lists()[2]?.query.has('limit')).toBe(false);
    expect(lists()[2]?.query.has('continue')).toBe(false);
  });

  it('pauses between lists when no watch ever works', async () => {
    await start(script([json(200, websiteList(10, []))], [status(410, 'Gone')]), {
      firstBackoffMs: 60_000,
      maxBackoffMs: 60_000,
    });
    await server.untilSeen(2);
    await server.until(() => server.openResponses === 0);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(server.seen).toHaveLength(2);
    reflector.nudge();
    await server.untilSeen(4);
    expect(sink.calls).toEqual(['list 10:', 'list 10:']);
  });

  it('lists again when the server refuses the version three times', async () => {
    await start(
      script(
        [json(200, websiteList(10, [])), json(200, websiteList(3, []))],
        [
          status(500, 'InternalError'),
          status(504, 'Timeout'),
          status(500, 'InternalError'),
          new ScriptedStream().answer,
        ],
      ),
    );
    await server.untilSeen(6);
    expect(sink.calls).toEqual(['list 10:', 'failed', 'failed', 'failed', 'list 3:']);
  });

  it('gives up a watch that says nothing, although its connection looks alive', async () => {
    await start(script([json(200, websiteList(10, []))], [lines([]), new ScriptedStream().answer]), {
      inactivityMs: 40,
    });
    await server.untilSeen(3);
    expect(watches()[1]?.query.get('resourceVersion')).toBe('10');
    expect(sink.calls).toEqual(['list 10:']);
  });

  it('gives up a watch that is never even answered', async () => {
    await start(script([json(200, websiteList(10, []))], [silence, new ScriptedStream().answer]), { inactivityMs: 40 });
    await server.untilSeen(3);
    expect(lists()).toHaveLength(1);
  });

  it('tries a failed list again until it works', async () => {
    await start(
      script(
        [cut, cut, status(500, 'InternalError'), status(403, 'Forbidden'), json(200, websiteList(10, []))],
        [new ScriptedStream().answer],
      ),
    );
    expect((await sink.until(4)).slice(0, 4)).toEqual(['failed', 'failed', 'failed', 'list 10:']);
    expect(sink.failures.map(({ kind }) => kind)).toEqual(['Transient', 'Transient', 'UserError']);
  });

  it('asks an overloaded server again no sooner than it said', async () => {
    await start(
      script([json(200, websiteList(10, []))], [status(429, 'TooManyRequests', 'later', { retryAfterSeconds: 60 })]),
    );
    await sink.until(2);
    expect(sink.failures[0]).toMatchObject({ retryAfterMs: 60_000 });
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(server.seen).toHaveLength(2);
  });

  it('says once that a resource is not served, looks for it, and takes it up when it is back', async () => {
    const stream = new ScriptedStream();
    await start(
      script(
        [
          json(200, websiteList(10, [website('a', 1)])),
          status(404, 'NotFound'),
          status(404, 'NotFound'),
          json(200, websiteList(40, [website('b', 35)])),
        ],
        [stream.answer, status(404, 'NotFound'), new ScriptedStream().answer],
      ),
    );
    await server.untilSeen(2);
    stream.end();
    expect(await sink.until(4)).toEqual(['list 10: a@1', 'missing', 'missing', 'list 40: b@35']);
    expect(sink.failures).toEqual([]);
  });

  it('looks at once when it is nudged, also when the nudge comes while it is asking', async () => {
    let first: (() => void) | undefined;
    await start(
      script(
        [
          (response, request) => {
            first = () => status(404, 'NotFound')(response, request);
          },
          status(404, 'NotFound'),
          json(200, websiteList(40, [])),
        ],
        [new ScriptedStream().answer],
      ),
      { firstBackoffMs: 60_000, probeMissingMs: 60_000 },
    );
    await server.untilSeen(1);
    reflector.nudge();
    first?.();
    await sink.until(2);
    reflector.nudge();
    expect((await sink.until(3)).slice(2)).toEqual(['list 40:']);
  });

  it('raises what a watch tells as an error, with the server’s words', async () => {
    const error = { kind: 'Status', code: 500, reason: 'InternalError', message: 'etcd lost its leader' };
    await start(script([json(200, websiteList(10, []))], [lines([{ type: 'ERROR', object: error }]), lines([])]));
    await sink.until(2);
    expect(sink.failures[0]).toBeInstanceOf(KubeApiError);
    expect(sink.failures[0]?.message).toBe('watch websites.demo.orkestra.io: etcd lost its leader');
  });

  describe('stop', () => {
    it('ends an open watch and its connection', async () => {
      await start(script([json(200, websiteList(10, []))], [lines([])]));
      await server.untilSeen(2);
      stop.current.abort();
      await running;
      await server.until(() => server.openResponses === 0);
      await transport.close();
      await server.until(() => server.openConnections === 0);
    });

    it('ends a list that is under way and publishes nothing', async () => {
      await start(script([silence], [silence]));
      await server.untilSeen(1);
      stop.current.abort();
      await running;
      expect(sink.calls).toEqual([]);
    });

    it('ends a pause between tries', async () => {
      await start(script([status(403, 'Forbidden')], [silence]), { firstBackoffMs: 60_000, maxBackoffMs: 60_000 });
      await sink.until(1);
      stop.current.abort();
      await running;
      expect(server.seen).toHaveLength(1);
    });
  });
});
