import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

function check(...args: readonly string[]): { readonly status: number | null; readonly output: string } {
  const script = join(__dirname, '../../scripts/check.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

describe('npm run check', () => {
  it('runs the steps that are named, and says how long each took', () => {
    const { status, output } = check('repository');
    expect(output).toMatch(/^ok {5}repository +\d+\.\d s\ncheck passed in \d+\.\d s\n$/);
    expect(status).toBe(0);
  });

  it('refuses a step that it does not have, with the ones that it has', () => {
    const { status, output } = check('tslint');
    expect(output).toContain('no step tslint; there are eslint, tsc, prettier, depcruise, knip, repository');
    expect(status).toBe(1);
  });
});
