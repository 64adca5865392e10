// Names decide, not values: what a password looks like nobody knows.

/** As part of a pattern. */
export const SECRET_WORDS =
  'pass(?:word|wd|phrase)|token|secret|credentials?|(?:api|access|secret|private|signing|encryption)[-_.]?key';

const NAME = new RegExp(`(?:${SECRET_WORDS})$`, 'i');

/** A name that ends so holds the value itself: DB_PASSWORD does, DB_PASSWORD_FILE and secretName don't. */
export function holdsSecret(name: string): boolean {
  return NAME.test(name);
}
