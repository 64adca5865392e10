// Binaries and the build, once for the whole run.
const { execFileSync } = require('node:child_process');
const { join } = require('node:path');

module.exports = () => {
  for (const script of ['kube-assets.js', 'build.js']) {
    execFileSync(process.execPath, [join(__dirname, '../../../scripts', script)], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }
};
