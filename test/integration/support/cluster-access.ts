// The cluster of a run, as the kubeconfig tells that the run printed: through the product's own client.
import {
  HttpKubeApi,
  HttpTransport,
  isNotFound,
  type KubeObject,
  resolveCluster,
  type ResourceType,
} from '../../../src/modules/kube';

export const WEBSITES = resource('demo.orkestra.io', 'v1', 'Website', 'websites');
export const DEPLOYMENTS = resource('apps', 'v1', 'Deployment', 'deployments');
export const SERVICES = resource('', 'v1', 'Service', 'services');
export const CONFIG_MAPS = resource('', 'v1', 'ConfigMap', 'configmaps');

function resource(group: string, version: string, kind: string, plural: string): ResourceType {
  return { group, version, kind, plural, namespaced: true };
}

export class ClusterAccess {
  private constructor(
    readonly api: HttpKubeApi,
    private readonly transport: HttpTransport,
  ) {}

  static async open(kubeconfig: string): Promise<ClusterAccess> {
    const config = await resolveCluster({ kubeconfig }, {});
    const transport = new HttpTransport({ config, userAgent: 'orkestra-test' });
    return new ClusterAccess(new HttpKubeApi(transport), transport);
  }

  /** Undefined when it does not exist. */
  async find(of: ResourceType, name: string): Promise<KubeObject | undefined> {
    try {
      return await this.api.get({ resource: of, namespace: 'default', name });
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }

  close(): Promise<void> {
    return this.transport.close();
  }
}
