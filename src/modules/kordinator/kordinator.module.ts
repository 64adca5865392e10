import { type DynamicModule, Module } from '@nestjs/common';
import { type OrkestraError, systemClock, systemRandom } from '../common';
import { COMPILED_KATALOG, type CompiledKatalog } from '../katalog';
import { SETTINGS, type Settings } from '../konfig';
import {
  EVENT_RECORDER,
  type EventRecorder,
  KUBE_API,
  type KubeApi,
  LEADER_ELECTOR_FACTORY,
  type LeaderElectorFactory,
} from '../kube';
import { type Logger, LOGGER, processRegistry } from '../observability';
import { RECONCILER_FACTORY, type ReconcilerFactory, ReconcilerModule } from '../reconciler';
import { type Announcer } from './activity';
import { KatalogController } from './http/katalog.controller';
import { Kordinator } from './kordinator';
import { KordinatorMetrics } from './kordinator.metrics';

/** What the process adds to the module. */
export interface KordinatorModuleOptions {
  /** Where the live lines go. */
  readonly announcer: (settings: Settings, logger: Logger) => Announcer;
  /** The process has to end with this error. */
  readonly onFatal: (error: OrkestraError) => void;
}

/** The lanes and `/katalog`. Nothing runs before `kordinator.start()`. */
@Module({})
export class KordinatorModule {
  static forRuntime({ announcer, onFatal }: KordinatorModuleOptions): DynamicModule {
    return {
      module: KordinatorModule,
      imports: [ReconcilerModule.forRuntime()],
      controllers: [KatalogController],
      providers: [
        {
          provide: Kordinator,
          inject: [
            COMPILED_KATALOG,
            SETTINGS,
            KUBE_API,
            EVENT_RECORDER,
            RECONCILER_FACTORY,
            LEADER_ELECTOR_FACTORY,
            LOGGER,
          ],
          useFactory: (
            katalog: CompiledKatalog,
            settings: Settings,
            api: KubeApi,
            events: EventRecorder,
            reconcilers: ReconcilerFactory,
            elector: LeaderElectorFactory,
            logger: Logger,
          ) =>
            new Kordinator({
              katalog,
              namespace: settings.namespace,
              api,
              events,
              elector: elector(katalog.name),
              reconcilers,
              clock: systemClock,
              random: systemRandom,
              logger,
              metrics: new KordinatorMetrics(processRegistry),
              announcer: announcer(settings, logger),
              onFatal,
            }),
        },
      ],
      exports: [Kordinator],
    };
  }
}
