// Stands for a node with a kubelet: a pod runs and is ready after a while, that of a Job succeeds after another one, and a
// deleted one goes at once.
import { type Clock, type JsonObject, rfc3339 } from '../../../common';
import { isNotFound, type KubeApi, type KubeObject, type ObjectRef } from '../../../kube/port';
import { part, parts, textAt } from '../../kinds';
import { WorkLine } from '../work-line';
import { doesPodEnd, KUBELET, PODS } from './workload-resources';

export interface PodRunnerPorts {
  readonly api: KubeApi;
  readonly clock: Clock;
  readonly podReadyMs: number;
}

export class PodRunner {
  private readonly line = new WorkLine((key) => this.run(key));
  /** The phase in which a pod was seen last, by uid. */
  private readonly seen = new Map<string, string>();
  private addresses = 0;

  constructor(private readonly ports: PodRunnerPorts) {}

  observe(pod: KubeObject, isGone: boolean): void {
    const { uid = '', namespace = '', name } = pod.metadata;
    if (isGone) {
      this.seen.delete(uid);
      return;
    }
    const phase = textAt(part(pod, 'status'), 'phase');
    const isDue = phase === 'Pending' || (phase === 'Running' && doesPodEnd(pod));
    if (!isDue || this.seen.get(uid) === phase) return;
    this.seen.set(uid, phase);
    const key = `${namespace}/${name}`;
    if (this.ports.podReadyMs === 0) this.line.wake(key);
    else this.line.wakeLater(key, this.ports.podReadyMs);
  }

  stop(): Promise<void> {
    return this.line.stop();
  }

  private async run(key: string): Promise<void> {
    const [namespace = '', name = ''] = key.split('/');
    const ref: ObjectRef = { resource: PODS, namespace, name };
    try {
      const pod = await this.ports.api.get(ref);
      const phase = textAt(part(pod, 'status'), 'phase');
      if (!['Pending', 'Running'].includes(phase) || pod.metadata.deletionTimestamp !== undefined) return;
      const status = phase === 'Pending' ? this.runningStatus(pod) : this.endedStatus(pod);
      const body = { metadata: { uid: pod.metadata.uid }, status };
      await this.ports.api.patch(ref, { type: 'merge', body, subresource: 'status', fieldManager: KUBELET });
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }

  private runningStatus(pod: KubeObject): JsonObject {
    const now = rfc3339(this.ports.clock.now());
    const condition = (type: string): JsonObject => ({
      type,
      status: 'True',
      lastProbeTime: null,
      lastTransitionTime: now,
    });
    const podIP = this.nextAddress();
    const container = ({ name, image }: JsonObject, state: JsonObject): JsonObject => ({
      name,
      image,
      imageID: '',
      ready: true,
      restartCount: 0,
      state,
      lastState: {},
    });
    const spec = part(pod, 'spec');
    const ended = { terminated: { exitCode: 0, reason: 'Completed', startedAt: now, finishedAt: now } };
    const first = parts(spec, 'initContainers').map((one) => container(one, ended));
    return {
      phase: 'Running',
      podIP,
      podIPs: [{ ip: podIP }],
      startTime: now,
      conditions: ['Initialized', 'Ready', 'ContainersReady', 'PodScheduled'].map(condition),
      containerStatuses: parts(spec, 'containers').map((one) => container(one, { running: { startedAt: now } })),
      ...(first.length === 0 ? {} : { initContainerStatuses: first }),
    };
  }

  private endedStatus(pod: KubeObject): JsonObject {
    const now = rfc3339(this.ports.clock.now());
    const status = part(pod, 'status');
    const notReady = ['Ready', 'ContainersReady'];
    return {
      phase: 'Succeeded',
      conditions: parts(status, 'conditions').map((condition) =>
        notReady.includes(textAt(condition, 'type'))
          ? { ...condition, status: 'False', reason: 'PodCompleted', lastTransitionTime: now }
          : condition,
      ),
      containerStatuses: parts(status, 'containerStatuses').map((container) => {
        const { startedAt } = part(part(container, 'state'), 'running') ?? {};
        const terminated = { exitCode: 0, reason: 'Completed', startedAt: startedAt ?? now, finishedAt: now };
        return { ...container, ready: false, state: { terminated } };
      }),
    };
  }

  private nextAddress(): string {
    this.addresses = (this.addresses % 65_000) + 1;
    return `10.0.${this.addresses >> 8}.${this.addresses & 255}`;
  }
}
