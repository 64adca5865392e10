// `ork validate` of the sample as a user waits for it: a new process each time.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
const RUNS = 7;

/** Wall time of each run, ms. */
export function measureValidate(): readonly number[] {
  const args = [join(ROOT, 'dist/cli/ork.js'), 'validate', '-f', 'examples/beginner/01-hello-website/katalog.yaml'];
  return Array.from({ length: RUNS }, () => {
    const began = performance.now();
    execFileSync(process.execPath, args, { cwd: ROOT, stdio: 'ignore', timeout: 30_000 });
    return performance.now() - began;
  });
}
