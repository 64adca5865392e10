// Clients of a test that end with its plane.
import { HttpKubeApi, HttpTransport, resolveCluster } from '../../../src/modules/kube';

export class ApiClients {
  private readonly transports: HttpTransport[] = [];

  /** A client of its own. */
  async connect(kubeconfig: string, userAgent: string): Promise<HttpKubeApi> {
    const config = await resolveCluster({ kubeconfig }, {});
    const transport = new HttpTransport({ config, userAgent });
    this.transports.push(transport);
    return new HttpKubeApi(transport);
  }

  async close(): Promise<void> {
    await Promise.all(this.transports.map((transport) => transport.close()));
  }
}
