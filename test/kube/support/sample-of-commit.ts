// Of a matrix that is tried whole elsewhere: one case of each class, another one with each commit. ORK_TEST_FULL=1 takes all.
import { execFileSync } from 'node:child_process';
import { Random } from '../../fuzz/random';

/** From what to one of it; the same for the same commit. */
export function sampleOfCommit<T>(): (cases: readonly T[]) => readonly T[] {
  if (process.env['ORK_TEST_FULL'] === '1') return (cases) => cases;
  const commit = headCommit();
  process.stdout.write(`one of each class, chosen by commit ${commit}\n`);
  const random = new Random(Number.parseInt(commit.slice(0, 8), 16));
  return (cases) => [random.pick(cases)];
}

function headCommit(): string {
  return execFileSync('git', ['rev-parse', 'HEAD'], { cwd: __dirname, encoding: 'utf8' }).trim();
}
