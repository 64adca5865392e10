import { type Random } from '../../common';

const LETTERS = 'bcdfghjklmnpqrstvwxz2456789';
const SUFFIX_LENGTH = 5;
const MAX_LENGTH = 63;

/** A name for a generateName: cut so that five random letters fit into 63. */
export function generatedName(base: string, random: Random): string {
  let suffix = '';
  for (let count = 0; count < SUFFIX_LENGTH; count++) {
    suffix += LETTERS.charAt(Math.floor(random.next() * LETTERS.length));
  }
  return base.slice(0, MAX_LENGTH - SUFFIX_LENGTH) + suffix;
}
