// Programs that keep logins (`docker-credential-<name>`): the host goes in, a login comes out, as Docker's credential
// helpers do it.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { parseJsonObject } from '../../common';
import { type OciLogin } from './login.types';

const LIMIT_MS = 10_000;
const MAX_BYTES = 64 * 1_024;
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
/** The user name of a login that is an identity token. */
const TOKEN_USER = '<token>';
/** How helpers say that they have none; there is no exit code of its own for it. */
const NONE = /credentials not found/i;

/** What a helper says; `problem` is why it could not be asked. Never holds what the helper printed. */
export interface HelperAnswer {
  readonly login?: OciLogin;
  readonly problem?: string;
}

export interface HelperOptions {
  /** Where the programs are; default: PATH. */
  readonly folder?: string;
  readonly limitMs?: number;
}

/** Asks `docker-credential-<name>` for the login of a host; never rejects. */
export function askHelper(
  name: string,
  host: string,
  { folder, limitMs = LIMIT_MS }: HelperOptions = {},
): Promise<HelperAnswer> {
  const program = `docker-credential-${name}`;
  if (!NAME.test(name)) {
    return Promise.resolve({ problem: `${JSON.stringify(name)} is no name of a credential helper` });
  }
  return new Promise((resolve) => {
    const options = { timeout: limitMs, killSignal: 'SIGKILL' as const, maxBuffer: MAX_BYTES };
    const child = execFile(
      folder === undefined ? program : join(folder, program),
      ['get'],
      options,
      (error, stdout) => {
        if (error !== null) resolve(failed(program, error, stdout, limitMs));
        else resolve(readAnswer(program, stdout));
      },
    );
    // A program that reads nothing closes its input.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(host);
  });
}

function failed(
  program: string,
  error: { readonly code?: unknown; readonly killed?: boolean },
  stdout: string,
  limitMs: number,
): HelperAnswer {
  if (error.code === 'ENOENT') return { problem: `${program} is not in PATH` };
  if (error.killed === true) return { problem: `${program} did not answer within ${limitMs / 1_000} s` };
  if (NONE.test(stdout)) return {};
  return { problem: `${program} failed (${typeof error.code === 'number' ? 'exit code ' : ''}${String(error.code)})` };
}

function readAnswer(program: string, stdout: string): HelperAnswer {
  const answer = parseJsonObject(stdout);
  const username = answer?.['Username'];
  const secret = answer?.['Secret'];
  if (typeof username !== 'string' || typeof secret !== 'string') return { problem: `${program} printed no login` };
  if (username === TOKEN_USER) return { login: { identityToken: secret } };
  return username === '' && secret === '' ? {} : { login: { username, password: secret } };
}
