// What the type check says about a template.

/** Codes of its problems; docs/reference/problems.md has a line for each. */
export const TYPE_CODE = {
  field: 'ORK1311',
  kind: 'ORK1312',
  comparison: 'ORK1313',
  result: 'ORK1314',
  unused: 'ORK1315',
} as const;

export interface TypeFinding {
  readonly code: (typeof TYPE_CODE)[keyof typeof TYPE_CODE];
  /** An error fails whenever evaluation gets there; a warning is most likely not what was meant. */
  readonly severity: 'error' | 'warning';
  readonly message: string;
  /** Offset in the template text. */
  readonly offset: number;
}

/** Collects findings; the same at the same place is one. */
export class Findings {
  private readonly found = new Map<string, TypeFinding>();

  add(finding: TypeFinding): void {
    this.found.set(`${finding.offset}\0${finding.message}`, finding);
  }

  all(): readonly TypeFinding[] {
    return [...this.found.values()].sort((a, b) => a.offset - b.offset);
  }
}
