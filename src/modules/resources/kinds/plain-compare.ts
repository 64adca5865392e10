import { type CompareHints } from '../../schema';

/** What every kind has to be compared by: one owner for each uid. */
export const OWNER_KEYS = { 'metadata.ownerReferences[]': ['uid'] } as const;

/** A kind whose lists are whole values and that the server writes back as it got it. */
export const PLAIN_COMPARE: CompareHints = { mergeKeys: OWNER_KEYS, sets: [], quantities: [], intOrString: [] };

/** roleRef is one value of its own (x-kubernetes-map-type: atomic). */
export const BINDING_COMPARE: CompareHints = { ...PLAIN_COMPARE, atomicMaps: ['roleRef'] };
