// Deployment -> ReplicaSet -> Pod. One line of work for all, so that no two of them ever act on the same object at once.
import { isNotFound, type KubeObject, type ResourceType } from '../../../kube/port';
import { WorkLine } from '../work-line';
import { DeploymentController } from './deployment-controller';
import { PodRunner, type PodRunnerPorts } from './pod-runner';
import { ReplicaSetController } from './replica-set-controller';
import { DEPLOYMENTS, PODS, REPLICA_SETS } from './workload-resources';

export class WorkloadController {
  private readonly line = new WorkLine((key) => this.work(key));
  private readonly deployments: DeploymentController;
  private readonly replicaSets: ReplicaSetController;
  private readonly runner: PodRunner;

  constructor(ports: PodRunnerPorts) {
    this.deployments = new DeploymentController(ports);
    this.replicaSets = new ReplicaSetController(ports);
    this.runner = new PodRunner(ports);
  }

  observe({ group, plural }: ResourceType, object: KubeObject, isGone: boolean): void {
    const { namespace = '', name } = object.metadata;
    if (group === PODS.group && plural === PODS.plural) {
      this.runner.observe(object, isGone);
      this.wakeOwner(object, 'ReplicaSet', REPLICA_SETS.plural);
    } else if (group !== REPLICA_SETS.group) return;
    else if (plural === REPLICA_SETS.plural) {
      if (!isGone) this.line.wake(`${plural}/${namespace}/${name}`);
      this.wakeOwner(object, 'Deployment', DEPLOYMENTS.plural);
    } else if (plural === DEPLOYMENTS.plural && !isGone) this.line.wake(`${plural}/${namespace}/${name}`);
  }

  async stop(): Promise<void> {
    await Promise.all([this.line.stop(), this.runner.stop()]);
  }

  private wakeOwner({ metadata }: KubeObject, kind: string, plural: string): void {
    const owner = metadata.ownerReferences?.find((reference) => reference.controller === true);
    if (owner?.kind === kind) this.line.wake(`${plural}/${metadata.namespace ?? ''}/${owner.name}`);
  }

  private async work(key: string): Promise<void> {
    const [plural = '', namespace = '', name = ''] = key.split('/');
    try {
      if (plural === DEPLOYMENTS.plural) await this.deployments.reconcile(namespace, name);
      else {
        const againMs = await this.replicaSets.reconcile(namespace, name);
        if (againMs !== undefined) this.line.wakeLater(key, againMs);
      }
    } catch (error) {
      // Gone, or its namespace is.
      if (!isNotFound(error)) throw error;
    }
  }
}
