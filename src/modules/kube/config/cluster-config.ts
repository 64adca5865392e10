/** How to reach one API server: plain data, resolved from kubeconfig, exec plugin or service account. Holds secrets: never logged. */
export interface ClusterConfig {
  /** `https://host:port` and perhaps a path, without a trailing slash. */
  readonly server: string;
  /** PEM; absent: the authorities that Node knows. */
  readonly ca?: string;
  /** PEM of the client certificate; always together with `key`. */
  readonly cert?: string;
  readonly key?: string;
  readonly token?: string;
  /** Read again before it goes stale: projected service account tokens rotate. Wins over `token`. */
  readonly tokenFile?: string;
  /** Name that the server's certificate must have, where it is not the host of `server`. */
  readonly serverName?: string;
  readonly insecureSkipTlsVerify: boolean;
  /** Epoch milliseconds after which the credentials are over: nothing is sent before they are resolved again. */
  readonly expiresAt?: number;
  /** Epoch milliseconds after which credentials are resolved again beside the work. */
  readonly refreshAt?: number;
  /** For the first lines that a run prints. */
  readonly contextName: string;
  readonly namespace?: string;
  readonly source: 'flag' | 'KUBECONFIG' | 'home' | 'in-cluster';
}

/** What the command line says about the cluster; both may be absent. */
export interface ClusterSelection {
  /** `--kubeconfig`. */
  readonly kubeconfig?: string | undefined;
  /** `--context`. */
  readonly context?: string | undefined;
}
