import { type JsonValue } from '../../../common';

/** How a Go type writes its fields; fields that are written iff they were set are not named. */
export interface GoFields {
  /** The order in which they are written, where that is not the order of their names. Separated by spaces. */
  readonly order?: string;
  /** Not written when empty (`omitempty` of what is no pointer). Separated by spaces. */
  readonly drops?: string;
  /** Always written: with this value when never set. */
  readonly writes?: Readonly<Record<string, JsonValue>>;
}
