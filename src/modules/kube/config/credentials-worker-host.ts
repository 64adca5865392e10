// Starts the credentials worker and waits for its one answer.
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { OrkestraError } from '../../common';
import { type CredentialsRequest, type ResolvedCredentials } from './credentials.worker';

const TIMEOUT_MS = 60_000;
/** The built file beside this one. */
const WORKER_FILE = join(__dirname, 'credentials.worker.js');

/** Rejects with a UserError that carries the plugin's own words, never a token. */
export function resolveInWorker(
  request: CredentialsRequest,
  workerFile: string = WORKER_FILE,
): Promise<ResolvedCredentials> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerFile, { workerData: request });
    const timer = setTimeout(
      () => finish(() => reject(failed(`no answer within ${TIMEOUT_MS / 1_000} s`))),
      TIMEOUT_MS,
    );
    const finish = (settle: () => void): void => {
      clearTimeout(timer);
      void worker.terminate();
      settle();
    };
    worker.once('message', (message: { readonly resolved?: ResolvedCredentials; readonly problem?: string }) => {
      finish(() =>
        message.resolved === undefined
          ? reject(failed(message.problem ?? 'unknown problem'))
          : resolve(message.resolved),
      );
    });
    worker.once('error', (error) => finish(() => reject(failed(error.message))));
  });
}

function failed(reason: string): OrkestraError {
  const message = `credentials of the kubeconfig: ${reason.slice(0, 500)}`;
  return new OrkestraError({ code: 'CLUSTER_CREDENTIALS', kind: 'UserError', message });
}
