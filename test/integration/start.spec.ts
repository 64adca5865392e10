// `npm start` and `npm run dev`: which cluster the sample may run on, and which never.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Project } from './support/ork';

// eslint-disable-next-line @typescript-eslint/no-require-imports
const { orkArguments } = require('../../scripts/sample.js') as {
  orkArguments: (args: readonly string[]) => readonly string[] | undefined;
};
const SAMPLE = 'examples/beginner/01-hello-website/katalog.yaml';

it.each(['start', 'dev'])('scripts/%s.js starts nothing on a cluster that only the environment names', (script) => {
  const project = new Project();
  // Nobody listens there, and nobody must try.
  project.kubeconfig('http://127.0.0.1:9');
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(__dirname, `../../scripts/${script}.js`)], {
    cwd: project.folder,
    env: { PATH: process.env['PATH'], HOME: project.folder, KUBECONFIG: join(project.folder, 'kubeconfig') },
    encoding: 'utf8',
  });
  project.remove();
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(/^error: no cluster is named/);
  expect(stderr).toContain('-- --kubeconfig <file>');
  expect(stderr).toContain('-- --context <name>');
});

it.each([[['--kubeconfig', 'k']], [['--context=c']], [['--help']]])('runs the sample with %j', (args) => {
  expect(orkArguments(args)).toEqual(['run', '--all', '--apply-cr', '-f', SAMPLE, ...args]);
});

it('runs the files that are named instead of the sample', () => {
  const args = ['--context', 'c', '-f', 'mine.yaml'];
  expect(orkArguments(args)).toEqual(['run', '--all', '--apply-cr', ...args]);
});
