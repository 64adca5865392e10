import { Command, CommandRunner, Option } from 'nest-commander';
import { collect, nameFileWithOption, refuseArguments } from './arguments';

interface ValidateOptions {
  readonly file?: readonly string[];
  readonly notes?: boolean;
}

@Command({ name: 'validate', description: 'Check a Katalog without a cluster' })
export class ValidateCommand extends CommandRunner {
  async run(words: string[], options: ValidateOptions): Promise<void> {
    refuseArguments(words, nameFileWithOption);
    const { validate } = await import('../actions/validate.js');
    const { file = [], notes: notesOnly = false } = options;
    process.stdout.write(await validate(file, process.cwd(), { notesOnly }));
  }

  @Option({ flags: '-f, --file <path>', description: 'Katalog file or folder; repeatable (default: ./katalog.yaml)' })
  file(value: string, before?: string[]): string[] {
    return collect(value, before);
  }

  @Option({ flags: '--notes', description: 'print only the notes that the Katalog declares' })
  notes(): boolean {
    return true;
  }

  @Option({ flags: '--debug', description: 'show the stack of an error' })
  debug(): boolean {
    return true;
  }
}
