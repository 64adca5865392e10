import { type JsonObject } from '../../common';

/** The names of a class of profiles that are built in, and what they stand for. */
export interface ProfileNames<V = unknown> {
  /** Key of the list in `profiles`. */
  readonly key: string;
  /** In messages: `unknown resource profile`. */
  readonly what: string;
  /** Where the name is written, for people: `resources.profile`. */
  readonly site: string;
  readonly doc: string;
  readonly builtIn: Readonly<Record<string, V>>;
  /** Built-in names are found in any case, unless they have to be written exactly. */
  readonly isExact: boolean;
  /** Values as a Katalog would declare them. */
  show(values: V): JsonObject;
}

/** The built-in profile that a name means as long as the Katalog declares none of it. */
export function builtInName({ builtIn, isExact }: ProfileNames, name: string): string | undefined {
  const key = isExact ? name : name.toLowerCase();
  return Object.hasOwn(builtIn, key) ? key : undefined;
}
