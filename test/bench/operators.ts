// Those that are compared, started the same way: a process, a kubeconfig, its user agent in the audit log.
import { join } from 'node:path';
import { type ControlPlane } from '../kube/support/control-plane';
import { Operator } from '../kube/support/operator';
import { NODE_FLAGS } from '../../src/cli/actions/run/node-flags';
import { ServerProcess } from '../kube/support/server-process';
import { katalog } from '../kube/support/websites';

export type OperatorName = 'orkestra' | 'go' | 'bare';

export const AGENTS: Readonly<Record<OperatorName, string>> = {
  orkestra: 'orkestra/',
  go: 'bench-peer-go',
  bare: 'bench-bare-loop',
};

export interface Running {
  readonly name: OperatorName;
  readonly process: ServerProcess;
  /** Metrics of ours. */
  readonly operator?: Operator;
}

/** The lease times of production: the tests' own are short. */
const LEASE_TIMES = { LEASE_DURATION: '15', RENEW_DEADLINE: '10', RETRY_PERIOD: '2' };

export async function startOrkestra(plane: ControlPlane, resync?: string): Promise<Running> {
  const text = resync === undefined ? katalog() : katalog([/resync: \S+/, `resync: ${resync}`]);
  const operator = await Operator.start(plane, { katalog: text, env: LEASE_TIMES });
  return { name: 'orkestra', process: operator.process, operator };
}

export function startPeer(plane: ControlPlane, binary: string, isCached: boolean): Running {
  const args = ['-cluster', plane.kubeconfig, '-workers', '8', ...(isCached ? ['-cached'] : [])];
  return { name: 'go', process: new ServerProcess(binary, args) };
}

/** The floor for a Node process: the same requests without an engine. */
export function startBareLoop(plane: ControlPlane): Running {
  const ca = join(plane.folder, 'certs', 'apiserver.crt');
  const args = [...NODE_FLAGS, join(__dirname, 'bare-loop.js'), plane.server, ca, 'admin-token'];
  return { name: 'bare', process: new ServerProcess(process.execPath, args) };
}
