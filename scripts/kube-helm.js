// The helm that the tests of Helm sources run: `npm run kube:assets` builds it after the servers; run directly, this
// prints the path of the binary. Its go.mod pins what helm shares with kubectl to the very versions of
// test/kube/assets/kubernetes (helm's own higher wishes are excluded): with the same flags the compiler then takes most of
// it from the build of the servers.
'use strict';
const { buildProgram, printPath } = require('./built-program.js');

/** Resolves to its path; rejects with what the compiler said. */
function buildHelm() {
  return buildProgram({
    program: 'helm',
    prefix: 'helm',
    module: 'helm',
    inputs: ['go.mod', 'go.sum'],
    args: ['-gcflags=all=-dwarf=false', '-ldflags', '-s -w', 'helm.sh/helm/v3/cmd/helm'],
  });
}

module.exports = { buildHelm };

if (require.main === module) printPath('kube:helm', buildHelm());
