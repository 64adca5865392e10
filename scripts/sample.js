// What `npm start` and `npm run dev` run: the sample operator on the embedded Kubernetes API, or on the cluster that the
// command line names. The environment and ~/.kube/config never choose one here (docs/adr/0015): nobody's production is
// touched by trying the product.
'use strict';
const { join, relative } = require('node:path');

const ROOT = join(__dirname, '..');
const SAMPLE = join(ROOT, 'examples', 'beginner', '01-hello-website', 'katalog.yaml');

function isGiven(args, ...flags) {
  return args.some((arg) => flags.some((flag) => arg === flag || arg.startsWith(`${flag}=`)));
}

/** The arguments of `ork`. Without a cluster it is the embedded one; files of the user's own replace the sample. */
function orkArguments(args) {
  const cluster = isGiven(args, '--kubeconfig', '--context') ? '--apply-cr' : '--dev';
  const files = isGiven(args, '--file', '-f') ? [] : ['-f', relative(process.cwd(), SAMPLE)];
  return ['run', '--all', cluster, ...files, ...args];
}

module.exports = { ROOT, SAMPLE, isGiven, orkArguments };
