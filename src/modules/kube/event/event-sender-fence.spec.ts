import { systemClock } from '../../common';
import { type Logger } from '../../observability';
import { FencedError } from '../kube.errors';
import { type Fence, type KubeApi, type RequestOptions } from '../kube-api';
import { type KubeObject } from '../kube-object';
import { EventSender } from './event-sender';

const LOST: Fence = {
  assertHeld: () => {
    throw new FencedError();
  },
};
const HELD: Fence = { assertHeld: () => undefined };
const SHOP: KubeObject = {
  apiVersion: 'x/v1',
  kind: 'Shop',
  metadata: { name: 'one', namespace: 'default', uid: 'u' },
};

it('says nothing for a process that lost the lease, and does not keep it for later', async () => {
  const tried: string[] = [];
  const sent: string[] = [];
  const api = {
    create: async (_resource: unknown, _namespace: string, body: { reason: string }, options: RequestOptions) => {
      tried.push(body.reason);
      options.fence?.assertHeld();
      sent.push(body.reason);
      return SHOP;
    },
  } as unknown as KubeApi;
  const logger = { debug: () => undefined } as unknown as Logger;
  const sender = new EventSender({ api, logger, clock: systemClock, instance: 'here' });
  sender.record({ regarding: SHOP, type: 'Normal', reason: 'Lost', message: 'of a former leader', fence: LOST });
  sender.record({ regarding: SHOP, type: 'Normal', reason: 'Held', message: 'of the leader', fence: HELD });
  await sender.flush(5_000);
  expect(tried.sort()).toEqual(['Held', 'Lost']);
  expect(sent).toEqual(['Held']);
});
