import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SourceFiles, type SourceRequest } from '../source/source-texts';
import { type Variables, withoutLogin } from './login';
import { runTool } from './run-tool';

type HelmRequest = Extract<SourceRequest, { kind: 'helm' }>;

/** How the repository of a URL with a login is called in helm's own list. */
const LISTED = 'source';

/** What a chart renders, as one text. Rejects with an error that names the chart and what helm said. */
export async function fetchHelm(
  request: HelmRequest,
  environment: Variables,
  signal: AbortSignal,
): Promise<SourceFiles> {
  const { repo, chart, version, template, valueFiles, values } = request;
  const shownRepo = withoutLogin(repo);
  const folder = await mkdtemp(join(tmpdir(), 'ork-helm-'));
  const what = `chart ${chart} ${version} of ${shownRepo}`;
  const helm = (...args: readonly string[]): Promise<string> =>
    runTool({ what, name: 'helm', args, folder, variables: ownFolders(folder) }, environment, signal);
  try {
    const inline = join(folder, 'values.json');
    await writeFile(inline, values, { mode: 0o600 });
    const files = [...valueFiles, inline].flatMap((file) => ['--values', file]);
    const shown = template === undefined ? [] : ['--show-only', template];
    let source = [chart];
    let from: readonly string[] = [];
    if (repo.startsWith('oci://')) {
      source = [`${repo.replace(/\/$/, '')}/${chart}`];
    } else if (repo === shownRepo) {
      from = ['--repo', repo];
    } else {
      await listRepository(folder, repo);
      await helm('repo', 'update', '--fail-on-repo-update-fail');
      source = [`${LISTED}/${chart}`];
    }
    // Behind `--` nothing is an option, whatever it is called.
    const text = await helm('template', '--version', version, ...from, ...files, ...shown, '--', 'katalog', ...source);
    return { container: `helm:${shownRepo}/${chart}@${version}`, texts: new Map([['rendered.yaml', text]]) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A login is in no list of processes: helm reads it from a file. JSON is YAML. */
async function listRepository(folder: string, repo: string): Promise<void> {
  const { username, password } = new URL(repo);
  const login = { username: decodeURIComponent(username), password: decodeURIComponent(password) };
  const { HELM_CONFIG_HOME: config = folder } = ownFolders(folder);
  await mkdir(config, { recursive: true });
  const listed = { apiVersion: 'v1', repositories: [{ name: LISTED, url: withoutLogin(repo), ...login }] };
  await writeFile(join(config, 'repositories.yaml'), JSON.stringify(listed), { mode: 0o600 });
}

/** Repositories that the user of this machine has added say nothing about a Katalog. */
function ownFolders(folder: string): Variables {
  return {
    HELM_CACHE_HOME: join(folder, 'cache'),
    HELM_DATA_HOME: join(folder, 'data'),
    HELM_CONFIG_HOME: join(folder, 'config'),
    HELM_REPOSITORY_CONFIG: join(folder, 'config/repositories.yaml'),
    HELM_REPOSITORY_CACHE: join(folder, 'cache/repository'),
    HELM_PLUGINS: join(folder, 'data/plugins'),
  };
}
