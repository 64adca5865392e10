import { createServer } from 'node:net';
import { OrkestraError } from '../../../modules/common';

const TRIES = 50;

/**
 * A free port of the host: the requested one, else the default or the next free one. Throws a UserError when the
 * requested port can't be had (DESIGN decision 14).
 */
export async function choosePort(
  host: string,
  requested: number | undefined,
  preferred: number,
  taken: ReadonlySet<number>,
): Promise<number> {
  if (requested !== undefined) {
    const problem = await problemWith(host, requested);
    if (problem === undefined) return requested;
    throw unusable(`port ${requested} ${problem}; choose another one with --port, or leave it out`);
  }
  for (let port = preferred; port < preferred + TRIES; port++) {
    if (!taken.has(port) && (await problemWith(host, port)) === undefined) return port;
  }
  throw unusable(`no free port between ${preferred} and ${preferred + TRIES - 1}; name one with --port`);
}

/** Why nobody can listen there; undefined when somebody can. */
function problemWith(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', ({ code }: NodeJS.ErrnoException) => resolve(inWords(code, host)));
    probe.listen(port, host, () => probe.close(() => resolve(undefined)));
  });
}

function inWords(code: string | undefined, host: string): string {
  if (code === 'EADDRINUSE') return 'is in use by another process';
  if (code === 'EACCES') return 'needs rights that this user does not have (ports below 1024 often do)';
  return `can't be opened on ${host} (${code})`;
}

function unusable(message: string): OrkestraError {
  return new OrkestraError({ code: 'PORT_IN_USE', kind: 'UserError', message });
}
