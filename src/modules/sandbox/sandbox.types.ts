import { type KubeApi } from '../kube';

export interface SandboxOptions {
  /** HTTPS on loopback: 0 takes a free port; undefined opens no socket (direct calls only). */
  readonly port?: number;
  /** Objects survive in this folder; undefined keeps them in memory only. */
  readonly dataFolder?: string;
  /** How long a pod takes to become ready, milliseconds; default 0. Undefined controllers: see `controllers`. */
  readonly podReadyMs?: number;
  /** Which controllers run; default all. `workloads`: pods of Deployments, StatefulSets, Jobs; `endpoints`: of Services. */
  readonly controllers?: readonly ('garbage-collector' | 'namespace' | 'workloads' | 'endpoints')[];
  /** Called with every answered request, with the fields of an audit event. */
  readonly onRequest?: (entry: RequestLogEntry) => void;
}

/** What the audit log of a real API server says of a request, as far as the tests ask. */
export interface RequestLogEntry {
  readonly verb: string;
  readonly requestURI: string;
  readonly userAgent: string;
  readonly user: { readonly username: string };
  readonly objectRef?: {
    readonly resource: string;
    readonly subresource?: string;
    readonly namespace?: string;
    readonly name?: string;
    readonly apiGroup?: string;
    readonly apiVersion?: string;
  };
  readonly responseStatus: { readonly code: number };
  /** RFC 3339 with microseconds. */
  readonly requestReceivedTimestamp: string;
  readonly stageTimestamp: string;
}

/** A running sandbox. */
export interface RunningSandbox {
  /** Direct calls: no socket, no JSON text; the answers are those of the HTTP side. */
  readonly api: KubeApi;
  /** `https://127.0.0.1:<port>`; undefined without a socket. */
  readonly url: string | undefined;
  /** PEM of the authority that signed the server's certificate. */
  readonly caPem: string | undefined;
  /** Bearer token of the administrator. */
  readonly token: string;
  /** A kubeconfig (YAML text) for url, caPem and token. */
  kubeconfig(): string;
  /** Forgets old versions of objects, as etcd does every five minutes: lists and watches that need them get 410. */
  compactHistory(): void;
  /** Ends watches, controllers and the socket; flushes the log. */
  stop(): Promise<void>;
}
