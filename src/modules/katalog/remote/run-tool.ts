// Programs of the machine that bring sources: helm and git. Their arguments hold no credential, and what they say on
// stderr is shown.
import { execFile, type ExecFileException } from 'node:child_process';
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
  /** Default: a minute. */
  readonly timeoutMs?: number;
}

/** Its standard output. Rejects with a UserError that names source and program, or a Transient one after a minute. */
export function runTool(call: ToolCall, environment: Variables, signal: AbortSignal): Promise<string> {
  const { name, args, variables, folder, timeoutMs = TIMEOUT_MS } = call;
  const named = environment[variableOf(call)];
  const program = named === undefined || named === '' ? name : named;
  const options = { cwd: folder, env: { ...passedOn(environment), ...variables }, maxBuffer: MAX_BYTES };
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    let isLate = false;
    const child = execFile(program, args, options, (error, stdout, stderr) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      if (signal.aborted) return reject(signal.reason as Error);
      if (error === null) return resolve(stdout);
      reject(isLate ? lateError(call, program, timeoutMs) : failureOf(call, program, error, stderr));
    });
    // What the program has started may still hold the other ends: nobody waits for that.
    const end = (): void => {
      child.kill('SIGKILL');
      child.stdout?.destroy();
      child.stderr?.destroy();
    };
    const timer = setTimeout(() => {
      isLate = true;
      end();
    }, timeoutMs);
    signal.addEventListener('abort', end, { once: true });
  });
}

function variableOf({ name }: ToolCall): string {
  return `ORK_${name.toUpperCase()}`;
}

function lateError(call: ToolCall, program: string, timeoutMs: number): OrkestraError {
  return toolError(call, `${program} did not end within ${timeoutMs / 1_000} s`, 'Transient');
}

function failureOf(call: ToolCall, program: string, error: ExecFileException, stderr: string): OrkestraError {
  const { name } = call;
  const { code } = error as { readonly code?: unknown };
  if (code === 'ENOENT') {
    return toolError(
      call,
      `needs ${program}, which is not there: install ${name}, or name it with ${variableOf(call)}`,
    );
  }
  if (code === 'EACCES') return toolError(call, `${program} can't be run: it is no program, or nobody may run it`);
  if (code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') {
    return toolError(call, `${program} printed more than ${MAX_BYTES / 1_024 / 1_024} MiB`);
  }
  const said = stderr
    .trim()
    .replace(/\s*\n\s*/g, '; ')
    .replace(/:\/\/[^\s/@]*@/g, '://')
    .slice(0, MAX_SHOWN);
  return toolError(call, `${program} failed: ${said === '' ? `exit code ${String(code)}` : said}`);
}

function toolError({ what }: ToolCall, message: string, kind: 'UserError' | 'Transient' = 'UserError'): OrkestraError {
  return new OrkestraError({ code: 'SOURCE_TOOL_FAILED', kind, message: `${what}: ${message}` });
}

const PASSED =
  /^(PATH|HOME|TMPDIR|USER|LANG|LC_\w+|SSH_\w+|XDG_\w+|GIT_SSH\w*|SSL_CERT_\w+|HELM_\w+|(https?|no|all)_proxy)$/i;

/** No secret of this process that the program has no use for. */
function passedOn(environment: Variables): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => PASSED.test(name)));
}
