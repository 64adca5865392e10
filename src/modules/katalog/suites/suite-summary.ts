// What a file of tests says of itself, for people.

interface About {
  readonly name: string;
  readonly description: string | undefined;
  /** As written. */
  readonly katalog: string | undefined;
  /** As written. */
  readonly crs: readonly string[];
  /** As written; each of them is right, too. */
  readonly imports: readonly string[];
}

export interface SimulateSummary extends About {
  readonly kind: 'Simulate';
  /** Undefined for a file of imports. */
  readonly cycles: number | undefined;
  /** Operations that have to be seen, and that must not be, with everything included. */
  readonly ops: number;
  readonly absent: number;
  readonly expects: boolean;
}

export interface E2eSummary extends About {
  readonly kind: 'E2E';
  /** `custom`: Orkestra is not installed; `imports`: the file only names others. */
  readonly mode: 'operator' | 'custom' | 'imports';
  readonly crds: readonly string[];
  readonly setup: { readonly apply: number; readonly helm: number; readonly wait: number };
  /** With everything included. */
  readonly checkpoints: readonly { readonly name: string; readonly after: string; readonly timeoutMs: number }[];
}

/** A file of tests that is right. */
export type SuiteSummary = SimulateSummary | E2eSummary;
