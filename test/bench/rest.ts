// At rest with a short resync: passes happen, requests don't.
import { pause } from '../../src/modules/common';
import { type ControlPlane } from '../kube/support/control-plane';
import { AuditTail } from './audit-tail';
import { AGENTS, type Running } from './operators';

export interface Rest {
  readonly seconds: number;
  readonly passes: number;
  readonly templates: number;
  readonly templatesPerPass: number;
  readonly requests: number;
  readonly byVerb: readonly string[];
}

const SETTLE_MS = 5_000;
const WATCHED_MS = 12_000;

/** `running` was started on a cluster that is as declared already. */
export async function rest(plane: ControlPlane, running: Running, templatesPerPass: number): Promise<Rest> {
  const { operator } = running;
  if (operator === undefined) throw new Error('only ours tells its passes');
  await pause(SETTLE_MS);
  const tail = new AuditTail(`${plane.folder}/audit.log`, AGENTS[running.name]);
  tail.next();
  const count = (): Promise<number[]> =>
    Promise.all(
      ['controller_reconcile_total', 'orkestra_templates_evaluated_total'].map((name) => operator.metric(name)),
    );
  const [passesBefore = 0, templatesBefore = 0] = await count();
  await pause(WATCHED_MS);
  const [passesAfter = 0, templatesAfter = 0] = await count();
  const requests = tail.next();
  return {
    seconds: WATCHED_MS / 1_000,
    passes: passesAfter - passesBefore,
    templates: templatesAfter - templatesBefore,
    templatesPerPass,
    requests: requests.length,
    byVerb: requests.map(({ verb, requestURI }) => `${verb} ${requestURI}`),
  };
}
