import { type JsonObject } from '../../../../src/modules/common';
import { type ResourceType } from '../../../../src/modules/kube';

/** One kind of child in the suite of all kinds: an entry of it, and what people do to its object. */
export interface KindRow {
  /** Key of the list in a block. */
  readonly listKey: string;
  /** Of an entry that names its kind itself; else that of the list. */
  readonly resource?: ResourceType;
  /** Lines of the entry, without its `name`. */
  readonly entry: readonly string[];
  /** A merge patch of members that the entry declares. */
  readonly edit: JsonObject;
  /** True: what people change stays, because an existing object of the kind is never written again. */
  readonly keepsEdits?: boolean;
  /** True: the object outlives its entry, unless the entry says something else. */
  readonly isRetained?: boolean;
  /** True: not ready as long as nobody makes volumes. */
  readonly needsVolume?: boolean;
}
