// What files of tests have in common: docs/reference/simulate.md, e2e.md.
import { list, literal, object, optional, required } from '../../schema';
import { filePath } from './file-path';

export const suiteMetadata = object('suite metadata', {
  name: required(literal, 'Name of the tests.'),
  description: optional(literal, 'What they prove.'),
});

/** The resources that the operator under test is given. */
export const testedFiles = {
  cr: optional(filePath, 'Custom resources.'),
  crFiles: optional(list(filePath), 'More of them; those of cr come first.'),
  crd: optional(filePath, 'CRD manifest; without one those that the Katalog names.'),
  crdFiles: optional(list(filePath), 'More CRD manifests.'),
} as const;
