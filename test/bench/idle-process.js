// A process for the memory row: with `sandbox` it serves 200 objects, without it does nothing; then it rests.
'use strict';
const { join } = require('node:path');

const OBJECTS = 200;
const CONFIG_MAPS = { group: '', version: 'v1', kind: 'ConfigMap', plural: 'configmaps', namespaced: true };

async function serve() {
  const { startSandbox } = require(join(__dirname, '..', '..', 'dist', 'modules', 'sandbox', 'index.js'));
  const { api } = await startSandbox({ port: 0 });
  for (let index = 0; index < OBJECTS; index++) {
    await api.create(CONFIG_MAPS, 'default', { metadata: { name: `c${index}` }, data: { text: 'some words' } });
  }
}

setInterval(() => undefined, 60_000);
(process.argv[2] === 'sandbox' ? serve() : Promise.resolve()).then(() => process.send('idle'));
process.once('disconnect', () => process.exit());
