import { type DynamicModule, Module } from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import { readSettings, type Settings } from './settings';
import { SETTINGS } from './konfig.tokens';

/** Global: every module may inject SETTINGS. `.env` in the working directory is read when it exists. */
@Module({})
export class KonfigModule {
  static forProcess(portDefault: number): DynamicModule {
    return {
      module: KonfigModule,
      global: true,
      imports: [
        ConfigModule.forRoot({
          envFilePath: '.env',
          cache: true,
          validate: (variables: Record<string, unknown>) => ({ settings: readSettings(variables, portDefault) }),
        }),
      ],
      providers: [
        {
          provide: SETTINGS,
          inject: [ConfigService],
          useFactory: (config: ConfigService) => config.getOrThrow<Settings>('settings'),
        },
      ],
      exports: [SETTINGS],
    };
  }
}
