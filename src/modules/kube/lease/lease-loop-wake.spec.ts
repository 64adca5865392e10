import { type JsonObject } from '../../common';
import { type LeaseClient, LeaseLoop, type LeaseNews } from './lease-loop';
import { newLease, readLease, released } from './lease-record';
import { LeaseState } from './lease-state';

const HOUR_MS = 3_600_000;
const HELD = newLease({ identity: 'other', katalog: 'shop', durationMs: HOUR_MS }, 'default', Date.now());

/** Its first read is answered late: the Lease changes meanwhile. */
class ClientWithLateAnswer implements LeaseClient {
  private onChange: () => void = () => undefined;
  private reads = 0;

  read(): Promise<JsonObject | undefined> {
    if (++this.reads > 1) return Promise.resolve(released(readLease(HELD), Date.now()));
    this.onChange();
    return Promise.resolve(HELD);
  }

  create(lease: JsonObject): Promise<JsonObject> {
    return Promise.resolve(lease);
  }

  update(lease: JsonObject): Promise<JsonObject> {
    return Promise.resolve(lease);
  }

  follow(onChange: () => void): void {
    this.onChange = onChange;
  }
}

it('looks again at once when the Lease changed while it was being read', async () => {
  const stop = new AbortController();
  const state = new LeaseState();
  state.beat();
  const acquired = new Promise<LeaseNews>((resolve) => {
    const loop = new LeaseLoop({
      client: new ClientWithLateAnswer(),
      state,
      identity: 'us',
      katalog: 'shop',
      namespace: 'default',
      times: { durationMs: 3 * HOUR_MS, renewDeadlineMs: 2 * HOUR_MS, retryPeriodMs: HOUR_MS },
      tell: (news) => {
        if (news.type === 'acquired') resolve(news);
      },
    });
    void loop.run(stop.signal);
  });
  await expect(acquired).resolves.toEqual({ type: 'acquired', epoch: 1 });
  stop.abort();
});
