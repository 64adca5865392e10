// The runs that the documents show, compared with what is really printed.
import { join } from 'node:path';
import { eventually } from '../kube/support/eventually';
import { repositoryFile } from '../kube/support/repository-file';
import { ServerProcess } from '../kube/support/server-process';

const ROOT = join(__dirname, '../..');
const SAMPLE = join(ROOT, 'examples/beginner/01-hello-website');

jest.setTimeout(60_000);

/** Addresses, the place of the kubeconfig and the name of the context differ from run to run, and so does the order between processes. */
function normalised(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) =>
      line
        .replace(/\s*https?:\/\/127\.0\.0\.1:\d+/g, ' <address>')
        .replace(/KUBECONFIG=\S+/, 'KUBECONFIG=<file>')
        .trimEnd(),
    )
    .filter((line) => line !== '' && !line.startsWith('$'))
    .sort();
}

/** The first console block that has this line. */
function shownIn(document: string, line: string): string {
  const blocks = [...repositoryFile(document).matchAll(/^```console\n(.*?)^```/gms)].map(([, block = '']) => block);
  return blocks.find((block) => block.split('\n').includes(line)) ?? '';
}

async function printed(args: readonly string[], cwd: string): Promise<string> {
  const ork = join(ROOT, 'dist/cli/ork.js');
  const env = { ...process.env, NO_COLOR: '1', LOG_LEVEL: 'error' };
  const run = new ServerProcess(process.execPath, [ork, 'run', '--dev', ...args], env, cwd);
  try {
    await eventually('the sample is ready', () => /✓ website default\/hello {2}ready\n/.test(run.output));
    await eventually('everything is said', () => run.output.includes('Ctrl-C stops.'));
    return run.output;
  } finally {
    await run.stop('SIGINT');
  }
}

describe('the run that is shown', () => {
  it('in README.md is what is printed', async () => {
    const file = join('examples/beginner/01-hello-website/katalog.yaml');
    const output = await printed(['--all', '-f', file], ROOT);
    expect(normalised(output)).toEqual(normalised(shownIn('README.md', 'runtime      ✓ website default/hello  ready')));
  });

  it('in the README.md of the sample is what is printed', async () => {
    const document = 'examples/beginner/01-hello-website/README.md';
    const output = await printed([], SAMPLE);
    expect(normalised(output)).toEqual(normalised(shownIn(document, 'Running; Ctrl-C stops.')));
  });

  it('in the guide is what is printed', async () => {
    const output = await printed([], SAMPLE);
    const shown = shownIn('docs/guide/getting-started.md', 'Running; Ctrl-C stops.');
    expect(normalised(output)).toEqual(normalised(shown.replace('Katalog   shop,', 'Katalog   hello-website,')));
  });
});
