// One row of the table.
import { type Spread } from './statistics';

export const ROW_IDS = [
  'requests',
  'rest',
  'cpu',
  'seconds',
  'rss',
  'passes',
  'validate',
  'large',
  'start',
  'sandbox',
  'templates',
] as const;
export type RowId = (typeof ROW_IDS)[number];

export interface Row {
  readonly id: RowId;
  readonly what: string;
  readonly bar: string;
  readonly value: Spread;
  readonly unit: string;
  readonly isMet: boolean;
  /** Other figures that belong to it, in words. */
  readonly beside: string;
}
