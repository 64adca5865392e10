// A field set made good for a schema that changed since: where a list or a map became atomic, who owned something in it
// owns it as a whole.
import { FieldSet } from './field-set';
import { type FieldPath, type PathElement } from './path-element';
import { facetOf, type Shape } from './shape';

export function reconcileWithSchema(set: FieldSet, shape: Shape): FieldSet {
  const becameAtomic: FieldPath[] = [];
  walk({ set, shape, path: [], isMemberOnly: false }, becameAtomic);
  if (becameAtomic.length === 0) return set;
  const whole = FieldSet.of(...becameAtomic);
  return set.recursiveDifference(whole).union(whole);
}

interface Place {
  readonly set: FieldSet;
  readonly shape: Shape;
  readonly path: FieldPath;
  /** The place is owned, nothing below it. */
  readonly isMemberOnly: boolean;
}

function walk(place: Place, becameAtomic: FieldPath[]): void {
  const { set, shape, path, isMemberOnly } = place;
  const facet = facetOf(shape, undefined);
  if (facet === undefined || facet === 'scalar') return;
  if (facet === 'map' && shape.map?.isDeduced === true) return;
  const isAtomic = facet === 'map' ? shape.map?.isAtomic : shape.list?.isAtomic;
  if (!isMemberOnly && isAtomic === true) {
    if (facet === 'list' || !set.isEmpty) becameAtomic.push(path);
    return;
  }
  for (const element of new Map([...set.members, ...[...set.children].map(elementOf)]).values()) {
    const below = facet === 'map' ? fieldShape(shape, element) : shape.list?.items;
    if (below === undefined) continue;
    const child = set.children.get(element.id);
    walk(
      {
        set: child?.set ?? FieldSet.EMPTY,
        shape: below,
        path: [...path, element],
        isMemberOnly: child === undefined && set.members.has(element.id),
      },
      becameAtomic,
    );
  }
}

function elementOf([id, child]: [string, { readonly element: PathElement }]): [string, PathElement] {
  return [id, child.element];
}

function fieldShape(shape: Shape, element: PathElement): Shape | undefined {
  return shape.map?.field(element.kind === 'field' ? element.name : '');
}
