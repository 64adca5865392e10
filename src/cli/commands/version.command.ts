import { Command, CommandRunner } from 'nest-commander';
import { versionLine } from '../render/version-line';
import { refuseArguments } from './arguments';

@Command({ name: 'version', description: 'Print the version' })
export class VersionCommand extends CommandRunner {
  async run(words: string[]): Promise<void> {
    refuseArguments(words);
    process.stdout.write(`${versionLine()}\n`);
  }
}
