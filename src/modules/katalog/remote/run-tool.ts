// Programs of the machine that bring sources: helm and git. Their arguments hold no credential, and what they say on
// stderr is shown.
import { execFile } from 'node:child_process';
import { OrkestraError } from '../../common';
import { type Variables } from './login';

const TIMEOUT_MS = 60_000;
const MAX_BYTES = 32 * 1_024 * 1_024;
const MAX_SHOWN = 600;

export interface ToolCall {
  /** How messages begin: `chart web 1.2.3 of https://charts.example.org`. */
  readonly what: string;
  readonly name: 'git' | 'helm';
  readonly args: readonly string[];
  /** Beside what the program needs of the environment. */
  readonly variables?: Variables;
  readonly folder: string;
}

/** Its standard output. Rejects with a UserError that names source and program, or a Transient one after a minute. */
export function runTool(call: ToolCall, environment: Variables, signal: AbortSignal): Promise<string> {
  const { what, name, args, variables, folder } = call;
  const variable = `ORK_${name.toUpperCase()}`;
  const named = environment[variable];
  const program = named === undefined || named === '' ? name : named;
  const options = {
    cwd: folder,
    env: { ...passedOn(environment), ...variables },
    timeout: TIMEOUT_MS,
    maxBuffer: MAX_BYTES,
    signal,
    killSignal: 'SIGKILL' as const,
  };
  return new Promise((resolve, reject) => {
    execFile(program, args, options, (error, stdout, stderr) => {
      if (error === null) return resolve(stdout);
      if (signal.aborted) return reject(signal.reason as Error);
      const failure = (message: string, kind: 'UserError' | 'Transient' = 'UserError'): void =>
        reject(new OrkestraError({ code: 'SOURCE_TOOL_FAILED', kind, message: `${what}: ${message}` }));
      if (error.code === 'ENOENT') {
        return failure(`needs ${program}, which is not there: install ${name}, or name it with ${variable}`);
      }
      if (error.killed === true) return failure(`${program} did not end within ${TIMEOUT_MS / 1_000} s`, 'Transient');
      const said = stderr
        .trim()
        .replace(/\s*\n\s*/g, '; ')
        .slice(0, MAX_SHOWN);
      return failure(`${program} failed: ${said === '' ? error.message : said}`);
    });
  });
}

const PASSED =
  /^(PATH|HOME|TMPDIR|USER|LANG|LC_\w+|SSH_\w+|XDG_\w+|GIT_SSH\w*|SSL_CERT_\w+|HELM_\w+|(https?|no|all)_proxy)$/i;

/** No secret of this process that the program has no use for. */
function passedOn(environment: Variables): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => PASSED.test(name)));
}
