// The HTTP API on the real module and scripted ports.
import { type DynamicModule, Module } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { COMPILED_KATALOG, type CompiledKatalog } from '../../katalog';
import { readSettings, SETTINGS } from '../../konfig';
import { EVENT_RECORDER, KUBE_API, LEADER_ELECTOR_FACTORY } from '../../kube';
import { LOGGER, silentLogger } from '../../observability';
import { KordinatorModule } from '../kordinator.module';
import { type FakeElector } from './fake-elector';
import { type ScriptedCluster } from './scripted-cluster';

export interface HttpPorts {
  readonly cluster: ScriptedCluster;
  readonly elector: FakeElector;
}

@Module({})
class Ports {
  static with(katalog: CompiledKatalog, { cluster, elector }: HttpPorts): DynamicModule {
    const values: readonly (readonly [symbol, unknown])[] = [
      [COMPILED_KATALOG, katalog],
      [SETTINGS, readSettings({ ORK_GATEWAY_ENDPOINT: 'https://gateway:8443' })],
      [KUBE_API, cluster],
      [EVENT_RECORDER, { record: () => undefined, flush: () => Promise.resolve() }],
      [LEADER_ELECTOR_FACTORY, () => elector],
      [LOGGER, silentLogger],
    ];
    return {
      module: Ports,
      global: true,
      providers: values.map(([provide, useValue]) => ({ provide, useValue })),
      exports: values.map(([token]) => token),
    };
  }
}

/** The kordinator in it has not started. */
export async function httpApp(katalog: CompiledKatalog, ports: HttpPorts): Promise<NestFastifyApplication> {
  const announcer = { activity: () => undefined, note: () => undefined };
  const module = await Test.createTestingModule({
    imports: [
      Ports.with(katalog, ports),
      KordinatorModule.forRuntime({ announcer: () => announcer, onFatal: () => undefined }),
    ],
  }).compile();
  const app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
  await app.init();
  return app;
}
