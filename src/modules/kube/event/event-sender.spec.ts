import { ManualClock, OrkestraError } from '../../common';
import { silentLogger } from '../../observability';
import { type KubeApi } from '../kube-api';
import { KubeApiError } from '../kube.errors';
import { website } from '../testing/websites';
import { type KubeEvent } from './event-recorder.types';
import { EventSender } from './event-sender';

interface Sent {
  readonly verb: 'create' | 'patch';
  readonly name: string;
  readonly body: Record<string, unknown>;
}

function refusal(code: number): KubeApiError {
  return new KubeApiError(
    { code, reason: '', message: `HTTP ${code}`, causes: [] },
    { verb: 'create', what: 'create events' },
  );
}

describe('EventSender', () => {
  let clock: ManualClock;
  let sent: Sent[];
  let failures: Error[];
  let sender: EventSender;

  beforeEach(() => {
    clock = new ManualClock();
    sent = [];
    failures = [];
    const answer = async (verb: Sent['verb'], name: string, body: unknown): Promise<unknown> => {
      sent.push({ verb, name, body: body as Sent['body'] });
      const failure = failures.shift();
      if (failure !== undefined) throw failure;
      return body;
    };
    const api = {
      create: (_resource: unknown, _namespace: string, body: { metadata: { name: string } }) =>
        answer('create', body.metadata.name, body),
      patch: (ref: { name: string }, patch: { body: unknown }) => answer('patch', ref.name, patch.body),
    } as unknown as KubeApi;
    sender = new EventSender({ api, clock, logger: silentLogger, instance: 'host-1' });
  });

  afterEach(() => sender.flush(0));

  const event = (more: Partial<KubeEvent> = {}): KubeEvent => ({
    regarding: website('home', 7),
    type: 'Normal',
    reason: 'WebsiteReconciled',
    message: 'reconciled',
    ...more,
  });

  /** What was recorded goes out in microtasks, as long as nothing has to wait. */
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  it('sends an Event that kubectl shows beside its object', async () => {
    sender.record(event());
    await settle();
    expect(sent).toHaveLength(1);
    expect(sent[0]?.name).toMatch(/^home\.[0-9a-f]{16}$/);
    expect(sent[0]?.body).toMatchObject({
      apiVersion: 'events.k8s.io/v1',
      metadata: { namespace: 'default' },
      eventTime: '2026-01-01T00:00:00.000000Z',
      reportingController: 'orkestra.orkspace.io/runtime',
      reportingInstance: 'host-1',
      type: 'Normal',
      reason: 'WebsiteReconciled',
      action: 'Reconcile',
      note: 'reconciled',
      regarding: { kind: 'Website', name: 'home', namespace: 'default', uid: 'uid-home', resourceVersion: '7' },
    });
  });

  it('makes equal Events one, whose count is told at most once a minute', async () => {
    for (let count = 0; count < 5; count++) sender.record(event());
    await settle();
    expect(sent.map(({ verb }) => verb)).toEqual(['create']);
    clock.advance(60_000);
    sender.record(event());
    await settle();
    sender.record(event());
    await settle();
    expect(sent.slice(1)).toEqual([
      {
        verb: 'patch',
        name: sent[0]?.name,
        body: { series: { count: 6, lastObservedTime: '2026-01-01T00:01:00.000000Z' } },
      },
    ]);
  });

  it.each<[string, Partial<KubeEvent>]>([
    ['another message', { message: 'other' }],
    ['another reason', { reason: 'Other' }],
    ['another type', { type: 'Warning' }],
    ['another object', { regarding: website('other', 7) }],
  ])('keeps Events apart that have %s', async (_name, more) => {
    sender.record(event());
    sender.record(event(more));
    await settle();
    expect(sent.map(({ verb }) => verb)).toEqual(['create', 'create']);
  });

  it('begins anew after six quiet minutes, and forgets although another one goes on', async () => {
    sender.record(event({ message: 'goes on' }));
    sender.record(event());
    await settle();
    clock.advance(5 * 60_000);
    sender.record(event({ message: 'goes on' }));
    clock.advance(2 * 60_000);
    sender.record(event());
    await settle();
    expect(sent.filter(({ verb, body }) => verb === 'create' && body['note'] === 'reconciled')).toHaveLength(2);
  });

  it('cuts one object off that talks too much, and no other', async () => {
    for (let count = 0; count < 40; count++) sender.record(event({ message: `message ${count}` }));
    sender.record(event({ regarding: website('other', 7) }));
    await settle();
    expect(sent.filter(({ name }) => name.startsWith('home.'))).toHaveLength(25);
    expect(sent.filter(({ name }) => name.startsWith('other.'))).toHaveLength(1);
  });

  it.each([403, 404, 422])('drops an Event that is refused with %i; an equal one later is sent again', async (code) => {
    failures.push(refusal(code));
    sender.record(event());
    await settle();
    sender.record(event());
    await settle();
    expect(sent.map(({ verb }) => verb)).toEqual(['create', 'create']);
  });

  it('sends an Event again under its own name when no answer came, and takes 409 for its arrival', async () => {
    failures.push(new OrkestraError({ code: 'KUBE_TRANSPORT', kind: 'Transient', message: 'broke' }), refusal(409));
    sender.record(event());
    await sender.flush(5_000);
    expect(sent).toHaveLength(2);
    expect(sent[1]?.name).toBe(sent[0]?.name);
  });

  describe('flush', () => {
    it('sends what waits, with counts that were not told, and takes nothing more', async () => {
      sender.record(event());
      await settle();
      sender.record(event());
      sender.record(event({ message: 'last' }));
      await sender.flush(5_000);
      sender.record(event({ message: 'too late' }));
      await settle();
      expect(sent.map(({ verb, body }) => [verb, body['note'] ?? body['series']])).toEqual([
        ['create', 'reconciled'],
        ['create', 'last'],
        ['patch', { count: 2, lastObservedTime: '2026-01-01T00:00:00.000000Z' }],
      ]);
    });

    it('ends at its deadline, whatever the server does', async () => {
      const api = { create: () => new Promise(() => undefined) } as unknown as KubeApi;
      const stuck = new EventSender({ api, clock, logger: silentLogger, instance: 'host-1' });
      stuck.record(event());
      await stuck.flush(20);
    });
  });

  it('cuts long messages at the limit of the API, between characters', async () => {
    sender.record(event({ message: 'ü'.repeat(2_000) }));
    await settle();
    const note = sent[0]?.body['note'] as string;
    expect(Buffer.byteLength(note)).toBeLessThanOrEqual(1_024);
    expect(note).toMatch(/^ü+\.\.\.$/);
  });

  it('gives an object with a long name an Event with a name that the API takes', async () => {
    sender.record(event({ regarding: website(`${'a'.repeat(229)}-${'b'.repeat(20)}`, 7) }));
    await settle();
    expect(sent[0]?.name).toMatch(/^a{229}\.[0-9a-f]{16}$/);
  });
});
