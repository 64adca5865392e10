/** A repeatable option: `-f a -f b,c`. The comma lists are split where paths are resolved. */
export function collect(value: string, before: readonly string[] | undefined): string[] {
  return [...(before ?? []), value];
}
