import { satisfies } from './constraint';
import { parseVersion } from './version';

/** Whether a version lies in a range, by the rules of the note of that kind; undefined when one of them can't be read. */
export function versionSatisfies(version: string, range: string): boolean | undefined {
  const parsed = parseVersion(version);
  if (parsed === undefined) return undefined;
  try {
    return satisfies(parsed, range);
  } catch {
    return undefined;
  }
}
