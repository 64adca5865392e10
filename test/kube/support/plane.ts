// What a suite needs of a Kubernetes API server: the real control plane and the sandbox both are one.
import { type HttpKubeApi } from '../../../src/modules/kube';
import { type RequestLog } from './request-log';

export interface Plane {
  /** Of this plane alone; it goes with it. */
  readonly folder: string;
  /** Path of the administrator's kubeconfig. */
  readonly kubeconfig: string;
  readonly api: HttpKubeApi;
  readonly audit: RequestLog;
  /** Server-side apply of YAML or JSON text. */
  applyText(text: string): Promise<void>;
  /** Ends it and removes its folder. */
  stop(): Promise<void>;
  /** A client of its own, closed with the plane. */
  connect(kubeconfig: string, userAgent: string): Promise<HttpKubeApi>;
}

export interface PlaneOptions {
  /** Deployments roll out, owners take their children along. */
  readonly runsWorkloads?: boolean;
  /** Applied at the start. */
  readonly manifests?: readonly string[];
}

export type StartPlane = (options?: PlaneOptions) => Promise<Plane>;
