// Runs in a worker thread and ends: @kubernetes/client-node resolves exec plugins and auth providers to plain
// credentials. A build entry of its own, so that the main thread never loads that library.
import { parentPort, workerData } from 'node:worker_threads';
import { KubeConfig } from '@kubernetes/client-node';

export interface CredentialsRequest {
  /** A kubeconfig as JSON with one context in it, which is current. */
  readonly kubeconfig: string;
}

export interface ResolvedCredentials {
  readonly cert?: string;
  readonly key?: string;
  readonly token?: string;
  /** Epoch milliseconds, where the plugin or the token tells. */
  readonly expiresAt?: number;
}

/** Why it failed; `said` holds a plugin's own words. Never an answer of the plugin: that may hold the token. */
export interface CredentialsProblem {
  readonly reason: 'not-found' | 'failed' | 'unreadable';
  readonly said: string;
}

export type CredentialsAnswer =
  | { readonly resolved: ResolvedCredentials; readonly problem?: undefined }
  | { readonly problem: CredentialsProblem; readonly resolved?: undefined };

async function resolveCredentials({ kubeconfig }: CredentialsRequest): Promise<ResolvedCredentials> {
  const config = new KubeConfig();
  config.loadFromString(kubeconfig);
  const options: { headers?: Record<string, string>; cert?: unknown; key?: unknown } = { headers: {} };
  await config.applyToHTTPSOptions(options as Parameters<KubeConfig['applyToHTTPSOptions']>[0]);
  const header = options.headers?.['Authorization'];
  const token = header?.startsWith('Bearer ') === true ? header.slice('Bearer '.length) : undefined;
  const expiresAt = expiryOfPlugin(config) ?? expiryOfToken(token);
  return {
    ...(token === undefined ? {} : { token }),
    ...(options.cert === undefined ? {} : { cert: pem(options.cert) }),
    ...(options.key === undefined ? {} : { key: pem(options.key) }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
}

/** The library keeps what an exec plugin answered in its cache, and the expiry nowhere else. */
function expiryOfPlugin(config: KubeConfig): number | undefined {
  for (const authenticator of config['authenticators'] as readonly object[]) {
    if (!('tokenCache' in authenticator)) continue;
    const cache = authenticator.tokenCache as Record<string, { status?: { expirationTimestamp?: string } } | null>;
    for (const entry of Object.values(cache)) {
      const at = Date.parse(entry?.status?.expirationTimestamp ?? '');
      if (Number.isFinite(at)) return at;
    }
  }
  return undefined;
}

/** A token that is a JWT tells its end itself. */
function expiryOfToken(token: string | undefined): number | undefined {
  const payload = token?.split('.')[1];
  if (payload === undefined) return undefined;
  try {
    const { exp } = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as { exp?: unknown };
    return typeof exp === 'number' ? exp * 1_000 : undefined;
  } catch {
    return undefined;
  }
}

function problemOf(error: unknown): CredentialsProblem {
  // What could not be parsed is quoted in the message, and may be the token.
  if (error instanceof SyntaxError || error instanceof TypeError) return { reason: 'unreadable', said: '' };
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return { reason: 'not-found', said: '' };
  return { reason: 'failed', said: code === undefined ? message.trim().slice(0, 500) : code };
}

function pem(value: unknown): string {
  return Buffer.isBuffer(value) || value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : String(value);
}

resolveCredentials(workerData as CredentialsRequest).then(
  (resolved) => parentPort?.postMessage({ resolved } satisfies CredentialsAnswer),
  (error: unknown) => parentPort?.postMessage({ problem: problemOf(error) } satisfies CredentialsAnswer),
);
