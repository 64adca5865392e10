// `npm run bench`: builds what is measured, then hands over to TypeScript (compiled on the fly, as dist is).
'use strict';
const { execFileSync } = require('node:child_process');
const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..', '..');

for (const script of ['build.js', 'kube-assets.js']) {
  execFileSync(process.execPath, [join(root, 'scripts', script)], { stdio: ['ignore', 'ignore', 'inherit'] });
}
// Whoever ends the bench ends what it started: the control plane and the operator are its own children.
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    for (const thread of readdirSync('/proc/self/task')) {
      const children = readFileSync(`/proc/self/task/${thread}/children`, 'utf8').split(' ').filter(Boolean);
      for (const pid of children) process.kill(Number(pid), 'SIGKILL');
    }
    process.exit(130);
  });
}
require('reflect-metadata');
require('../../scripts/load-typescript');
require('./bench.ts')
  .main(process.argv.slice(2))
  .then(
    (allMet) => process.exit(allMet ? 0 : 1),
    (error) => {
      console.error(`bench: ${error.stack ?? error}`);
      process.exit(1);
    },
  );
