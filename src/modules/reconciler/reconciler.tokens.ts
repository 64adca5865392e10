/** Injects the ReconcilerFactory. */
export const RECONCILER_FACTORY = Symbol('RECONCILER_FACTORY');
