// A few of the cases of `npm run fuzz:katalog`, the same each time.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fuzzKatalogs } from './katalog/fuzz';
import { minimise } from './katalog/minimise';

it('no mutated Katalog crashes the load, or gets an answer without a place', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ork-fuzz-sample-'));
  const findings: string[] = [];
  try {
    const { compiled, refused } = await fuzzKatalogs(
      { folder, seed: 6, from: 0, until: 60, step: 1 },
      () => undefined,
      ({ text }) => findings.push(text),
    );
    expect(findings).toEqual([]);
    expect([compiled > 5, refused > 5, compiled + refused]).toEqual([true, true, 60]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

it('what fails is made as small as it can be', async () => {
  const text = Array.from({ length: 30 }, (_, index) => `line ${index}`).join('\n');
  const small = await minimise(text, (shorter) => Promise.resolve(/7[^]*19/.test(shorter)));
  expect(small).toBe('719');
});
