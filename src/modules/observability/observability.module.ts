import { type DynamicModule, Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { PrometheusModule } from '@willsoto/nestjs-prometheus';
import { SETTINGS, type Settings } from '../konfig';
import { createLogger } from './logger/pino-logger';
import { LOGGER } from './observability.tokens';
import { ProbeState } from './probes/probe-state';
import { ProbesController } from './probes/probes.controller';

/** Global: logs, `/metrics`, `/startup`, `/ready`, `/health` of every process. */
@Module({})
export class ObservabilityModule {
  static forProcess(process: string): DynamicModule {
    return {
      module: ObservabilityModule,
      global: true,
      imports: [
        TerminusModule.forRoot({ logger: false }),
        PrometheusModule.register({ path: '/metrics', defaultMetrics: { enabled: true } }),
      ],
      controllers: [ProbesController],
      providers: [
        ProbeState,
        {
          provide: LOGGER,
          inject: [SETTINGS],
          useFactory: (settings: Settings) =>
            createLogger({ level: settings.logLevel, format: settings.logFormat, process }),
        },
      ],
      exports: [LOGGER, ProbeState],
    };
  }
}
