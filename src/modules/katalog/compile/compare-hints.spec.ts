// How objects of a kind are compared has to be what the Kubernetes OpenAPI schema says about every list, map and number
// that an entry can build.
import { isJsonObject, type JsonValue } from '../../common';
import { type KindFacts } from '../../resources';
import { builtinSchema, type CompareHints, type TypeSchema } from '../../schema';
import { golden } from '../testing/golden';
import { itemsOfSpec } from '../testing/items';
import { build, compile, onlyCrd, WEBSITE } from '../testing/katalog-source';

interface Said {
  readonly mergeKeys: Map<string, readonly string[]>;
  readonly sets: Set<string>;
  readonly quantities: Set<string>;
  readonly intOrString: Set<string>;
  readonly atomicMaps: Set<string>;
}

/** Always sent as numbers. */
const NOT_NEEDED = /Probe\.(httpGet|tcpSocket)\.port$/;

/** The selector of a workload never changes. */
function isImmutable({ isWorkload }: KindFacts, path: string): boolean {
  return isWorkload && path === 'spec.selector';
}

/** What the schema says about the places of this value. */
function walk(value: JsonValue | undefined, schema: TypeSchema | undefined, path: string, said: Said): void {
  if (value === undefined || schema === undefined) return;
  if (schema.format === 'quantity') said.quantities.add(path);
  if (schema.format === 'int-or-string') said.intOrString.add(path);
  if (Array.isArray(value)) {
    if (schema.listType === 'map') said.mergeKeys.set(`${path}[]`, schema.listMapKeys ?? []);
    if (schema.listType === 'set') said.sets.add(path);
    for (const item of value as readonly JsonValue[]) walk(item, schema.items, `${path}[]`, said);
    return;
  }
  if (!isJsonObject(value)) return;
  // An item is compared as its list says.
  if (schema.isAtomicMap === true && !path.endsWith('[]')) said.atomicMaps.add(path);
  for (const [key, inner] of Object.entries(value)) {
    const isFree = schema.properties?.has(key) !== true;
    const below = isFree ? '*' : key;
    const field = isFree ? schema.additionalProperties : schema.properties?.get(key);
    walk(inner, field, path === '' ? below : `${path}.${below}`, said);
  }
}

/** Only what the objects hold: a hint for a field that this Katalog does not set is not looked at. */
function sayings({ mergeKeys, sets, quantities, intOrString, atomicMaps = [] }: CompareHints, said: Said): unknown {
  const known = (places: readonly string[], found: { has(path: string): boolean }): readonly string[] =>
    places.filter((place) => found.has(place)).sort();
  return {
    mergeKeys: known(Object.keys(mergeKeys), said.mergeKeys).map((path) => [path, mergeKeys[path]]),
    sets: known(sets, said.sets),
    quantities: known(quantities, said.quantities),
    intOrString: known(intOrString, said.intOrString),
    atomicMaps: known(atomicMaps, said.atomicMaps),
  };
}

it.each(['shop', 'team'])('the hints of every kind in %s are those of its schema', (name) => {
  const crd = onlyCrd(compile(golden(`${name}.katalog.yaml`)));
  for (const facts of crd.childKinds) {
    const said: Said = {
      mergeKeys: new Map(),
      sets: new Set(),
      quantities: new Set(),
      intOrString: new Set(),
      atomicMaps: new Set(),
    };
    const { group, version, kind } = facts.resource;
    const schema = builtinSchema(group, version, kind);
    expect([kind, schema === undefined]).toEqual([kind, false]);
    for (const entry of [...crd.onCreate.entries, ...crd.onReconcile.entries].filter((it) => it.facts === facts)) {
      const source = entry.copy === undefined ? undefined : { data: { key: 'value' } };
      for (const data of itemsOfSpec(entry, WEBSITE)) walk(build(entry, data, source), schema, '', said);
    }
    expect([kind, sayings(facts.compare, said)]).toEqual([
      kind,
      {
        mergeKeys: [...said.mergeKeys].sort(([a], [b]) => (a < b ? -1 : 1)),
        sets: [...said.sets].sort(),
        quantities: [...said.quantities].sort(),
        intOrString: [...said.intOrString].filter((path) => !NOT_NEEDED.test(path)).sort(),
        atomicMaps: [...said.atomicMaps].filter((path) => !isImmutable(facts, path)).sort(),
      },
    ]);
  }
});
