import { Command, CommandRunner } from 'nest-commander';
import { VERSION } from '../../modules/common';

@Command({ name: 'version', description: 'Print the version' })
export class VersionCommand extends CommandRunner {
  async run(): Promise<void> {
    process.stdout.write(`orkestra ${VERSION} (node ${process.versions.node}, ${process.platform} ${process.arch})\n`);
  }
}
