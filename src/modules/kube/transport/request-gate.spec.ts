import { RequestGate, type RequestPriority } from './request-gate';

describe('RequestGate', () => {
  const { signal } = new AbortController();

  function enterAll(gate: RequestGate, order: string[], ...names: readonly string[]): void {
    for (const name of names) {
      const priority: RequestPriority = name.startsWith('event') ? 'low' : 'normal';
      void gate.enter(priority, signal)?.then(() => order.push(name));
    }
  }

  async function leave(gate: RequestGate, times: number): Promise<void> {
    for (let count = 0; count < times; count++) {
      gate.leave();
      await Promise.resolve();
    }
  }

  it('lets as many in at once as there are places', () => {
    const gate = new RequestGate(2);
    expect(gate.enter('normal', signal)).toBeUndefined();
    expect(gate.enter('low', signal)).toBeUndefined();
    expect(gate.enter('normal', signal)).toBeInstanceOf(Promise);
  });

  it('lets Events wait behind every other request, whenever they came', async () => {
    const gate = new RequestGate(1);
    const order: string[] = [];
    void gate.enter('normal', signal);
    enterAll(gate, order, 'event 1', 'event 2', 'write 1', 'write 2');
    await leave(gate, 2);
    enterAll(gate, order, 'write 3');
    await leave(gate, 3);
    expect(order).toEqual(['write 1', 'write 2', 'write 3', 'event 1', 'event 2']);
  });

  it('takes one that gives up out of the line, and gives its place to nobody twice', async () => {
    const gate = new RequestGate(1);
    const order: string[] = [];
    const impatient = new AbortController();
    void gate.enter('normal', signal);
    const given = gate.enter('normal', impatient.signal);
    enterAll(gate, order, 'write');
    impatient.abort(new Error('too late'));
    await expect(given).rejects.toThrow('too late');
    await leave(gate, 2);
    expect(order).toEqual(['write']);
    expect(gate.enter('normal', signal)).toBeUndefined();
    expect(gate.enter('normal', signal)).toBeInstanceOf(Promise);
  });

  it('lets nobody in whose time is over already', () => {
    const gate = new RequestGate(1);
    expect(() => gate.enter('normal', AbortSignal.abort(new Error('too late')))).toThrow('too late');
    expect(gate.enter('normal', signal)).toBeUndefined();
  });
});
