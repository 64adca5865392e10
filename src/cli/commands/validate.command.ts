import { Command, CommandRunner, Option } from 'nest-commander';
import { collect, nameFileWithOption, refuseArguments } from './arguments';

@Command({ name: 'validate', description: 'Check a Katalog without a cluster' })
export class ValidateCommand extends CommandRunner {
  async run(words: string[], options: { readonly file?: readonly string[] }): Promise<void> {
    refuseArguments(words, nameFileWithOption);
    const { validate } = await import('../actions/validate.js');
    process.stdout.write(validate(options.file ?? [], process.cwd()));
  }

  @Option({ flags: '-f, --file <path>', description: 'Katalog file or folder; repeatable (default: ./katalog.yaml)' })
  file(value: string, before?: string[]): string[] {
    return collect(value, before);
  }

  @Option({ flags: '--debug', description: 'show the stack of an error' })
  debug(): boolean {
    return true;
  }
}
