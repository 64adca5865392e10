// The client program of test/kube/assets/clients. `npm run kube:assets` builds it with the servers; run directly, this
// prints the path of the binary.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { buildProgram, printPath, SOURCES } = require('./built-program.js');

const PROGRAM = 'go-client';

/** Resolves to its path; rejects with what the compiler said. */
function buildClient() {
  const sources = fs.readdirSync(path.join(SOURCES, 'clients', PROGRAM)).sort();
  return buildProgram({
    program: PROGRAM,
    prefix: 'client',
    module: 'clients',
    inputs: ['go.mod', 'go.sum', ...sources.map((name) => path.join(PROGRAM, name))],
    args: ['-ldflags', '-s -w', `./${PROGRAM}`],
  });
}

module.exports = { buildClient };

if (require.main === module) printPath('kube:client', buildClient());
