import { type Activity } from '../reconciler';

/** Live lines of a run: what the operator does, and what it has to say itself. */
export interface Announcer {
  activity(activity: Activity): void;
  /** One line about the process: leading, standing by, a CRD that is missing. */
  note(text: string): void;
}
