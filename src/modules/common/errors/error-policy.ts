// THE table: kind of error -> retry, log level, Event, condition, notification (DESIGN §4.2).
import { type ErrorKind } from './orkestra-error';

/** What follows from an error of a kind. */
export interface ErrorPolicy {
  /**
   * `backoff`: per-item exponential backoff. `quiet`: requeue after a short fixed pause without counting a failure.
   * `slow`: parked; tried again at the slow pace, because nothing is dropped for good (DESIGN §4.4).
   * `none`: only a change of the object brings it back.
   */
  readonly retry: 'backoff' | 'quiet' | 'slow' | 'none';
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
  /** Whether a Warning Event goes to the CR. */
  readonly event: boolean;
  /** Whether the failure counts against the health of the CRD. */
  readonly countsAsFailure: boolean;
  /** Reason of Ready=False; the pass may give a more exact one. */
  readonly conditionReason: 'ReconcileError' | 'Waiting';
  readonly notify: boolean;
}

const POLICIES: Readonly<Record<ErrorKind, ErrorPolicy>> = {
  UserError: {
    retry: 'slow',
    logLevel: 'warn',
    event: true,
    countsAsFailure: true,
    conditionReason: 'ReconcileError',
    notify: true,
  },
  Pending: {
    retry: 'quiet',
    logLevel: 'debug',
    event: false,
    countsAsFailure: false,
    conditionReason: 'Waiting',
    notify: false,
  },
  Conflict: {
    retry: 'backoff',
    logLevel: 'warn',
    event: true,
    countsAsFailure: true,
    conditionReason: 'ReconcileError',
    notify: true,
  },
  Transient: {
    retry: 'backoff',
    logLevel: 'warn',
    event: true,
    countsAsFailure: true,
    conditionReason: 'ReconcileError',
    notify: false,
  },
  Terminal: {
    retry: 'none',
    logLevel: 'error',
    event: true,
    countsAsFailure: true,
    conditionReason: 'ReconcileError',
    notify: true,
  },
  Bug: {
    retry: 'backoff',
    logLevel: 'error',
    event: true,
    countsAsFailure: true,
    conditionReason: 'ReconcileError',
    notify: true,
  },
};

/** What happens after an error of this kind. */
export function policyOf(kind: ErrorKind): ErrorPolicy {
  return POLICIES[kind];
}
