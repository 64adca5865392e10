// The thread that renews the lease. A build entry of its own.
import { parentPort, workerData } from 'node:worker_threads';
import { type ClusterConfig } from '../config';
import { HttpsLeaseClient } from './https-lease-client';
import { LeaseLoop, type LeaseNews, type LeaseTimes } from './lease-loop';
import { LeaseState } from './lease-state';

export interface LeaseWorkerData {
  readonly config: ClusterConfig;
  readonly namespace: string;
  readonly identity: string;
  readonly katalog: string;
  readonly userAgent: string;
  readonly times: LeaseTimes;
  readonly buffer: SharedArrayBuffer;
}

export type ToWorker =
  { readonly type: 'stop' } | { readonly type: 'config'; readonly config?: ClusterConfig; readonly problem?: string };
export type FromWorker = LeaseNews | { readonly type: 'stopped' } | { readonly type: 'config-wanted' };

const data = workerData as LeaseWorkerData;
const port = parentPort;
if (port === null) throw new Error('lease.worker runs as a worker thread only');

const tell = (news: FromWorker): void => port.postMessage(news);
const stop = new AbortController();
let onConfig: ((message: ToWorker & { readonly type: 'config' }) => void) | undefined;

const client = new HttpsLeaseClient({
  config: data.config,
  namespace: data.namespace,
  userAgent: data.userAgent,
  timeoutMs: Math.max(1_000, data.times.renewDeadlineMs - data.times.retryPeriodMs),
  resolveAgain: () =>
    new Promise((resolve, reject) => {
      onConfig = ({ config, problem }) =>
        config === undefined ? reject(new Error(problem ?? 'no credentials')) : resolve(config);
      tell({ type: 'config-wanted' });
    }),
});
const loop = new LeaseLoop({
  client,
  state: new LeaseState(data.buffer),
  identity: data.identity,
  katalog: data.katalog,
  namespace: data.namespace,
  times: data.times,
  tell,
});

const running = loop.run(stop.signal);

port.on('message', (message: ToWorker) => {
  if (message.type === 'config') onConfig?.(message);
  else void end();
});

async function end(): Promise<void> {
  stop.abort();
  await running;
  await loop.release().catch(() => undefined);
  client.close();
  tell({ type: 'stopped' });
  port?.close();
}
