// Rules of the engine's contract on a real control plane.
import { type JsonObject } from '../../src/modules/common';
import { engineRuleCases } from './cases/engine-rules.cases';
import { AdmissionWebhook } from './support/admission-webhook';
import { ControlPlane } from './support/control-plane';
import { eventually } from './support/eventually';

let plane: ControlPlane;

engineRuleCases(
  async (options) => {
    plane = await ControlPlane.start(options);
    return plane;
  },
  (stage) => {
    // The sandbox stores webhooks and does not call them.
    it('a webhook that rewrites what we apply costs one apply for each child after a restart, and no fight', async () => {
      const webhook = await AdmissionWebhook.start(plane, { tier: 'web', 'orkestra-owner': 'mutated' }, (object) => {
        const metadata = object['metadata'] as JsonObject;
        const { note } = metadata['annotations'] as { note?: string };
        return [
          ...(note === undefined || note.startsWith('policy:')
            ? []
            : [{ op: 'replace', path: '/metadata/annotations/note', value: `policy: ${note}` }]),
          { op: 'replace', path: '/spec/template/spec/containers/0/resources/requests/cpu', value: '1500m' },
          { op: 'add', path: '/spec/template/metadata/labels/policy', value: 'yes' },
        ];
      });
      try {
        await stage().ready('mutated');
        const live = await stage().deployment('mutated');
        expect(live.metadata.annotations.note).toBe('policy: <h1>mutated</h1>');
        expect(live.spec.template.spec.containers[0].resources.requests?.cpu).toBe('1500m');
        await stage().expectRest();
        const mark = Date.now();
        await stage().restart();
        await stage().expectRest();
        const writes = stage()
          .writesSince(mark)
          .filter((write) => !write.includes(' events/'));
        expect(writes).toEqual(['patch deployments/mutated']);
        // Drift beside the webhook's values is still seen.
        await stage().people.scale('mutated', 4);
        await eventually(
          'the replicas are corrected',
          async () => (await stage().deployment('mutated')).spec.replicas === 2,
        );
        await stage().expectRest();
      } finally {
        await webhook.stop(plane);
      }
      expect(webhook.calls).toBeGreaterThan(0);
      await stage().websites.delete('mutated');
    });
  },
);
