// Topic 3: patches and server-side apply.
import { topic } from '../../harness/conformance-case';
import { APPLY } from './apply';
import { APPLY_CUSTOM } from './apply-custom';
import { JSON_PATCHES, MERGE_PATCHES } from './json-and-merge';
import { SCALE_CASES } from './scale';
import { STRATEGIC } from './strategic';

export const PATCHES = topic('patches', [JSON_PATCHES, MERGE_PATCHES, STRATEGIC, APPLY, APPLY_CUSTOM, SCALE_CASES]);
