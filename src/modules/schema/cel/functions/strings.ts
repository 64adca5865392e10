// Functions over text that the library lacks, and those with regular expressions: RE2, so that no rule can hang.
import { GO_ESCAPES } from '../../../common';
import { patternOf } from '../../structural/validate/patterns';
import { type CelEnvironment } from '../library';
import { formatText } from './format-text';

export function registerStrings(environment: CelEnvironment): void {
  const add = environment.registerFunction.bind(environment);
  add('re2Matches(string, string): bool', matches);
  add('string.re2Matches(string): bool', matches);
  add('string.find(string): string', (text: string, pattern: string) => findAll(text, pattern, 1)[0] ?? '');
  add('string.findAll(string): list<string>', (text: string, pattern: string) => findAll(text, pattern, -1));
  add('string.findAll(string, int): list<string>', (text: string, pattern: string, limit: bigint) =>
    findAll(text, pattern, Number(limit)),
  );
  add('string.replace(string, string): string', (text: string, from: string, to: string) =>
    text.replaceAll(from, () => to),
  );
  add('string.replace(string, string, int): string', replaceSome);
  add('string.charAt(int): string', charAt);
  add('string.format(list): string', formatText);
  add('strings_quote(string): string', quote);
}

function matches(text: string, pattern: string): boolean {
  return compiled(pattern).matcher(text).find();
}

function compiled(pattern: string): NonNullable<ReturnType<typeof patternOf>> {
  const found = patternOf(pattern);
  if (found === undefined) throw new Error(`error parsing regexp: ${pattern}`);
  return found;
}

/** At most `limit` matches; all when it is negative. */
function findAll(text: string, pattern: string, limit: number): string[] {
  const matcher = compiled(pattern).matcher(text);
  const found: string[] = [];
  while ((limit < 0 || found.length < limit) && matcher.find()) found.push(matcher.group() ?? '');
  return found;
}

function replaceSome(text: string, from: string, to: string, limit: bigint): string {
  if (limit < 0n) return text.replaceAll(from, () => to);
  let replaced = '';
  let rest = text;
  for (let left = limit; left > 0n; left--) {
    const at = rest.indexOf(from);
    if (at < 0) break;
    replaced += rest.slice(0, at) + to;
    rest = rest.slice(at + from.length);
  }
  return replaced + rest;
}

function charAt(text: string, index: bigint): string {
  const characters = [...text];
  if (index < 0n || index > BigInt(characters.length)) throw new Error(`index out of range: ${index}`);
  return characters[Number(index)] ?? '';
}

/** As a literal of CEL. */
function quote(text: string): string {
  return `"${text.replace(/[\x07-\r\\"]/g, (found) => (found === '"' ? '\\"' : (GO_ESCAPES[found] ?? found)))}"`;
}
