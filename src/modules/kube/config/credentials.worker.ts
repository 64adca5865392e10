// Runs in a worker thread and ends: @kubernetes/client-node resolves exec plugins and auth providers to plain
// credentials. A build entry of its own, so that the main thread never loads that library.
import { parentPort, workerData } from 'node:worker_threads';
import { KubeConfig } from '@kubernetes/client-node';

export interface CredentialsRequest {
  readonly files: readonly string[];
  readonly contextName: string;
}

export interface ResolvedCredentials {
  readonly cert?: string;
  readonly key?: string;
  readonly token?: string;
  readonly expiresAt?: number;
}

/** Tokens of exec plugins tell their expiry in their own cache, which the library keeps to itself: asked again at this pace. */
const REFRESH_MS = 5 * 60_000;

async function resolveCredentials({ files, contextName }: CredentialsRequest): Promise<ResolvedCredentials> {
  const config = new KubeConfig();
  files.forEach((file, index) => {
    if (index === 0) config.loadFromFile(file);
    else {
      const more = new KubeConfig();
      more.loadFromFile(file);
      config.mergeConfig(more, true);
    }
  });
  config.setCurrentContext(contextName);
  const options: { headers?: Record<string, string>; cert?: unknown; key?: unknown; ca?: unknown } = { headers: {} };
  await config.applyToHTTPSOptions(options as Parameters<KubeConfig['applyToHTTPSOptions']>[0]);
  const header = options.headers?.['Authorization'];
  const token = header?.startsWith('Bearer ') === true ? header.slice('Bearer '.length) : undefined;
  return {
    ...(token === undefined ? {} : { token }),
    ...(options.cert === undefined ? {} : { cert: pem(options.cert) }),
    ...(options.key === undefined ? {} : { key: pem(options.key) }),
    expiresAt: Date.now() + REFRESH_MS,
  };
}

function pem(value: unknown): string {
  return Buffer.isBuffer(value) || value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : String(value);
}

resolveCredentials(workerData as CredentialsRequest).then(
  (resolved) => parentPort?.postMessage({ resolved }),
  (error: unknown) => parentPort?.postMessage({ problem: error instanceof Error ? error.message : String(error) }),
);
