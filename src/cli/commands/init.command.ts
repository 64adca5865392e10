import { Command, CommandRunner, Option } from 'nest-commander';
import { refuseArguments } from './arguments';

@Command({ name: 'init', arguments: '[name]', description: 'Write a project that runs: the hello-website operator' })
export class InitCommand extends CommandRunner {
  async run([name, ...more]: string[]): Promise<void> {
    refuseArguments(more);
    const { init } = await import('../actions/init.js');
    process.stdout.write(init(name, process.cwd()));
  }

  @Option({ flags: '--debug', description: 'show the stack of an error' })
  debug(): boolean {
    return true;
  }
}
