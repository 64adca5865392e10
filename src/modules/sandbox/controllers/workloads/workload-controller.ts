// Deployment -> ReplicaSet -> Pod, StatefulSet -> Pod, Job -> Pod. One line of work for all, so that no two of them ever act on the same object at once.
import { isNotFound, type KubeObject, type ResourceType } from '../../../kube/port';
import { WorkLine } from '../work-line';
import { DeploymentController } from './deployment-controller';
import { JobController } from './job-controller';
import { PodRunner, type PodRunnerPorts } from './pod-runner';
import { ReplicaSetController } from './replica-set-controller';
import { StatefulSetController } from './stateful-set-controller';
import { DEPLOYMENTS, JOBS, PODS, REPLICA_SETS, STATEFUL_SETS } from './workload-resources';

const CONTROLLED = [DEPLOYMENTS, REPLICA_SETS, STATEFUL_SETS, JOBS];

export class WorkloadController {
  private readonly line = new WorkLine((key) => this.work(key));
  private readonly deployments: DeploymentController;
  private readonly replicaSets: ReplicaSetController;
  private readonly statefulSets: StatefulSetController;
  private readonly jobs: JobController;
  private readonly runner: PodRunner;

  constructor(ports: PodRunnerPorts) {
    this.deployments = new DeploymentController(ports);
    this.replicaSets = new ReplicaSetController(ports);
    this.statefulSets = new StatefulSetController(ports);
    this.jobs = new JobController(ports);
    this.runner = new PodRunner(ports);
  }

  observe({ group, plural }: ResourceType, object: KubeObject, isGone: boolean): void {
    const isOf = (resource: ResourceType): boolean => resource.group === group && resource.plural === plural;
    if (isOf(PODS)) this.runner.observe(object, isGone);
    else if (!isGone && CONTROLLED.some(isOf)) {
      this.line.wake(keyOf(plural, object.metadata.namespace, object.metadata.name));
    }
    if (isOf(PODS) || isOf(REPLICA_SETS)) this.wakeOwner(object);
  }

  async stop(): Promise<void> {
    await Promise.all([this.line.stop(), this.runner.stop()]);
  }

  private wakeOwner({ metadata }: KubeObject): void {
    const owner = metadata.ownerReferences?.find((reference) => reference.controller === true);
    const found = CONTROLLED.find(({ kind }) => kind === owner?.kind);
    if (owner !== undefined && found !== undefined) {
      this.line.wake(keyOf(found.plural, metadata.namespace, owner.name));
    }
  }

  private async work(key: string): Promise<void> {
    const [plural = '', namespace = '', name = ''] = key.split('/');
    try {
      const againMs = await this.reconcile(plural, namespace, name);
      if (againMs !== undefined) this.line.wakeLater(key, againMs);
    } catch (error) {
      // Gone, or its namespace is.
      if (!isNotFound(error)) throw error;
    }
  }

  /** @returns in how many milliseconds to look again */
  private async reconcile(plural: string, namespace: string, name: string): Promise<number | undefined> {
    switch (plural) {
      case DEPLOYMENTS.plural:
        await this.deployments.reconcile(namespace, name);
        return undefined;
      case STATEFUL_SETS.plural:
        await this.statefulSets.reconcile(namespace, name);
        return undefined;
      case JOBS.plural:
        await this.jobs.reconcile(namespace, name);
        return undefined;
      default:
        return this.replicaSets.reconcile(namespace, name);
    }
  }
}

function keyOf(plural: string, namespace: string | undefined, name: string): string {
  return `${plural}/${namespace ?? ''}/${name}`;
}
