import { type KubeApi } from '../../kube';
import { type HttpClient, type OciClient } from '../../net';

/** What fetchers need of a process; each is made when it is first needed. */
export interface FetchPorts {
  readonly http: () => HttpClient;
  readonly oci: () => OciClient;
  /** Undefined: ConfigMaps can't be read here. */
  readonly kube?: () => Promise<KubeApi>;
  /** Credentials that imports name, and PATH, ORK_GIT and ORK_HELM. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly stdin: NodeJS.ReadableStream;
}
