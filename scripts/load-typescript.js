// From here on this process loads TypeScript: swc compiles each file as it is required, with the options of the build.
'use strict';
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { transformSync } = require('@swc/core');

const swcrc = JSON.parse(readFileSync(join(__dirname, '..', '.swcrc'), 'utf8'));

require.extensions['.ts'] = (module, filename) => {
  const options = { ...swcrc, filename, swcrc: false, configFile: false, sourceMaps: 'inline' };
  module._compile(transformSync(readFileSync(filename, 'utf8'), options).code, filename);
};
