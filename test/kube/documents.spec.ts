// The runs that README.md and the sample's README.md show, compared with what is really printed.
import { join } from 'node:path';
import { ControlPlane } from './support/control-plane';
import { repositoryFile } from './support/repository-file';
import { eventually } from './support/eventually';
import { freePorts, ServerProcess } from './support/server-process';

const ROOT = join(__dirname, '../..');
const SAMPLE = join(ROOT, 'examples/beginner/01-hello-website');

let plane: ControlPlane;

beforeEach(async () => {
  plane = await ControlPlane.start({ runsWorkloads: true });
});

afterEach(() => plane?.stop());

/** Addresses, the place of the kubeconfig and the name of the context differ from run to run, and so does the order between processes. */
function normalised(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) =>
      line
        .replace(/\s*https?:\/\/127\.0\.0\.1:\d+/g, ' <address>')
        .replace(/--kubeconfig \S+/, '--kubeconfig <file>')
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

async function printed(args: readonly string[], cwd: string, cluster: NodeJS.ProcessEnv = {}): Promise<string> {
  const ork = join(ROOT, 'dist/cli/ork.js');
  const env = { ...process.env, NO_COLOR: '1', LOG_LEVEL: 'error', ...cluster };
  const run = new ServerProcess(process.execPath, [ork, 'run', ...args], env, cwd);
  try {
    await eventually('the sample is ready', () => /✓ website default\/hello {2}ready\n/.test(run.output), 60_000);
    await eventually('everything is said', () => run.output.includes('Ctrl-C stops.'));
    return run.output;
  } finally {
    await run.stop('SIGINT');
  }
}

describe('the run that is shown', () => {
  it('in README.md is what is printed', async () => {
    const [port] = await freePorts(1);
    const file = join('examples/beginner/01-hello-website/katalog.yaml');
    const cluster = ['--kubeconfig', plane.kubeconfig];
    const output = await printed(['--all', '--apply-cr', '-f', file, '--port', String(port), ...cluster], ROOT);
    expect(normalised(output)).toEqual(normalised(shownIn('README.md', 'runtime      ✓ website default/hello  ready')));
  });

  it('in the README.md of the sample is what is printed', async () => {
    const [port] = await freePorts(1);
    const output = await printed(['--apply-cr', '--port', String(port)], SAMPLE, { KUBECONFIG: plane.kubeconfig });
    const document = 'examples/beginner/01-hello-website/README.md';
    expect(normalised(output)).toEqual(normalised(shownIn(document, 'Running; Ctrl-C stops.')));
  });
});
