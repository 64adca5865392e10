// What the recorded discovery table says, in its own short form.

/** A part of a resource with an address of its own. */
export interface RecordedSubresource {
  readonly name: string;
  /** Of the same group and version; else `group/version/kind`. */
  readonly kind: string;
  /** Separated by spaces. */
  readonly verbs: string;
}

export interface RecordedResource {
  readonly plural: string;
  readonly singular: string;
  readonly kind: string;
  readonly isNamespaced?: boolean;
  readonly verbs: string;
  readonly shortNames?: string;
  readonly categories?: string;
  /** Of the storage version; absent for what is not stored. */
  readonly hash?: string;
  readonly subresources?: readonly RecordedSubresource[];
}

export interface RecordedVersion {
  readonly version: string;
  readonly resources: readonly RecordedResource[];
}

export interface RecordedGroup {
  /** '' for the core group. */
  readonly group: string;
  /** The preferred one first. */
  readonly versions: readonly RecordedVersion[];
}
