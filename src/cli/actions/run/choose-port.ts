import { createServer } from 'node:net';
import { OrkestraError } from '../../../modules/common';

const TRIES = 50;

/**
 * A free port on loopback: the requested one, else the default or the next free one. Throws a UserError when the
 * requested port is in use (DESIGN decision 14).
 */
export async function choosePort(
  requested: number | undefined,
  preferred: number,
  taken: ReadonlySet<number>,
): Promise<number> {
  if (requested !== undefined) {
    if (await isFree(requested)) return requested;
    throw inUse(`port ${requested} is in use by another process; choose another one with --port, or leave it out`);
  }
  for (let port = preferred; port < preferred + TRIES; port++) {
    if (!taken.has(port) && (await isFree(port))) return port;
  }
  throw inUse(`no free port between ${preferred} and ${preferred + TRIES - 1}; name one with --port`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

function inUse(message: string): OrkestraError {
  return new OrkestraError({ code: 'PORT_IN_USE', kind: 'UserError', message });
}
