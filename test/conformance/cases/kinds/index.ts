// Topic 6: defaults, validation and rules of the built-in kinds.
import { topic } from '../../harness/conformance-case';
import { CHANGES } from './changes';
import { DEFAULTS } from './defaults';
import { RULES } from './rules';
import { STATUSES } from './statuses';
import { SUBRESOURCES } from './subresources';

export const KINDS = topic('kinds', [DEFAULTS, RULES, CHANGES, SUBRESOURCES, STATUSES]);
