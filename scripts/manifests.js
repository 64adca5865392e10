// Writes what in deploy/manifests follows from the sample Katalog: the rights of the runtime, and the Katalog itself as a
// ConfigMap. Run it when the sample or the rules change; a test asks whether somebody forgot.
'use strict';
const { readFileSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { stringify } = require('yaml');
const { ROOT, SAMPLE } = require('./sample');

const NAMESPACE = 'orkestra-system';
const LABELS = { 'app.kubernetes.io/name': 'orkestra', 'app.kubernetes.io/part-of': 'orkestra' };
const RUNTIME = 'orkestra-runtime';

function clusterRole(rules) {
  return [
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: RUNTIME, labels: LABELS },
      rules,
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: RUNTIME, labels: LABELS },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: RUNTIME },
      subjects: [{ kind: 'ServiceAccount', name: RUNTIME, namespace: NAMESPACE }],
    },
  ];
}

function katalogConfigMap() {
  const files = ['katalog.yaml', 'crd.yaml'];
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'orkestra-katalog', namespace: NAMESPACE, labels: LABELS },
    data: Object.fromEntries(files.map((file) => [file, readFileSync(join(dirname(SAMPLE), file), 'utf8')])),
  };
}

/** File name -> text, for the rules of a runtime. */
function manifests(rules) {
  const head = '# Written by scripts/manifests.js from examples/beginner/01-hello-website; do not edit.\n';
  const text = (...documents) => head + documents.map((one) => stringify(one, { lineWidth: 0 })).join('---\n');
  return {
    'cluster-role.yaml': text(...clusterRole(rules)),
    'katalog.yaml': text(katalogConfigMap()),
  };
}

if (require.main === module) {
  require('./load-typescript');
  const { compileKatalog, deriveRuntimeRules } = require('../src/modules/katalog');
  for (const [file, content] of Object.entries(manifests(deriveRuntimeRules(compileKatalog([SAMPLE]))))) {
    writeFileSync(join(ROOT, 'deploy', 'manifests', file), content);
  }
}

module.exports = { manifests };
