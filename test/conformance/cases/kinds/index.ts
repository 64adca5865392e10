// Topic 6: defaults, validation and rules of the built-in kinds.
import { topic } from '../../harness/conformance-case';
import { DEFAULTS } from './defaults';
import { RULES } from './rules';

export const KINDS = topic('kinds', [DEFAULTS, RULES]);
