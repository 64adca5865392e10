// One replacement in a text, and many of them at once.

export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Edits don't overlap; what is put in at the start of a replaced part stands before it. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const sorted = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  let result = '';
  let at = 0;
  for (const { start, end, text: replacement } of sorted) {
    if (start < at) throw new RangeError('edits overlap');
    result += text.slice(at, start) + replacement;
    at = end;
  }
  return result + text.slice(at);
}
