// A CRD entry that comes into another Katalog takes along what its own Katalog said of itself.
import { type MapNode } from '../../common';
import { mapAt, nodeAt, withEntries, withValue, withValueAt } from '../source/tree';

/** Keys of a CRD entry, and of `metadata` of the Katalog that it stands in. */
const STAMPS = [
  ['katalogNamespace', 'namespace'],
  ['katalogDescription', 'description'],
  ['katalogVersion', 'version'],
] as const;

/** Every CRD entry with the three; one that has them keeps them: it came from elsewhere before. */
export function withOrigin(root: MapNode): MapNode {
  const crds = mapAt(root, 'spec', 'crds');
  if (crds === undefined) return root;
  const entries = [...crds.entries.values()].map((entry) => {
    let { value } = entry;
    for (const [key, from] of STAMPS) {
      const said = nodeAt(root, 'metadata', from);
      if (value.kind === 'map' && said !== undefined && !value.entries.has(key)) value = withValue(value, key, said);
    }
    return value === entry.value ? entry : { ...entry, value };
  });
  return withValueAt(root, ['spec', 'crds'], withEntries(crds, entries));
}
