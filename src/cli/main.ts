import 'reflect-metadata';
import { CommandFactory } from 'nest-commander';
import { CliModule } from './cli.module';
import { printError } from './render/print-error';

/** commander speaks through errors even when it only showed the help. */
const SHOWN = ['(outputHelp)', 'commander.help', 'commander.helpDisplayed', 'commander.version'];

function usageError(error: Error & { readonly code?: string }): void {
  const isAnswer = SHOWN.includes(error.code ?? '') || SHOWN.includes(error.message);
  process.exitCode = isAnswer ? 0 : 1;
  process.exit();
}

void CommandFactory.run(CliModule, {
  logger: false,
  cliName: 'ork',
  usePlugins: false,
  errorHandler: usageError,
  serviceErrorHandler: printError,
});
