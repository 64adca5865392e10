// A Simulate file: docs/reference/simulate.md is made from these descriptions.
import { bool, integer, list, literal, mapOf, object, oneOf, optional, required } from '../../schema';
import { filePath } from './file-path';
import { orIncluded } from './include';
import { suiteMetadata, testedFiles } from './suite.fields';

const verb = oneOf(['create', 'apply', 'update', 'delete', 'patch']);

const matched = {
  cycle: optional(integer(1), 'The cycle, from 1.', { default: 'any' }),
  resource: required(
    literal,
    'Lower-case plural, such as deployments; of a patch of the custom resource also status, labels, annotations, finalizers, spec.',
  ),
  name: optional(literal, 'Name of the object.', { default: 'any' }),
};

const expected = object('expected operation', {
  ...matched,
  verb: required(verb, 'What is done; apply is a server-side apply.'),
  count: optional(integer(1), 'At least so many.', { default: '1' }),
});

const unwanted = object('unwanted operation', {
  ...matched,
  verb: optional(verb, 'What must not be done.', { default: 'any' }),
});

const expectations = {
  noErrors: optional(bool, 'No cycle may fail.', { default: 'false' }),
  steady: optional(bool, 'A cycle has to do what the one before it did.', { default: 'false' }),
  steadyAt: optional(integer(1), 'In this cycle at the latest.'),
  ops: optional(list(orIncluded(expected, 'ops')), 'Operations that have to be seen.'),
  absent: optional(list(orIncluded(unwanted, 'ops')), 'Operations that must not be seen.'),
} as const;

const expectation = object('expectation', {
  ...expectations,
  crds: optional(
    mapOf(object('expectation of a CRD', expectations)),
    'By name of a CRD; what stands here replaces the rest for this CRD as a whole.',
  ),
});

const spec = object('Simulate spec', {
  katalog: required(filePath, 'The Katalog or Komposer.'),
  ...testedFiles,
  mode: optional(
    oneOf(['live', 'classic']),
    'live: the whole engine. classic: the status of each cycle is that of the file, and only Deployments become ready.',
    {
      default: 'classic',
    },
  ),
  cycles: optional(integer(1), 'How often the resource is reconciled.', { default: '10' }),
  skipExternal: optional(bool, 'Calls to other systems are answered with nothing.', { default: 'false' }),
  target: optional(literal, 'Target of serve whose operatorBox is used.'),
  expect: optional(expectation, 'What has to happen; without it the operations are only shown.'),
});

/** The file. */
export const simulateField = object('Simulate', {
  apiVersion: required(literal, 'orkestra.orkspace.io/v1'),
  kind: required(literal, 'Simulate'),
  metadata: required(suiteMetadata, 'Name and description.'),
  imports: optional(list(filePath), 'Other Simulate files, which run in their order; for a file without spec.'),
  spec: optional(spec, 'What is simulated.'),
});

export type SimulateFile = NonNullable<ReturnType<typeof simulateField.decode>>;
