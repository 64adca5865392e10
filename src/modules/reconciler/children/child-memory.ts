// What this process remembers of a CR between passes. Losing it costs at most one write for each child that the server
// rewrites; nothing that matters is kept here only.
import { type JsonObject, type JsonValue, jsonEquals, sha256Hex } from '../../common';
import { type Difference } from '../../schema';

export interface ChildMemory {
  /** What was wanted last and its hash: an equal object has not to be written out and hashed again. */
  readonly desired: JsonObject;
  readonly hash: string;
  /** Places where the server's answer to exactly this object differed from it (engine contract §2.3). */
  answers: readonly Difference[] | undefined;
}

export class CrMemory {
  readonly children = new Map<string, ChildMemory>();
  lastOutcome: 'success' | 'failure' | undefined;
  deletionAnnounced = false;

  /** The `applied` hash of a desired object. Key order is that of the build function, which is fixed. */
  remember(id: string, desired: JsonObject): ChildMemory {
    const known = this.children.get(id);
    // Two walks over the objects cost a fraction of making their text.
    if (known !== undefined && jsonEquals(known.desired, desired)) return known;
    const hash = sha256Hex(JSON.stringify(desired)).slice(0, 32);
    const made: ChildMemory = { desired, hash, answers: undefined };
    this.children.set(id, made);
    return made;
  }
}

/** Whether every difference is one that the server itself made when it answered to this object. */
export function areServerRewrites(differences: readonly Difference[], memory: ChildMemory): boolean {
  const { answers } = memory;
  if (answers === undefined) return false;
  return differences.every(({ path, live }) =>
    answers.some((answer) => answer.path === path && sameValue(answer.live, live)),
  );
}

function sameValue(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  return a === undefined || b === undefined ? a === b : jsonEquals(a, b);
}
