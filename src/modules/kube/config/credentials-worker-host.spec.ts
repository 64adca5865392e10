// Threads that answer, fail, end and hang: what the host makes of them. What the worker itself does with plugins is in
// test/integration/kube.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CredentialsAnswer, type CredentialsRequest } from './credentials.worker';
import { resolveInWorker } from './credentials-worker-host';

const KUBECONFIG = '{"users": []}';
const RESOLVED = { resolved: { token: 'abc' } };

let folder: string;
/** Shared with the thread: it counts as long as it lives. */
let turns: Int32Array;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'worker-host-'));
  turns = new Int32Array(new SharedArrayBuffer(4));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function run(body: string, timeoutMs?: number): Promise<CredentialsAnswer> {
  const workerFile = join(folder, 'worker.js');
  writeFileSync(
    workerFile,
    `const { parentPort, workerData } = require('node:worker_threads');
     const answer = (value) => parentPort.postMessage(value);
     const live = () => { for (;;) Atomics.add(workerData.turns, 0, 1); };
     ${body}`,
  );
  const request: CredentialsRequest & { readonly turns: Int32Array } = { kubeconfig: KUBECONFIG, turns };
  return resolveInWorker(request, { workerFile, ...(timeoutMs === undefined ? {} : { timeoutMs }) });
}

const failed = (said: string): CredentialsAnswer => ({ problem: { reason: 'failed', said } });

function expectEnded(): void {
  const before = Atomics.load(turns, 0);
  for (let look = 0; look < 1_000; look++) expect(Atomics.load(turns, 0)).toBe(before);
}

it('gives the thread its kubeconfig and hands its answer on', async () => {
  expect(await run('answer({ resolved: { token: workerData.kubeconfig } })')).toEqual({
    resolved: { token: KUBECONFIG },
  });
});

it('has ended the thread when it answers, also one that would go on', async () => {
  expect(await run(`answer(${JSON.stringify(RESOLVED)}); live();`)).toEqual(RESOLVED);
  expectEnded();
});

it('takes the first answer only', async () => {
  expect(await run(`answer(${JSON.stringify(RESOLVED)}); answer({ resolved: {} });`)).toEqual(RESOLVED);
});

it('hands on a problem that the thread tells', async () => {
  const problem = { reason: 'not-found', said: '' } as const;
  expect(await run(`answer({ problem: ${JSON.stringify(problem)} })`)).toEqual({ problem });
});

it.each([
  ['ends without a word', '', 'the thread ended without an answer'],
  ['ends itself', 'process.exit(4)', 'the thread ended without an answer'],
  ['throws', `throw new Error('no such module')`, 'no such module'],
  ['rejects', `Promise.reject(new Error('no such module'))`, 'no such module'],
])('tells that a thread %s', async (_how, body, said) => {
  expect(await run(body)).toEqual(failed(said));
});

it('tells that there is no such thread', async () => {
  const answer = await resolveInWorker({ kubeconfig: '' }, { workerFile: join(folder, 'missing.js') });
  expect(answer.problem).toMatchObject({ reason: 'failed' });
  expect(answer.problem?.said).toContain('missing.js');
});

it('gives up a thread that hangs, and ends it', async () => {
  expect(await run('live()', 300)).toEqual(failed('no answer within 0.3 s'));
  expectEnded();
});
