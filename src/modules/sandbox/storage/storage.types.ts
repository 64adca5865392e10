import { type JsonObject } from '../../common';

/** One change of one object. Both objects are as they were stored: nobody changes them. */
export interface StoredEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly revision: number;
  /** After the change; for DELETED the last state with the revision of its deletion. */
  readonly object: JsonObject;
  readonly previous: JsonObject | undefined;
  /** The text of the event for watches, by form: made once however many watches there are. */
  readonly lines: Map<string, string>;
}

/** Where an object is: namespace is '' for cluster-scoped ones. */
export interface StorageKey {
  readonly namespace: string;
  readonly name: string;
}

/** What was changed, told to the journal. */
export interface StoredChange {
  readonly resourceId: string;
  readonly key: StorageKey;
  readonly revision: number;
  /** Undefined: it was removed. */
  readonly object: JsonObject | undefined;
}
