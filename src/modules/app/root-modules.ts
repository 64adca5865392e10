// The root module of each process: only the modules that it needs. A test asserts the list.
import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { type OrkestraError } from '../common';
import { CertManagerModule } from '../certmanager';
import { ControlCenterModule } from '../controlcenter';
import { KatalogModule } from '../katalog';
import { KonfigModule } from '../konfig';
import { KordinatorModule } from '../kordinator';
import { KubeModule } from '../kube';
import { NotificationModule } from '../notification';
import { ObservabilityModule } from '../observability';
import { WebhookModule } from '../webhook';
import { announcerFor } from './console-announcer';
import { PROCESS_ROLE, PROCESS_ROLES, type ProcessRole } from './process-role';

/** Engine, kordinator and `/katalog`. `onFatal` ends the process. */
@Module({})
export class RuntimeModule {
  static create(onFatal: (error: OrkestraError) => void): DynamicModule {
    return rootModule(RuntimeModule, 'runtime', [
      KubeModule.forProcess('runtime'),
      KatalogModule.forFiles(process.cwd()),
      NotificationModule,
      KordinatorModule.forRuntime({ announcer: announcerFor, onFatal }),
    ]);
  }
}

/** The webhook server. */
@Module({})
export class GatewayModule {
  static create(): DynamicModule {
    return rootModule(GatewayModule, 'gateway', [CertManagerModule, WebhookModule]);
  }
}

/** The web UI. */
@Module({})
export class ControlCenterProcessModule {
  static create(): DynamicModule {
    return rootModule(ControlCenterProcessModule, 'controlcenter', [ControlCenterModule]);
  }
}

function rootModule(module: Type, role: ProcessRole, imports: NonNullable<DynamicModule['imports']>): DynamicModule {
  return {
    module,
    imports: [
      KonfigModule.forProcess(PROCESS_ROLES[role].portDefault),
      ObservabilityModule.forProcess(role),
      ...imports,
    ],
    providers: [{ provide: PROCESS_ROLE, useValue: role }],
    exports: [PROCESS_ROLE],
  };
}
