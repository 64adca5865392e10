/** L4: one pass for one object: observe, prepare, render, diff, act, status. */
export type {
  Activity,
  ActivityListener,
  ChildSource,
  CrSource,
  Inventory,
  KindLookup,
  KindState,
  ObservedChild,
  Outcome,
  Reconciler,
  ReconcilerPorts,
  SourceLookup,
  UnobservedKind,
} from './reconciler.types';
export { CrReconciler, type ReconcilerMode } from './cr-reconciler';
export { type ReconcilerFactory, ReconcilerModule } from './reconciler.module';
export { RECONCILER_FACTORY } from './reconciler.tokens';
export { ourFinalizers } from './deletion/cr-metadata';
export { uniqueIndices } from './unique-fields';
export { ASKED_ENTRIES, CHILD_SELECTOR, isCached, reduceChild } from './children/reduce-child';
