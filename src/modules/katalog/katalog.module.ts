import { type DynamicModule, Module } from '@nestjs/common';
import { VERSION } from '../common';
import { SETTINGS, type Settings } from '../konfig';
import { KUBE_API, type KubeApi } from '../kube';
import { type Logger, LOGGER } from '../observability';
import { COMPILED_KATALOG } from './katalog.tokens';
import { type CompiledKatalog } from './compile/compiled-katalog';
import { loadKatalog } from './compile/load-katalog';
import { requireRunnable } from './compile/require-runnable';
import { processFetcher } from './remote/process-fetcher';
import { resolveKatalogFiles } from './source/read-files';

async function runnableKatalog(
  settings: Settings,
  api: KubeApi,
  logger: Logger,
  directory: string,
): Promise<CompiledKatalog> {
  const { katalogPaths, defaults, clusterName, variables } = settings;
  const fetcher = processFetcher({
    settings,
    userAgent: `orkestra/${VERSION} (runtime)`,
    kube: (work) => work(api),
    warn: (message) => logger.warn('source.cache', { message }),
  });
  const katalog = await loadKatalog(resolveKatalogFiles(katalogPaths, directory), {
    fetcher,
    signal: new AbortController().signal,
    environment: variables,
    defaults,
    ...(clusterName === undefined ? {} : { clusterName }),
  });
  requireRunnable(katalog);
  return katalog;
}

/** Loads and compiles the Katalog of this process while the module graph is built: a bad file starts nothing. */
@Module({})
export class KatalogModule {
  static forFiles(directory: string): DynamicModule {
    return {
      module: KatalogModule,
      global: true,
      providers: [
        {
          provide: COMPILED_KATALOG,
          inject: [SETTINGS, KUBE_API, LOGGER],
          useFactory: (settings: Settings, api: KubeApi, logger: Logger) =>
            runnableKatalog(settings, api, logger, directory),
        },
      ],
      exports: [COMPILED_KATALOG],
    };
  }
}
