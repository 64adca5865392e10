/** L4: one pass for one object: observe, prepare, render, diff, act, status. */
export type {
  Activity,
  ActivityListener,
  ChildSource,
  CrSource,
  Inventory,
  ObservedChild,
  Outcome,
  Reconciler,
  ReconcilerPorts,
  SourceLookup,
} from './reconciler.types';
export { CrReconciler } from './cr-reconciler';
export { reduceChild } from './children/reduce-child';
