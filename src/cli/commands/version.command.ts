import { Command, CommandRunner } from 'nest-commander';

@Command({ name: 'version', description: 'Print the version' })
export class VersionCommand extends CommandRunner {
  async run(): Promise<void> {
    const { versionLine } = await import('../actions/version.js');
    process.stdout.write(versionLine());
  }
}
