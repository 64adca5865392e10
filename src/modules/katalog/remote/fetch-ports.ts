import { type KubeApi } from '../../kube';
import { type HttpClient, type OciClient } from '../../net';
import { type Variables } from './login';

/** What fetchers need of a process; each is made when it is first needed. */
export interface FetchPorts {
  readonly http: () => HttpClient;
  readonly oci: () => OciClient;
  /** Lends a connection to the cluster; undefined: ConfigMaps can't be read here. */
  readonly kube: LendKubeApi | undefined;
  /** Credentials that imports name, and PATH, ORK_GIT and ORK_HELM. */
  readonly environment: Variables;
  readonly stdin: NodeJS.ReadableStream;
}

export type LendKubeApi = <T>(work: (api: KubeApi) => Promise<T>) => Promise<T>;
