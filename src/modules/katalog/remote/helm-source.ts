import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SourceFiles, type SourceRequest } from '../source/source-texts';
import { type Variables } from './login';
import { runTool } from './run-tool';

/** What a chart renders, as one text. Rejects with an error that names the chart and what helm said. */
export async function fetchHelm(
  { repo, chart, version, template, valueFiles, values }: Extract<SourceRequest, { kind: 'helm' }>,
  environment: Variables,
  signal: AbortSignal,
): Promise<SourceFiles> {
  const container = `helm:${repo}/${chart}@${version}`;
  const folder = await mkdtemp(join(tmpdir(), 'ork-helm-'));
  try {
    const inline = join(folder, 'values.json');
    await writeFile(inline, values, { mode: 0o600 });
    const source = repo.startsWith('oci://') ? [`${repo.replace(/\/$/, '')}/${chart}`] : [chart, '--repo', repo];
    const files = [...valueFiles, inline].flatMap((file) => ['--values', file]);
    const shown = template === undefined ? [] : ['--show-only', template];
    const args = ['template', 'katalog', ...source, '--version', version, ...files, ...shown];
    const what = `chart ${chart} ${version} of ${repo}`;
    const text = await runTool(
      { what, name: 'helm', args, folder, variables: ownFolders(folder) },
      environment,
      signal,
    );
    return { container, texts: new Map([['rendered.yaml', text]]) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Repositories that the user of this machine has added say nothing about a Katalog. */
function ownFolders(folder: string): Variables {
  return {
    HELM_CACHE_HOME: join(folder, 'cache'),
    HELM_DATA_HOME: join(folder, 'data'),
    HELM_CONFIG_HOME: join(folder, 'config'),
  };
}
