// Golden files: what a spec computes stands beside it as JSON. `UPDATE_GOLDEN=1 npx jest <spec>` writes them anew; the
// difference is then read like code.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(__dirname, 'golden');

export function golden(name: string): string {
  return readFileSync(join(FOLDER, name), 'utf8');
}

export function expectGolden(name: string, value: unknown): void {
  const text = `${JSON.stringify(value, undefined, 2)}\n`;
  // eslint-disable-next-line no-restricted-properties -- no setting of the product: how a person runs the specs
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(join(FOLDER, name), text);
  expect(JSON.parse(text)).toEqual(JSON.parse(golden(name)));
  // Key order is part of what is sent: the hash of the object depends on it.
  expect(text).toBe(golden(name));
}
