// How objects of a kind are compared, from its schema: only places that an entry fills are looked at, because schemas of
// built-in kinds hold themselves.
import { type CompareHints, type TypeSchema } from '../../schema';

type Draft = { -readonly [Key in keyof Required<CompareHints>]: Required<CompareHints>[Key] };

/** Below a value that a template gives as a whole. */
const MAX_DEPTH = 4;

export class SchemaHints {
  private readonly mergeKeys: Record<string, readonly string[]> = {};
  private readonly sets = new Set<string>();
  private readonly quantities = new Set<string>();
  private readonly intOrString = new Set<string>();
  private readonly atomicMaps = new Set<string>();

  /** What the schema says of one place. */
  add(path: string, schema: TypeSchema | undefined): void {
    if (schema === undefined || path === '') return;
    if (schema.format === 'quantity') this.quantities.add(path);
    if (schema.format === 'int-or-string') this.intOrString.add(path);
    if (schema.listType === 'map') this.mergeKeys[`${path}[]`] = schema.listMapKeys ?? [];
    if (schema.listType === 'set') this.sets.add(path);
    // An item is compared as its list says.
    if (schema.isAtomicMap === true && !path.endsWith('[]')) this.atomicMaps.add(path);
  }

  /** The same of all places below: nobody knows yet which of them the value will have. */
  addAll(path: string, schema: TypeSchema | undefined, above: readonly TypeSchema[] = []): void {
    if (schema === undefined || above.includes(schema) || above.length > MAX_DEPTH) return;
    this.add(path, schema);
    const seen = [...above, schema];
    this.addAll(`${path}[]`, schema.items, seen);
    this.addAll(`${path}.*`, schema.additionalProperties, seen);
    for (const [key, inner] of schema.properties ?? []) this.addAll(`${path}.${key}`, inner, seen);
  }

  /** Together with what is known of the kind already. */
  over(known: CompareHints): CompareHints {
    const merged: Draft = {
      mergeKeys: { ...this.mergeKeys, ...known.mergeKeys },
      sets: [...this.sets, ...known.sets],
      quantities: [...this.quantities, ...known.quantities],
      intOrString: [...this.intOrString, ...known.intOrString],
      atomicMaps: [...this.atomicMaps, ...(known.atomicMaps ?? [])],
      completedItems: known.completedItems ?? [],
      zeroOmitted: known.zeroOmitted ?? [],
    };
    return merged;
  }
}
