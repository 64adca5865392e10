// What happens between the runtime and a real API server on a bad day.
import { setTimeout as pause } from 'node:timers/promises';
import { corrected, drift, faultCases } from './cases/faults.cases';
import { ControlPlane } from './support/control-plane';
import { eventually } from './support/eventually';
import { CONFIG_MAPS } from './support/websites';

let plane: ControlPlane;

faultCases(
  async (options) => {
    plane = await ControlPlane.start(options);
    return plane;
  },
  (scene) => {
    // The sandbox keeps its objects in the process of the test: it can't be killed and started again beside it.
    describe('the API server', () => {
      it('is restarted: the runtime goes on, and drift from meanwhile is corrected', async () => {
        const { websites, proxy, operator } = scene();
        await websites.create('survivor');
        await websites.condition('survivor', 'True');
        await plane.stopApiServer('SIGKILL');
        await pause(1_000);
        const away = proxy.inject(() => true, { type: 'cut-before' }, { times: Number.MAX_SAFE_INTEGER });
        await plane.startApiServer();
        await eventually('the edit is accepted', async () => drift(plane, 'survivor').then(() => true));
        const content = { resource: CONFIG_MAPS, namespace: 'default', name: 'survivor-content' };
        await plane.api.delete(content, {});
        away.end();
        await corrected(websites, 'survivor');
        await eventually('the deleted child is back', () => websites.find(CONFIG_MAPS, 'survivor-content'));
        await operator.ready();
        await websites.create('newcomer');
        await websites.condition('newcomer', 'True');
      });
    });
  },
);
