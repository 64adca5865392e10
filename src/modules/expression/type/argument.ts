// An argument of a call, and how messages name it.
import { type TypedArgument } from './note-types';
import { kindWords } from './type';

/** An argument and how it is written. */
export interface Argument extends TypedArgument {
  /** `.spec.replicas`, `$x`, `"3"`. */
  readonly words: string;
  readonly offset: number;
  /** A literal that is no piped value: it was checked when the template was compiled. */
  readonly isLiteral: boolean;
}

/** `int (.spec.replicas)` */
export function found({ type, words, isLiteral }: Argument): string {
  return isLiteral || words.startsWith('(') ? `${kindWords(type)} ${words}` : `${kindWords(type)} (${words})`;
}

/** With its article. */
export function article(kind: string): string {
  return `${/^[aeiou]/.test(kind) ? 'an' : 'a'} ${kind}`;
}
