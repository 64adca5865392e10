// An E2E file: docs/reference/e2e.md is made from these descriptions.
import { conditionList, userNoteList } from '../../expression';
import {
  anything,
  bool,
  dnsLabel,
  duration,
  either,
  integer,
  list,
  literal,
  mapOf,
  object,
  oneOf,
  optional,
  required,
} from '../../schema';
import { type SourceNode } from '../../common';
import { commandField, kubectlField } from './e2e-checks.fields';
import { filePath } from './file-path';
import { orIncluded } from './include';
import { suiteMetadata, testedFiles } from './suite.fields';

const isList = (node: SourceNode): boolean => node.kind === 'list';
const isScalar = (node: SourceNode): boolean => node.kind === 'scalar';

const importField = object('E2E import', {
  path: required(filePath, 'An E2E file.'),
  freshCluster: optional(bool, 'It gets a cluster of its own.', { default: 'false' }),
  wait: optional(duration, 'Pause before it.'),
});

const cluster = object('cluster', {
  provider: optional(oneOf(['kind']), 'What makes the cluster.', { default: 'kind' }),
  name: optional(dnsLabel, 'Its name.', { default: 'ork-e2e' }),
  reuse: optional(bool, 'One of this name that is there already is used.', { default: 'false' }),
});

const waits = list(
  object('wait', {
    kind: required(literal, 'Any kind that kubectl knows.'),
    name: required(literal, 'Name.'),
    namespace: optional(literal, 'Namespace.', { default: 'default' }),
    ready: optional(bool, 'It has to be ready; else it only has to be there.', { default: 'false' }),
    timeout: optional(duration, 'How long is waited.', { default: '30s' }),
  }),
);

const applied = list(
  either(
    isScalar,
    filePath,
    object('setup of a test', {
      path: required(filePath, 'A manifest.'),
      wait: optional(waits, 'What has to be there before the next one.'),
    }),
  ),
);

const chart = object('chart', {
  repo: optional(literal, 'URL of the repository; not for a chart in a folder.'),
  chart: required(literal, 'Name of the chart, or its folder.'),
  release: optional(literal, 'Name of the release.', { default: 'that of the chart' }),
  namespace: optional(literal, 'Namespace.', { default: 'default' }),
  version: optional(literal, 'Version of the chart.'),
  valueFiles: optional(list(filePath), 'Files with values; a later one wins.'),
  values: optional(mapOf(anything), 'Values; they win over files.'),
  createNamespace: optional(bool, 'The namespace is made.', { default: 'false' }),
  wait: optional(waits, 'What has to be there before the next one.'),
});

const setup = object('setup before a test', {
  apply: optional(applied, 'Manifests, first.'),
  helm: optional(list(chart), 'Charts, then.'),
  wait: optional(waits, 'What has to be there at last.'),
});

const diagnosis = object('diagnosis', {
  kubectl: optional(kubectlField, 'What kubectl shows.'),
  commands: optional(list(commandField), 'Commands of a shell.'),
});

const checkedResource = object('checked resource', {
  kind: required(literal, 'Any kind that kubectl knows.'),
  name: optional(literal, 'Name.', { default: 'any of the kind' }),
  namespace: optional(literal, 'Namespace.', { default: 'default' }),
  count: optional(integer(0), '0: there is none. Else, without a name: exactly so many.'),
  ready: optional(bool, 'As many are ready as are wanted.', { default: 'false' }),
});

const checkpoint = object('checkpoint', {
  name: required(literal, 'Shown in the results.'),
  after: optional(oneOf(['setup-complete', 'cr-applied', 'cr-deleted']), 'When it is looked at.', {
    default: 'setup-complete',
  }),
  timeout: optional(duration, 'How long it may take until all of it holds.', { default: '60s' }),
  wait: optional(duration, 'Pause before the first look.'),
  workDir: optional(filePath, 'Where commands run.', { default: 'the folder of the file' }),
  when: optional(conditionList, 'All must pass, else it is skipped.'),
  or: optional(conditionList, 'At least one must pass.'),
  resources: optional(list(checkedResource), 'Objects.'),
  commands: optional(list(commandField), 'Commands of a shell.'),
  kubectl: optional(kubectlField, 'What kubectl does, and what it answers.'),
  onFailure: optional(diagnosis, 'What is shown when it fails.'),
});

const spec = object('E2E spec', {
  katalog: optional(filePath, 'The Katalog or Komposer.'),
  ...testedFiles,
  init: optional(
    object('init', {
      pack: required(literal, 'Name of a pack.'),
      example: required(literal, 'Folder in it.'),
    }),
    'Katalog and CR of an example that ork init has.',
  ),
  cluster: optional(cluster, 'Where the tests run.'),
  valuesFiles: optional(list(filePath), 'Values for the chart of Orkestra.'),
  setup: optional(either(isList, applied, setup), 'What has to be there first; a list is short for apply.'),
  custom: optional(
    object('custom', { target: required(oneOf(['kubernetes']), 'kubernetes: any workload.') }),
    'Orkestra is not installed: something else is tested.',
  ),
  notes: optional(
    object('notes of a test', { functions: optional(userNoteList, 'Functions that conditions may call.') }),
    'Functions for when and or.',
  ),
  onFailure: optional(diagnosis, 'What is shown at the end when something failed.'),
  expect: optional(list(orIncluded(checkpoint, 'expect')), 'What has to hold, in order.'),
});

/** The file. */
export const e2eField = object('E2E', {
  apiVersion: required(literal, 'orkestra.orkspace.io/v1'),
  kind: required(literal, 'E2E'),
  metadata: required(suiteMetadata, 'Name and description.'),
  imports: optional(list(either(isScalar, filePath, importField)), 'Other E2E files, which run after this one.'),
  spec: optional(spec, 'What is tested.'),
});

export type E2eFile = NonNullable<ReturnType<typeof e2eField.decode>>;
