// All topics of the suite.
import { type Topic } from './harness/conformance-case';
import { PATCHES } from './cases/patches';
import { VERBS } from './cases/verbs';
import { WATCH } from './cases/watch';

export const TOPICS: readonly Topic[] = [VERBS, PATCHES, WATCH];
