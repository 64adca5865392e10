// `npm run fuzz:template -- [--count 200000] [--seed N]`: random templates on random data, our engine beside Go's.
'use strict';
const { execFileSync, spawn } = require('node:child_process');
const { mkdtempSync, readFileSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { parseArgs } = require('node:util');
const { transformSync } = require('@swc/core');

const root = join(__dirname, '..', '..', '..');
const swcrc = { ...JSON.parse(readFileSync(join(root, '.swcrc'), 'utf8')), exclude: undefined };
require.extensions['.ts'] = (module, filename) => {
  const options = { ...swcrc, filename, swcrc: false, configFile: false, sourceMaps: 'inline' };
  module._compile(transformSync(readFileSync(filename, 'utf8'), options).code, filename);
};

const { values } = parseArgs({ options: { count: { type: 'string' }, seed: { type: 'string' } } });
const count = Number(values.count ?? 200_000);
const seed = Number(values.seed ?? Date.now() % 1_000_000_007);
console.log(`seed ${seed}, ${count} programs`);

const folder = mkdtempSync(join(tmpdir(), 'ork-fuzz-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const binary = join(folder, 'go-templates');
execFileSync('go', ['build', '-o', binary, '.'], { cwd: __dirname, stdio: 'inherit' });
const go = spawn(binary, ['serve'], { stdio: ['pipe', 'pipe', 'inherit'] });
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    go.kill();
    process.exit(130);
  });
}

require('./fuzz.ts')
  .fuzz(go, seed, count)
  .then(
    (found) => process.exit(found === 0 ? 0 : 1),
    (error) => {
      go.kill();
      console.error(`fuzz:template: ${error.stack ?? error}`);
      process.exit(1);
    },
  );
