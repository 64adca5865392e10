// One measured run: N Websites are created while the operator works, until it has nothing more to say.
import { loadavg } from 'node:os';
import { pause } from '../../src/modules/common';
import { type ControlPlane } from '../kube/support/control-plane';
import { CHILD_KINDS, website, WEBSITES } from '../kube/support/websites';
import { AuditTail, type Request } from './audit-tail';
import { AGENTS, type OperatorName, type Running } from './operators';
import { cpuSeconds, rssMiB, startedPid, untilCalm } from './process-usage';

export interface BringUp {
  readonly operator: OperatorName;
  readonly count: number;
  readonly round: number;
  /** From the first create of a CR to the answer to the last create of a child, by the audit log. */
  readonly seconds: number;
  readonly createSeconds: number;
  readonly settledSeconds: number;
  readonly cpuSeconds: number;
  readonly cpuSecondsPer1000: number;
  readonly rssMiB: number;
  /** What the API server and etcd spent on the same run. */
  readonly serverCpuSeconds: number;
  readonly requests: RequestCount;
  /** Load average of the machine before the run. */
  readonly load: number;
}

export interface RequestCount {
  readonly perCr: number;
  readonly byVerb: Readonly<Record<string, number>>;
  /** What does not grow with the number of CRs: lists, discovery, inventory. */
  readonly fixed: Readonly<Record<string, number>>;
}

export const NAMESPACE = 'bench';
const CREATORS = 8;
const QUIET_MS = 3_000;
const POLL_MS = 250;
const PER_CR = new Set(['websites', 'events', ...CHILD_KINDS.map(({ plural }) => plural)]);

export async function bringUp(plane: ControlPlane, running: Running, count: number, round: number): Promise<BringUp> {
  const tail = new AuditTail(`${plane.folder}/audit.log`, AGENTS[running.name]);
  const { pid } = running.process;
  const servers = ['kube-apiserver', 'etcd'].map(startedPid);
  const serverCpu = (): number => servers.reduce((sum, server) => sum + cpuSeconds(server), 0);
  for (const server of servers) await untilCalm(server);
  await untilCalm(pid);
  const load = loadavg()[0] ?? 0;
  const serverBefore = serverCpu();
  const before = tail.next();
  const deadline = Date.now() + 60_000 + count * 60;
  const cpuBefore = cpuSeconds(pid);
  const began = Date.now();
  await createAll(plane, count);
  const created = Date.now();
  const requests = await untilQuiet(plane, running, tail, count, deadline);
  const cpu = cpuSeconds(pid) - cpuBefore;
  const children = requests.filter(isChildCreate).map(({ stageTimestamp }) => Date.parse(stageTimestamp));
  if (children.length < 3 * count) throw new Error(`${running.name}: ${children.length} creates for ${count} Websites`);
  return {
    operator: running.name,
    count,
    round,
    seconds: (Math.max(...children) - began) / 1_000,
    createSeconds: (created - began) / 1_000,
    settledSeconds: (Math.max(...requests.map((it) => Date.parse(it.stageTimestamp))) - began) / 1_000,
    cpuSeconds: cpu,
    cpuSecondsPer1000: (cpu / count) * 1_000,
    rssMiB: rssMiB(pid),
    serverCpuSeconds: serverCpu() - serverBefore,
    requests: countRequests([...before, ...requests], count),
    load,
  };
}

async function createAll(plane: ControlPlane, count: number): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) {
      const object = website(`site-${String(index).padStart(5, '0')}`, { message: `hello ${index}` });
      await plane.api.create(WEBSITES, NAMESPACE, {
        ...object,
        metadata: { ...(object['metadata'] as object), namespace: NAMESPACE },
      });
    }
  };
  await Promise.all(Array.from({ length: CREATORS }, worker));
}

/** Everything is there, and the operator sent nothing for a while. */
async function untilQuiet(
  plane: ControlPlane,
  running: Running,
  tail: AuditTail,
  count: number,
  deadline: number,
): Promise<readonly Request[]> {
  const all: Request[] = [];
  for (let quietSince = Date.now(); Date.now() - quietSince < QUIET_MS; await pause(POLL_MS)) {
    const fresh = tail.next();
    for (const request of fresh) all.push(request);
    if (fresh.length > 0 || all.filter(isChildCreate).length < 3 * count) quietSince = Date.now();
    if (running.process.hasEnded) throw new Error(`${running.name} ended: ${running.process.output.slice(-2_000)}`);
    if (Date.now() > deadline) {
      throw new Error(`${running.name} did not finish in time: ${running.process.output.slice(-2_000)}`);
    }
  }
  for (const resource of CHILD_KINDS) {
    const { items, metadata } = await plane.api.list({ resource, namespace: NAMESPACE, limit: 1 });
    const found = items.length + (metadata.remainingItemCount ?? 0);
    if (found !== count) throw new Error(`${running.name}: ${found} ${resource.plural} instead of ${count}`);
  }
  return all;
}

function isChildCreate({ verb, objectRef, responseStatus }: Request): boolean {
  const isWrite = verb === 'create' || verb === 'patch';
  return (
    isWrite && responseStatus?.code === 201 && objectRef?.namespace === NAMESPACE && objectRef.resource !== 'events'
  );
}

function countRequests(requests: readonly Request[], count: number): RequestCount {
  const byVerb: Record<string, number> = {};
  const fixed: Record<string, number> = {};
  let total = 0;
  for (const { verb, objectRef, requestURI } of requests) {
    const resource = objectRef?.resource ?? requestURI.split('?')[0] ?? '';
    const what = `${verb} ${resource}${objectRef?.subresource === undefined ? '' : `/${objectRef.subresource}`}`;
    const isOfCr = PER_CR.has(resource) && objectRef?.namespace === NAMESPACE && verb !== 'list';
    const counts = isOfCr ? byVerb : fixed;
    counts[what] = (counts[what] ?? 0) + 1;
    if (isOfCr) total++;
  }
  return { perCr: total / count, byVerb, fixed };
}
