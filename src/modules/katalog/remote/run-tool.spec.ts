// Programs that misbehave: scripts in place of helm.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asOrkestraError } from '../../common';
import { runTool } from './run-tool';

const folder = mkdtempSync(join(tmpdir(), 'ork-run-tool-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(script: string, timeoutMs: number, signal = new AbortController().signal, mode = 0o755): Promise<string> {
  const program = join(folder, 'tool');
  writeFileSync(program, `#!/bin/sh\n${script}\n`);
  chmodSync(program, mode);
  const environment = { PATH: '/usr/bin:/bin', ORK_HELM: program, AWS_SECRET_ACCESS_KEY: 'secret', HELM_DEBUG: '1' };
  return runTool({ what: 'chart a', name: 'helm', args: ['x'], folder, timeoutMs }, environment, signal);
}

it.each([
  ['ends with a word', 'echo "no: such chart" >&2; echo "try again" >&2; exit 3', 'failed: no: such chart; try again'],
  ['names a login', 'echo "https://me:secret@c.example/a: no" >&2; exit 1', 'failed: https://c.example/a: no'],
  ['ends without a word', 'exit 3', 'failed: exit code 3'],
  ['prints without end', 'yes', 'printed more than 32 MiB'],
])('one that %s', async (_name, script, message) => {
  const error = await run(script, 20_000).catch(asOrkestraError);
  expect(error).toMatchObject({ kind: 'UserError', message: `chart a: ${join(folder, 'tool')} ${message}` });
});

it('one that nobody may run', async () => {
  const error = await run('true', 20_000, undefined, 0o644).catch(asOrkestraError);
  expect(error).toMatchObject({ message: expect.stringContaining("tool can't be run") as string });
});

it('one that does not end is ended, and what it has started is not waited for', async () => {
  const error = await run('sleep 5 & sleep 5', 100).catch(asOrkestraError);
  expect(error).toMatchObject({
    kind: 'Transient',
    message: expect.stringContaining('did not end within 0.1 s') as string,
  });
}, 4_000);

it('one is ended when nobody wants its answer any more', async () => {
  const aborting = new AbortController();
  const work = run('sleep 5 & sleep 5', 20_000, aborting.signal);
  aborting.abort(new Error('stopped'));
  await expect(work).rejects.toThrow('stopped');
}, 4_000);

it('it gets no secret of this process', async () => {
  expect(await run('env', 20_000)).not.toContain('secret');
  expect(await run('env', 20_000)).toContain('HELM_DEBUG=1');
});
