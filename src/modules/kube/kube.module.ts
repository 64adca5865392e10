// Wires the connection to the cluster for one process.
import { hostname } from 'node:os';
import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import { systemClock, VERSION } from '../common';
import { SETTINGS, type Settings } from '../konfig';
import { type Logger, LOGGER, processRegistry } from '../observability';
import { type ClusterConfig, resolveCluster } from './config';
import { EventSender } from './event/event-sender';
import { type KubeApi } from './kube-api';
import { countRequests } from './kube.metrics';
import { CLUSTER_CONFIG, EVENT_RECORDER, KUBE_API, KUBE_TRANSPORT, LEADER_ELECTOR_FACTORY } from './kube.tokens';
import { type LeaderElector } from './lease/leader-election.types';
import { WorkerLeaderElector } from './lease/worker-leader-elector';
import { HttpKubeApi, HttpTransport } from './transport';

/** Makes the elector of a Katalog, whose name stands in the Lease (engine contract §5). It stands for election once started. */
export type LeaderElectorFactory = (katalog: string) => LeaderElector;

/**
 * The connection of one process to its cluster, for every module of it:
 *
 * - `CLUSTER_CONFIG`: where the cluster is and how to log in. Resolved when the graph is built, which may run an exec
 *   plugin; a UserError ends the start.
 * - `KUBE_TRANSPORT`, `KUBE_API`: connections and the port on them. Nothing is sent before the first call, and who stops
 *   the process closes the transport.
 * - `EVENT_RECORDER`: Events of this process, named by its host.
 * - `LEADER_ELECTOR_FACTORY`: see LeaderElectorFactory.
 */
@Module({})
export class KubeModule {
  /** `name` stands in the user agent `orkestra/<version> (<name>)`, by which an audit log tells the processes apart. */
  static forProcess(name: string): DynamicModule {
    const userAgent = `orkestra/${VERSION} (${name})`;
    return {
      module: KubeModule,
      global: true,
      providers: [clusterConfig, transport(userAgent), kubeApi, eventRecorder, leaderElectors(userAgent)],
      exports: [CLUSTER_CONFIG, KUBE_TRANSPORT, KUBE_API, EVENT_RECORDER, LEADER_ELECTOR_FACTORY],
    };
  }
}

const clusterConfig: Provider = {
  provide: CLUSTER_CONFIG,
  inject: [SETTINGS],
  useFactory: (settings: Settings) => resolve(settings),
};

function transport(userAgent: string): Provider {
  return {
    provide: KUBE_TRANSPORT,
    inject: [CLUSTER_CONFIG, SETTINGS],
    useFactory: (config: ClusterConfig, settings: Settings) =>
      new HttpTransport({
        config,
        userAgent,
        connections: settings.kube.connections,
        requestTimeoutMs: settings.kube.requestTimeoutMs,
        observe: countRequests(processRegistry),
        resolveAgain: () => resolve(settings),
      }),
  };
}

const kubeApi: Provider = {
  provide: KUBE_API,
  inject: [KUBE_TRANSPORT],
  useFactory: (connections: HttpTransport) => new HttpKubeApi(connections),
};

const eventRecorder: Provider = {
  provide: EVENT_RECORDER,
  inject: [KUBE_API, LOGGER],
  useFactory: (api: KubeApi, logger: Logger) =>
    new EventSender({ api, logger, clock: systemClock, instance: hostname() }),
};

function leaderElectors(userAgent: string): Provider {
  return {
    provide: LEADER_ELECTOR_FACTORY,
    inject: [CLUSTER_CONFIG, SETTINGS, LOGGER],
    useFactory:
      (config: ClusterConfig, settings: Settings, logger: Logger): LeaderElectorFactory =>
      (katalog) =>
        new WorkerLeaderElector({
          config,
          katalog,
          logger,
          namespace: settings.namespace,
          userAgent,
          times: settings.lease,
          resolveAgain: () => resolve(settings),
        }),
  };
}

function resolve({ kube }: Settings): Promise<ClusterConfig> {
  return resolveCluster({ kubeconfig: kube.kubeconfig, context: kube.context }, kube.environment);
}
