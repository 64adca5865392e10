import { stringify } from 'yaml';

export interface KubeconfigParts {
  readonly url: string;
  readonly caPem: string;
  readonly token: string;
}

/** A kubeconfig as YAML text: one cluster, one user, one context, all called `sandbox`. Holds the token. */
export function kubeconfigText({ url, caPem, token }: KubeconfigParts): string {
  const name = 'sandbox';
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name,
        cluster: { server: url, 'certificate-authority-data': Buffer.from(caPem).toString('base64') },
      },
    ],
    users: [{ name, user: { token } }],
    contexts: [{ name, context: { cluster: name, user: name, namespace: 'default' } }],
    'current-context': name,
  });
}
