// The main job on a real control plane.
import { websiteCases } from './cases/website.cases';
import { ControlPlane } from './support/control-plane';
import { eventually } from './support/eventually';

websiteCases(
  (options) => ControlPlane.start(options),
  (plane) => {
    it('gives the Service endpoints: its selector finds the pods of the Deployment', async () => {
      const slices = {
        group: 'discovery.k8s.io',
        version: 'v1',
        kind: 'EndpointSlice',
        plural: 'endpointslices',
        namespaced: true,
      };
      const addresses = await eventually('the Service has two endpoints', async () => {
        const labelSelector = 'kubernetes.io/service-name=one';
        const { items } = await plane().api.list({ resource: slices, namespace: 'default', labelSelector });
        const found = items.flatMap(({ endpoints }) => (endpoints ?? []) as unknown[]);
        return found.length === 2 ? found : undefined;
      });
      expect(addresses).toHaveLength(2);
    });
  },
);
