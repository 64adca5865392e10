import { Command, CommandRunner, Option } from 'nest-commander';
import { collect, refuseArguments } from './arguments';

interface NotesOptions {
  readonly domain?: string;
  readonly file?: readonly string[];
}

@Command({
  name: 'notes',
  arguments: '[action] [word]',
  description: 'The functions of templates: a list, `search <word>`, `show <name>`, `domains`',
})
export class NotesCommand extends CommandRunner {
  async run([action, word, ...more]: string[], options: NotesOptions): Promise<void> {
    refuseArguments(more);
    const { notes } = await import('../actions/notes.js');
    const { domain, file: files = [] } = options;
    process.stdout.write(await notes({ action, word, domain, files, directory: process.cwd() }));
  }

  @Option({ flags: '--domain <name>', description: 'only the functions of this domain' })
  domain(value: string): string {
    return value;
  }

  @Option({ flags: '-f, --file <path>', description: 'Katalog whose own notes are listed, too; repeatable' })
  file(value: string, before?: string[]): string[] {
    return collect(value, before);
  }

  @Option({ flags: '--debug', description: 'show the stack of an error' })
  debug(): boolean {
    return true;
  }
}
