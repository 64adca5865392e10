/** A place in a file that a user wrote. Lines and columns count from 1, as editors do. */
export interface SourcePosition {
  /** Absolute path, URL, or the name of a package and a file in it. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Where another file brought this text in: an import, an include. */
  readonly usedAt?: SourcePosition;
}

/** Renders a position the way compilers and editors do: `katalog.yaml:12:7`. */
export function formatPosition(position: SourcePosition): string {
  return `${position.file}:${position.line}:${position.column}`;
}

/** The places that lead to a position, the nearest first: ` (used at katalog.yaml:4:9)`; empty for one of an entry file. */
export function formatUse({ usedAt }: SourcePosition): string {
  return usedAt === undefined ? '' : ` (used at ${formatPosition(usedAt)})${formatUse(usedAt)}`;
}
