// All topics of the suite. ORK_CONFORMANCE_TOPICS=verbs,watch runs only these.
import { type Topic } from './harness/conformance-case';
import { CRDS } from './cases/crds';
import { DISCOVERY } from './cases/discovery';
import { GARBAGE } from './cases/garbage';
import { KINDS } from './cases/kinds';
import { PATCHES } from './cases/patches';
import { VERBS } from './cases/verbs';
import { WATCH } from './cases/watch';

export const ALL_TOPICS: readonly Topic[] = [DISCOVERY, VERBS, PATCHES, WATCH, CRDS, KINDS, GARBAGE];
const chosen = process.env.ORK_CONFORMANCE_TOPICS?.split(',');

export const TOPICS = ALL_TOPICS.filter(({ name }) => chosen?.includes(name) ?? true);
