// RE2, as the API server and Go have it: no pattern can hang the process (DESIGN decision 8).
import { RE2JS } from 're2js';

const compiled = new Map<string, RE2JS | undefined>();
const MAX_COMPILED = 1_000;

/** The compiled pattern, kept for the next time; undefined when it is not RE2. */
export function patternOf(pattern: string): RE2JS | undefined {
  if (!compiled.has(pattern)) {
    if (compiled.size >= MAX_COMPILED) compiled.clear();
    compiled.set(pattern, tryCompile(pattern));
  }
  return compiled.get(pattern);
}

function tryCompile(pattern: string): RE2JS | undefined {
  try {
    return RE2JS.compile(pattern);
  } catch {
    return undefined;
  }
}

/** Why it is no pattern, in the words of RE2: `error parsing regexp: missing closing ]: `[``. */
export function patternProblem(pattern: string): string | undefined {
  if (patternOf(pattern) !== undefined) return undefined;
  try {
    RE2JS.compile(pattern);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
