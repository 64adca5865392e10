// Starts the credentials worker and waits for its one answer.
import { Worker } from 'node:worker_threads';
import { shippedFile } from '../../common';
import { type CredentialsAnswer, type CredentialsRequest } from './credentials.worker';

const WORKER = 'modules/kube/config/credentials.worker.js';
/** A plugin may open a browser once; it must not hang for ever. */
const TIMEOUT_MS = 60_000;

export interface CredentialsWorkerOptions {
  readonly workerFile?: string;
  readonly timeoutMs?: number;
}

/** Never rejects; the thread has ended when it resolves. */
export async function resolveInWorker(
  request: CredentialsRequest,
  { workerFile = shippedFile(__dirname, WORKER), timeoutMs = TIMEOUT_MS }: CredentialsWorkerOptions = {},
): Promise<CredentialsAnswer> {
  const worker = new Worker(workerFile, { workerData: request });
  let timer: NodeJS.Timeout | undefined;
  const failed = (said: string): CredentialsAnswer => ({ problem: { reason: 'failed', said } });
  const answer = await new Promise<CredentialsAnswer>((resolve) => {
    timer = setTimeout(() => resolve(failed(`no answer within ${timeoutMs / 1_000} s`)), timeoutMs);
    worker.once('message', resolve);
    worker.once('error', ({ message }) => resolve(failed(message)));
    worker.once('exit', () => resolve(failed('the thread ended without an answer')));
  });
  clearTimeout(timer);
  await worker.terminate();
  return answer;
}
