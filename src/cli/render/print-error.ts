import pc from 'picocolors';

/** One message on standard error and exit code 1; the stack only with `--debug`. */
export function printError(error: Error): void {
  process.stderr.write(`${pc.red('error:')} ${error.message}\n`);
  if (process.argv.includes('--debug') && error.stack !== undefined) process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
}
