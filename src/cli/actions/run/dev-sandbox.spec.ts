import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeAbandoned, wantsSandbox } from './dev-sandbox';

describe('the cluster of a run', () => {
  it.each([
    [{}, false],
    [{ dev: true }, true],
    [{ dev: true, data: 'x' }, true],
    [{ dev: true, kubeconfig: 'k' }, false],
    [{ dev: true, context: 'c' }, false],
    [{ kubeconfig: 'k' }, false],
  ])('with %j is the sandbox: %s', (options, expected) => {
    expect(wantsSandbox(options)).toBe(expected);
  });

  it.each([{ data: 'x' }, { dev: true, data: 'x', kubeconfig: 'k' }, { dev: true, data: 'x', context: 'c' }])(
    'with %j is refused: only the sandbox keeps objects',
    (options) => expect(() => wantsSandbox(options)).toThrow(/^--data keeps the objects of the embedded/),
  );
});

describe('folders of runs that were killed', () => {
  /** Nothing has so high a number: Linux ends at 2^22. */
  const GONE = 2 ** 30;
  let temporary: string;

  beforeEach(() => (temporary = mkdtempSync(join(tmpdir(), 'orkestra-abandoned-'))));
  afterEach(() => rmSync(temporary, { recursive: true, force: true }));

  it('are removed, those of running processes and of others are not', () => {
    const kept = [`orkestra-dev-${process.pid}-abc`, 'orkestra-dev-notes', `other-${GONE}-abc`];
    for (const name of [...kept, `orkestra-dev-${GONE}-abc`]) {
      mkdirSync(join(temporary, name, 'inside'), { recursive: true });
    }
    removeAbandoned(temporary);
    expect(readdirSync(temporary).sort()).toEqual([...kept].sort());
  });
});
