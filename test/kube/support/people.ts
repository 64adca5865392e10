// What people do to a cluster with kubectl, as the requests that kubectl sends: the sandbox has no kubectl beside it.
import { type JsonObject } from '../../../src/modules/common';
import { type DeleteOptions, type ObjectRef, type ResourceType } from '../../../src/modules/kube';
import { eventually } from './eventually';
import { find } from './find';
import { type Plane } from './plane';
import { DEPLOYMENTS, SERVICES } from './websites';

/** The field manager: the part of its user agent before the slash. */
const KUBECTL = 'kubectl';
const NAMESPACES = { group: '', version: 'v1', kind: 'Namespace', plural: 'namespaces', namespaced: false };
const CRDS = {
  group: 'apiextensions.k8s.io',
  version: 'v1',
  kind: 'CustomResourceDefinition',
  plural: 'customresourcedefinitions',
  namespaced: false,
};

/** In the namespace `default`, unless the kind has none. */
export class People {
  constructor(private readonly plane: Plane) {}

  /** `kubectl create namespace`. */
  async createNamespace(name: string): Promise<void> {
    await this.plane.api.create(NAMESPACES, undefined, { metadata: { name } });
  }

  /** `kubectl create deployment --image`: one that no Website has. */
  async createDeployment(name: string, image: string): Promise<void> {
    const labels = { app: name };
    const template = { metadata: { labels }, spec: { containers: [{ name: 'main', image }] } };
    const spec = { replicas: 1, selector: { matchLabels: labels }, template };
    await this.plane.api.create(DEPLOYMENTS, 'default', { metadata: { name, labels }, spec });
  }

  /** `kubectl create service clusterip --tcp=80:80`. */
  async createService(name: string): Promise<void> {
    const labels = { app: name };
    const ports = [{ name: '80-80', port: 80, targetPort: 80, protocol: 'TCP' }];
    const spec = { type: 'ClusterIP', selector: labels, ports };
    await this.plane.api.create(SERVICES, 'default', { metadata: { name, labels }, spec });
  }

  /** `kubectl scale`. */
  async scale(deployment: string, replicas: number): Promise<void> {
    const body = { spec: { replicas } };
    const patch = { type: 'merge', subresource: 'scale', body, fieldManager: KUBECTL } as const;
    await this.plane.api.patch(this.ref(DEPLOYMENTS, deployment), patch);
  }

  /** `kubectl label` and `kubectl annotate`; null takes one off. */
  async mark(resource: ResourceType, name: string, metadata: JsonObject): Promise<void> {
    await this.plane.api.patch(this.ref(resource, name), { type: 'merge', body: { metadata }, fieldManager: KUBECTL });
  }

  /** `kubectl delete --ignore-not-found`: returns when the object is gone. */
  async remove(
    resource: ResourceType,
    name: string,
    { propagation = 'Background' }: Pick<DeleteOptions, 'propagation'> = {},
  ): Promise<void> {
    const ref = this.ref(resource, name);
    const before = await find(this.plane, ref);
    if (before === undefined) return;
    await this.plane.api.delete(ref, { propagation });
    await eventually(`${resource.plural} ${name} is gone`, async () => {
      return (await find(this.plane, ref))?.metadata.uid !== before.metadata.uid;
    });
  }

  removeNamespace(name: string): Promise<void> {
    return this.remove(NAMESPACES, name);
  }

  removeCrd(name: string): Promise<void> {
    return this.remove(CRDS, name);
  }

  private ref(resource: ResourceType, name: string): ObjectRef {
    return { resource, name, ...(resource.namespaced ? { namespace: 'default' } : {}) };
  }
}
