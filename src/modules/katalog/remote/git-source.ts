import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SourceFiles, type SourceRequest } from '../source/source-texts';
import { authorization, type Variables, withoutLogin } from './login';
import { runTool } from './run-tool';
import { textFiles } from './text-files';

/**
 * The documents of one revision (branch, tag or commit) of a repository, without its history. The folder is gone
 * afterwards. Rejects with an error that names the repository and what git said.
 */
export async function fetchGit(
  { url, revision, login }: Extract<SourceRequest, { kind: 'git' }>,
  environment: Variables,
  signal: AbortSignal,
): Promise<SourceFiles> {
  const container = `${withoutLogin(url)}@${revision}`;
  const folder = await mkdtemp(join(tmpdir(), 'ork-git-'));
  const git = (...args: readonly string[]): Promise<string> =>
    runTool(
      { what: container, name: 'git', args, folder, variables: variables(login, environment) },
      environment,
      signal,
    );
  try {
    await git('init', '--quiet');
    await git('fetch', '--quiet', '--depth', '1', '--no-tags', '--', url, revision);
    await git('-c', 'advice.detachedHead=false', 'checkout', '--quiet', 'FETCH_HEAD');
    return { container, texts: textFiles(folder, container) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Nobody is asked for a password, and the login is seen in no list of processes. */
function variables(login: Parameters<typeof authorization>[0] | undefined, environment: Variables): Variables {
  const quiet = { GIT_TERMINAL_PROMPT: '0', GIT_CONFIG_NOSYSTEM: '1' };
  if (login === undefined) return quiet;
  return {
    ...quiet,
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'http.extraHeader',
    GIT_CONFIG_VALUE_0: `Authorization: ${authorization(login, environment, true)}`,
  };
}
