import { Command, CommandRunner, Option } from 'nest-commander';
import { collect, nameFileWithOption, refuseArguments } from './arguments';

interface MigrateOptions {
  readonly file?: readonly string[];
  readonly write?: boolean;
}

@Command({ name: 'migrate', description: 'Rewrite deprecated spellings of a Katalog; shows the difference' })
export class MigrateCommand extends CommandRunner {
  async run(words: string[], { file = [], write = false }: MigrateOptions): Promise<void> {
    refuseArguments(words, nameFileWithOption);
    const { migrate } = await import('../actions/migrate.js');
    process.stdout.write(migrate(file, process.cwd(), { write }));
  }

  @Option({ flags: '-f, --file <path>', description: 'Katalog file or folder; repeatable (default: ./katalog.yaml)' })
  file(value: string, before?: string[]): string[] {
    return collect(value, before);
  }

  @Option({ flags: '--write', description: 'change the files' })
  write(): boolean {
    return true;
  }

  @Option({ flags: '--debug', description: 'show the stack of an error' })
  debug(): boolean {
    return true;
  }
}
