import 'reflect-metadata';
import { CommandFactory } from 'nest-commander';
import { CliModule } from './cli.module';
import { onClosedOutput } from './render/closed-output';
import { printError } from './render/print-error';
import { versionLine } from './render/version-line';

/** commander speaks through errors even when it only showed the help. */
const SHOWN = ['(outputHelp)', 'commander.help', 'commander.helpDisplayed', 'commander.version'];

function usageError(error: Error & { readonly code?: string }): void {
  const isAnswer = SHOWN.includes(error.code ?? '') || SHOWN.includes(error.message);
  process.exitCode = isAnswer ? 0 : 1;
  process.exit();
}

// `ork validate | head`: the reader has seen enough, which is no error of ours.
onClosedOutput([process.stdout, process.stderr], () => undefined);

// Who types `ork` alone asks for help, which is no failure: commander would answer on standard error.
if (process.argv.length === 2) process.argv.push('--help');

void CommandFactory.run(CliModule, {
  logger: false,
  cliName: 'ork',
  usePlugins: false,
  version: versionLine(),
  helpConfiguration: {
    commandDescription: (command) => command.description() || 'Kubernetes operators from one YAML file, the Katalog',
  },
  errorHandler: usageError,
  serviceErrorHandler: printError,
});
