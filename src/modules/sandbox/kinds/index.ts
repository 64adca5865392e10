import { type ResourceDefinition } from '../registry';
import { builtinResources, type Strategies } from './builtin-resources';
import { STRATEGIES } from './strategies';

export { RECORDED_GROUPS, RECORDED_PATHS, RECORDED_VERSION } from './recorded/discovery.table';
export type { RecordedGroup, RecordedResource, RecordedSubresource, RecordedVersion } from './recorded/recorded-group';
export { tokenReviews } from './access';
export { ensurePart, fill, items, numberAt, part, parts, textAt } from './draft';
export { inGoOrder } from './go-form';
export type { KindStrategy } from './kind-strategy';
export { isSelected, labelsOf } from './rules';

/** All kinds that a new sandbox serves; `more` has strategies that need more than an object (CustomResourceDefinition). */
export function builtInKinds(more: Strategies = {}): readonly ResourceDefinition[] {
  return builtinResources({ ...STRATEGIES, ...more });
}
