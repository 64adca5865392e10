// What commander leaves to us: words that no option takes, options that repeat, options with a closed list of values.

/** Nobody should wonder why the file that they named was not read. */
export function refuseArguments(words: readonly string[], hint?: (word: string) => string): void {
  const [word] = words;
  if (word === undefined) return;
  throw new Error(`unexpected argument "${word}"${hint === undefined ? '' : `; ${hint(word)}`}`);
}

export function nameFileWithOption(word: string): string {
  return `a Katalog is named with -f ${word}`;
}

/** A repeatable option: `-f a -f b,c`. The comma lists are split where paths are resolved. */
export function collect(value: string, before: readonly string[] | undefined): string[] {
  return [...(before ?? []), value];
}

/** The value when it is one of the list; throws what is allowed. */
export function oneOf<T extends string>(flag: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value);
  if (found === undefined) throw new Error(`${flag} ${value}: expected one of ${allowed.join(', ')}`);
  return found;
}

export function portNumber(flag: string, value: string): number {
  const port = Number(value);
  if (value.trim() !== '' && Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new Error(`${flag} ${value}: expected a number from 1 to 65535`);
}
