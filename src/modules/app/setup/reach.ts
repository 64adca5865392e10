// One request before any cache: an unreachable cluster and refused credentials have their own words.
import { X509Certificate } from 'node:crypto';
import { asOrkestraError, OrkestraError, rfc3339 } from '../../common';
import { type ClusterConfig, type KubeApi, KubeApiError, KubeTransportError } from '../../kube';

const REACH_MS = 5_000;

/** Rejects with a UserError that says what to do. */
export async function reach(api: KubeApi, cluster: ClusterConfig, signal: AbortSignal): Promise<void> {
  try {
    await api.raw('/version', { timeoutMs: REACH_MS, signal });
  } catch (thrown) {
    if (signal.aborted) return;
    const message =
      thrown instanceof KubeApiError && thrown.status.code === 401 ? refused(cluster) : unreachable(cluster, thrown);
    throw new OrkestraError({ code: 'CLUSTER_UNREACHABLE', kind: 'UserError', message, cause: thrown });
  }
}

function refused({ server, contextName, cert }: ClusterConfig): string {
  const expiry = cert === undefined ? undefined : expiryOf(cert);
  const why =
    expiry !== undefined && expiry < Date.now()
      ? `the client certificate expired on ${rfc3339(expiry)}`
      : 'they are wrong or expired';
  return `the API server ${server} refused the credentials of context "${contextName}" (401 Unauthorized): ${why}; log in again or choose another context with --context`;
}

function unreachable({ contextName }: ClusterConfig, thrown: unknown): string {
  const isUntrusted = thrown instanceof KubeTransportError && thrown.reason === 'tls';
  const hint = isUntrusted ? "; does certificate-authority of the kubeconfig belong to this server's certificate?" : '';
  return `the API server of context "${contextName}" can't be reached: ${asOrkestraError(thrown).message}${hint}`;
}

/** Epoch milliseconds; undefined when the text holds no certificate. */
function expiryOf(pem: string): number | undefined {
  try {
    return Date.parse(new X509Certificate(pem).validTo);
  } catch {
    return undefined;
  }
}
