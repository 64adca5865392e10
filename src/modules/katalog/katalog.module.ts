import { type DynamicModule, Module } from '@nestjs/common';
import { SETTINGS, type Settings } from '../konfig';
import { COMPILED_KATALOG } from './katalog.tokens';
import { type CompiledKatalog } from './compile/compiled-katalog';
import { compileKatalog, type CompileKatalogOptions } from './compile/compile-katalog';
import { requireRunnable } from './compile/require-runnable';
import { resolveKatalogFiles } from './source/read-files';

function runnableKatalog(files: readonly string[], options: CompileKatalogOptions): CompiledKatalog {
  const katalog = compileKatalog(files, options);
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
          inject: [SETTINGS],
          useFactory: ({ katalogPaths, defaults, clusterName }: Settings) =>
            runnableKatalog(resolveKatalogFiles(katalogPaths, directory), {
              defaults,
              ...(clusterName === undefined ? {} : { clusterName }),
            }),
        },
      ],
      exports: [COMPILED_KATALOG],
    };
  }
}
