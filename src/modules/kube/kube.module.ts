// Wires the connection to the cluster for one process.
import { hostname } from 'node:os';
import { type DynamicModule, Module } from '@nestjs/common';
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

/** Makes the elector of a Katalog: its name stands in the Lease. */
export type LeaderElectorFactory = (katalog: string) => LeaderElector;

@Module({})
export class KubeModule {
  static forProcess(name: string): DynamicModule {
    const userAgent = `orkestra/${VERSION} (${name})`;
    return {
      module: KubeModule,
      global: true,
      providers: [
        {
          provide: CLUSTER_CONFIG,
          inject: [SETTINGS],
          useFactory: (settings: Settings) => resolve(settings),
        },
        {
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
        },
        {
          provide: KUBE_API,
          inject: [KUBE_TRANSPORT],
          useFactory: (transport: HttpTransport) => new HttpKubeApi(transport),
        },
        {
          provide: EVENT_RECORDER,
          inject: [KUBE_API, LOGGER],
          useFactory: (api: KubeApi, logger: Logger) =>
            new EventSender({ api, logger, clock: systemClock, instance: hostname() }),
        },
        {
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
        },
      ],
      exports: [CLUSTER_CONFIG, KUBE_TRANSPORT, KUBE_API, EVENT_RECORDER, LEADER_ELECTOR_FACTORY],
    };
  }
}

function resolve({ kube }: Settings): Promise<ClusterConfig> {
  return resolveCluster({ kubeconfig: kube.kubeconfig, context: kube.context }, kube.environment);
}
