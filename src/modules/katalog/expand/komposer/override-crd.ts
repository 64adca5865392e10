// What a Komposer says of a CRD that it imports: what it declares stands in the place of what was imported.
import { type MapNode, type ProblemList, type SourceNode } from '../../../common';
import { itemsAt, listOf, nodeAt, textAt, withoutKey, withValue } from '../../source/tree';
import { CODE } from '../../validate/codes';

/** Lists that grow: forbidding and cleaning up are never taken back. */
const UNIONS = ['restrictedNamespaces', 'allowedNamespaces', 'operatorBox.finalizers'];
/** Maps whose keys are settings of their own. Every other value is replaced as a whole. */
const NESTED = ['operatorBox', 'operatorBox.reconciler', 'operatorBox.reconciler.queue', 'endpoints', 'webhooks'];

/** The entry that results; `from` is where the override stands. */
export function overrideCrd(base: MapNode, override: MapNode, problems: ProblemList): MapNode {
  if (textAt(override, 'enabled') === 'true' && textAt(base, 'enabled') === 'false') {
    const { position, path } = nodeAt(override, 'enabled') ?? override;
    const message = 'the imported Katalog disables this CRD: an override can disable, never enable';
    problems.add({ severity: 'error', code: CODE.override, message, position, path });
  }
  return overrideMap(base, withoutNeedless(override), '');
}

/** `enabled: true` is what an entry has without it; an apiTypes without a kind only changes some of its keys. */
function withoutNeedless(override: MapNode): MapNode {
  return textAt(override, 'enabled') === 'true' ? withoutKey(override, 'enabled') : override;
}

function overrideMap(base: MapNode, override: MapNode, path: string): MapNode {
  let merged = base;
  for (const { key, value } of override.entries.values()) {
    if (value.kind === 'scalar' && value.value === null) continue;
    merged = withValue(merged, key, overrideValue(nodeAt(base, key), value, path === '' ? key : `${path}.${key}`));
  }
  return merged;
}

function overrideValue(base: SourceNode | undefined, value: SourceNode, path: string): SourceNode {
  if (base === undefined) return value;
  if (UNIONS.includes(path) && value.kind === 'list') return union(base, value);
  if (base.kind !== 'map' || value.kind !== 'map') return value;
  const isPartial = path === 'apiTypes' && textAt(value, 'kind') === undefined;
  return isPartial || NESTED.includes(path) ? overrideMap(base, value, path) : value;
}

/** The imported items first, each once. */
function union(base: SourceNode, added: SourceNode): SourceNode {
  const own = itemsAt(base);
  const known = new Set(own.map((item) => textAt(item)));
  return listOf([...own, ...itemsAt(added).filter((item) => !known.has(textAt(item)))], base);
}
