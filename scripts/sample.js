// What `npm start` and `npm run dev` run: the sample operator on the cluster that the command line names. The environment
// and ~/.kube/config never choose one here (docs/adr/0015): nobody's production is touched by trying the product.
'use strict';
const { join, relative } = require('node:path');

const ROOT = join(__dirname, '..');
const SAMPLE = join(ROOT, 'examples', 'beginner', '01-hello-website', 'katalog.yaml');

function isGiven(args, ...flags) {
  return args.some((arg) => flags.some((flag) => arg === flag || arg.startsWith(`${flag}=`)));
}

/** The arguments of `ork`; undefined when no cluster is named. Files of the user's own replace the sample. */
function orkArguments(args) {
  const isHelp = isGiven(args, '--help', '-h');
  if (!isHelp && !isGiven(args, '--kubeconfig', '--context')) return undefined;
  const files = isGiven(args, '--file', '-f') ? [] : ['-f', relative(process.cwd(), SAMPLE)];
  return ['run', '--all', '--apply-cr', ...files, ...args];
}

/** Says which two ways there are. */
function explainMissingCluster(script) {
  console.error(
    [
      'error: no cluster is named, and an embedded Kubernetes API does not exist yet. Name the cluster:',
      `  ${script} -- --kubeconfig <file>   the current context of that kubeconfig`,
      `  ${script} -- --context <name>      that context of your own kubeconfig`,
      'The sample applies its CRD and one Website there (namespace default). Nothing was started.',
    ].join('\n'),
  );
}

module.exports = { ROOT, SAMPLE, explainMissingCluster, isGiven, orkArguments };
