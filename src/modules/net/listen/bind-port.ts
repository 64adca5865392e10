// The one rule for the ports of all processes. Nobody looks whether a port is free before it is bound: between the look
// and the bind another process may take it.
import { OrkestraError } from '../../common';

/** Ports behind the default that are tried; then the system chooses. */
const NEIGHBOURS = 49;
const ANY = 0;
/** Somebody else has it; Windows says EACCES of the ports that it keeps for itself. */
const TAKEN: readonly unknown[] = ['EADDRINUSE', 'EACCES'];

export interface PortChoice {
  readonly host: string;
  /** 0: the system chooses. */
  readonly port: number;
  /** A user named it: this one or none. Otherwise it is a default, which gives way to the next free port. */
  readonly isPortRequested: boolean;
}

/**
 * Binds a port with `bind`, which rejects with Node's error when the port can't be had, and may then be called again.
 * Rejects with a UserError when a requested port can't be had, or nothing can be opened on the host.
 */
export async function bindPort(choice: PortChoice, bind: (port: number) => Promise<unknown>): Promise<void> {
  const { host, port, isPortRequested } = choice;
  const others = isPortRequested ? [] : [...Array.from({ length: NEIGHBOURS }, (_, index) => port + 1 + index), ANY];
  for (const candidate of [port, ...others]) {
    try {
      await bind(candidate);
      return;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (candidate !== ANY && !isPortRequested && TAKEN.includes(code)) continue;
      throw unusable(`port ${candidate} ${inWords(code, host)}`, error);
    }
  }
}

function inWords(code: string | undefined, host: string): string {
  const way = 'choose another one with --port or ORK_PORT, or leave it out';
  if (code === 'EADDRINUSE') return `is in use by another process; ${way}`;
  if (code === 'EACCES') return `needs rights that this user does not have (ports below 1024 often do); ${way}`;
  return `can't be opened on ${host} (${code})`;
}

function unusable(message: string, cause: unknown): OrkestraError {
  return new OrkestraError({ code: 'PORT_UNUSABLE', kind: 'UserError', message, cause });
}
