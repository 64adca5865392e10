// Runs the pods of a Job until enough of them have succeeded. They all succeed (pod-runner.ts): nothing is ever
// tried again, and no Job fails.
import { type Clock, type JsonObject, rfc3339 } from '../../../common';
import { type KubeApi, type KubeObject, type ObjectRef } from '../../../kube/port';
import { numberAt, part, parts, textAt } from '../../kinds';
import { ownedPods, podOf } from './owned-pods';
import { positive } from './replica-set-controller';
import { isPodActive, isPodReady, JOBS, PODS } from './workload-resources';
import { deletePod, writeStatus } from './write-status';

export class JobController {
  constructor(private readonly ports: { readonly api: KubeApi; readonly clock: Clock }) {}

  async reconcile(namespace: string, name: string): Promise<void> {
    const { api } = this.ports;
    const ref: ObjectRef = { resource: JOBS, namespace, name };
    const job = await api.get(ref);
    if (hasEnded(job) || job.metadata.deletionTimestamp !== undefined) return;
    const spec = part(job, 'spec');
    const pods = await ownedPods(api, job);
    const active = pods.filter(isPodActive);
    if (spec?.['suspend'] === true) {
      for (const pod of active) await deletePod(api, pod);
      return;
    }
    const succeeded = pods.filter((pod) => textAt(part(pod, 'status'), 'phase') === 'Succeeded').length;
    const missing = missingPods(spec, succeeded, active.length);
    for (let count = 0; count < missing; count++) {
      await api.create(PODS, namespace, podOf(job, { generateName: `${name}-` }));
    }
    await writeStatus(api, ref, job, this.statusOf(job, active, { succeeded, missing }));
  }

  private statusOf(
    job: KubeObject,
    active: readonly KubeObject[],
    { succeeded, missing }: { readonly succeeded: number; readonly missing: number },
  ): JsonObject {
    const now = rfc3339(this.ports.clock.now());
    const startTime = textAt(part(job, 'status'), 'startTime') || now;
    const running = active.length + missing;
    const counts = { ...positive('succeeded', succeeded), uncountedTerminatedPods: {}, terminating: 0 };
    const ready = active.filter(isPodReady).length;
    const completions = numberAt(part(job, 'spec'), 'completions') ?? 1;
    if (running > 0 || succeeded < completions) {
      return { startTime, ...positive('active', running), ready, ...counts };
    }
    const condition = (type: string): JsonObject => ({
      type,
      status: 'True',
      lastProbeTime: now,
      lastTransitionTime: now,
      reason: 'CompletionsReached',
      message: 'Reached expected number of succeeded pods',
    });
    const conditions = ['SuccessCriteriaMet', 'Complete'].map(condition);
    return { startTime, completionTime: now, conditions, ready: 0, ...counts };
  }
}

function hasEnded(job: KubeObject): boolean {
  return parts(part(job, 'status'), 'conditions').some(
    ({ type, status }) => (type === 'Complete' || type === 'Failed') && status === 'True',
  );
}

/** Without completions one success ends the Job: then no other pod begins. */
function missingPods(spec: JsonObject | undefined, succeeded: number, active: number): number {
  const parallelism = numberAt(spec, 'parallelism') ?? 1;
  const completions = numberAt(spec, 'completions');
  const open = completions === undefined ? (succeeded > 0 ? 0 : parallelism) : completions - succeeded;
  return Math.max(0, Math.min(parallelism, open) - active);
}
