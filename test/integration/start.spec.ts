// `npm start` and `npm run dev`: which cluster the sample runs on. dev.spec.ts proves that the environment names none.
// eslint-disable-next-line @typescript-eslint/no-require-imports
const { orkArguments } = require('../../scripts/sample.js') as {
  orkArguments: (args: readonly string[]) => readonly string[];
};
const SAMPLE = 'examples/beginner/01-hello-website/katalog.yaml';

it.each([[['--kubeconfig', 'k']], [['--context=c']]])('runs the sample on the cluster that %j names', (args) => {
  expect(orkArguments(args)).toEqual(['run', '--all', '--apply-cr', '-f', SAMPLE, ...args]);
});

it.each([[[]], [['--help']], [['--data', 'objects']]])(
  'runs the sample on the embedded Kubernetes API with %j',
  (args) => {
    expect(orkArguments(args)).toEqual(['run', '--all', '--dev', '-f', SAMPLE, ...args]);
  },
);

it('runs the files that are named instead of the sample', () => {
  const args = ['--context', 'c', '-f', 'mine.yaml'];
  expect(orkArguments(args)).toEqual(['run', '--all', '--apply-cr', ...args]);
});
