// Topic 5: CustomResourceDefinitions and their objects.
import { topic } from '../../harness/conformance-case';
import { DEFINITION_CASES } from './definitions';
import { OBJECT_CASES } from './objects';

export const CRDS = topic('crds', [DEFINITION_CASES, OBJECT_CASES]);
