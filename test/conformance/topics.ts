// All topics of the suite, in the order of their golden files.
import { type Topic } from './harness/conformance-case';
import { VERBS } from './cases/verbs';

export const TOPICS: readonly Topic[] = [VERBS];
