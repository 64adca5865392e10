// Binaries and the build, once for the whole run.
const { execFileSync } = require('node:child_process');
const { join } = require('node:path');
const buildWhenChanged = require('../../../scripts/build-when-changed');

module.exports = () => {
  execFileSync(process.execPath, [join(__dirname, '../../../scripts/kube-assets.js')], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  buildWhenChanged();
};
