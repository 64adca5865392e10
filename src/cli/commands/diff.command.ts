import { Command, CommandRunner, Option } from 'nest-commander';
import { refuseArguments } from './arguments';

interface DiffOptions {
  readonly text?: boolean;
  readonly detailedExitcode?: boolean;
}

@Command({
  name: 'diff',
  arguments: '<before> <after>',
  description: 'What changes between two Katalogs, after everything is expanded',
})
export class DiffCommand extends CommandRunner {
  async run([before = '', after = '', ...more]: string[], options: DiffOptions): Promise<void> {
    refuseArguments(more);
    const { diff } = await import('../actions/diff.js');
    const { text: isText = false, detailedExitcode = false } = options;
    const { text, isDifferent } = await diff(before, after, process.cwd(), { isText });
    process.stdout.write(text);
    if (detailedExitcode && isDifferent) process.exitCode = 2;
  }

  @Option({ flags: '--text', description: 'the files line by line, as they are written' })
  text(): boolean {
    return true;
  }

  @Option({ flags: '--detailed-exitcode', description: 'exit code 2 when they differ' })
  detailedExitcode(): boolean {
    return true;
  }

  @Option({ flags: '--debug', description: 'show the stack of an error' })
  debug(): boolean {
    return true;
  }
}
