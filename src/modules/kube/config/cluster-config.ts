/** How to reach one API server: plain data, resolved from kubeconfig, exec plugin or service account. Holds secrets: never logged. */
export interface ClusterConfig {
  /** `https://host:port`, without a trailing slash. */
  readonly server: string;
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly token?: string;
  /** Read again before it goes stale: projected service account tokens rotate. */
  readonly tokenFile?: string;
  readonly serverName?: string;
  readonly insecureSkipTlsVerify: boolean;
  /** Epoch milliseconds after which credentials must be resolved again. */
  readonly expiresAt?: number;
  /** For the first lines that a run prints. */
  readonly contextName: string;
  readonly namespace?: string;
  readonly source: 'flag' | 'KUBECONFIG' | 'home' | 'in-cluster';
}

export interface ClusterSelection {
  /** `--kubeconfig`. */
  readonly kubeconfig?: string | undefined;
  /** `--context`. */
  readonly context?: string | undefined;
}
