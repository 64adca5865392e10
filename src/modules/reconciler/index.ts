/** L4: one pass for one object: observe, prepare, render, diff, act, status. */
export type {
  Activity,
  ActivityListener,
  ChildSource,
  CrSource,
  Inventory,
  ObservedChild,
  Outcome,
  PassReport,
  Reconciler,
  ReconcilerPorts,
} from './reconciler.types';
