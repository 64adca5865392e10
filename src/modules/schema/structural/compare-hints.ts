/**
 * How two objects of a kind are compared. Paths are dotted with `[]` for "items of": `spec.template.spec.containers[]`.
 * Lists without a merge key are atomic. Values are compared as JSON unless a path is listed as quantity or int-or-string.
 */
export interface CompareHints {
  /** List path -> keys that identify an item (listType=map of the Kubernetes schema). */
  readonly mergeKeys: Readonly<Record<string, readonly string[]>>;
  /** Lists of scalars in which order means nothing (listType=set). */
  readonly sets: readonly string[];
  /** Paths (a trailing `*` matches every key of a map) whose values are resource quantities. */
  readonly quantities: readonly string[];
  /** Paths whose values may be written as number or text. */
  readonly intOrString: readonly string[];
  /** Maps that one manager owns as a whole (x-kubernetes-map-type: atomic): a key more is a difference. */
  readonly atomicMaps?: readonly string[];
  /** Atomic lists to whose items the server adds members of its own: those are no difference. */
  readonly completedItems?: readonly string[];
  /** Paths where the server leaves false, 0 and "" out: there they equal an absent value. */
  readonly zeroOmitted?: readonly string[];
}
