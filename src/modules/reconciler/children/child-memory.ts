// What this process remembers of a CR between passes. Losing it costs at most one write for each child that the server
// rewrites; nothing that matters is kept here only.
import { type JsonObject, type JsonValue, jsonEquals, jsonText, sha256Hex } from '../../common';
import { type Difference } from '../../schema';

export interface ChildMemory {
  /** What was wanted last and its hash: an equal object has not to be written out and hashed again. */
  readonly desired: JsonObject;
  readonly hash: string;
  /** Places where the server's answer to exactly this object differed from it (engine contract §2.3). */
  answers: readonly Difference[] | undefined;
}

/** The status that was sent last, and what the server made of it when that was something else. */
export interface StatusAnswer {
  readonly text: string;
  readonly live: JsonValue | undefined;
}

export class CrMemory {
  readonly children = new Map<string, ChildMemory>();
  lastOutcome: 'success' | 'failure' | undefined;
  /** The problem that was told last: one that stays is told once. */
  lastProblem: string | undefined;
  statusAnswer: StatusAnswer | undefined;
  deletionAnnounced = false;
  /** Our finalizers are off: what the cache shows of the CR is its last breath. */
  isReleased = false;

  /** The `applied` hash of a desired object. Key order is that of the build function, which is fixed. */
  remember(id: string, desired: JsonObject): ChildMemory {
    const known = this.children.get(id);
    // Two walks over the objects cost a fraction of making their text.
    if (known !== undefined && jsonEquals(known.desired, desired)) return known;
    const hash = sha256Hex(jsonText(desired)).slice(0, 32);
    const made: ChildMemory = { desired, hash, answers: undefined };
    this.children.set(id, made);
    return made;
  }

  /** Forgets children that are not wanted any more: names may follow the spec for ever. */
  keepOnly(ids: ReadonlySet<string>): void {
    for (const id of this.children.keys()) if (!ids.has(id)) this.children.delete(id);
  }
}

/** Whether every difference is one that the server itself made when it answered to this object. */
export function areServerRewrites(differences: readonly Difference[], memory: ChildMemory): boolean {
  const { answers } = memory;
  if (answers === undefined) return false;
  return differences.every((difference) => isAmong(difference, answers));
}

/** Whether the same live value stands at the same path in the list. */
export function isAmong({ path, live }: Difference, list: readonly Difference[]): boolean {
  return list.some((other) => other.path === path && sameValue(other.live, live));
}

function sameValue(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  return a === undefined || b === undefined ? a === b : jsonEquals(a, b);
}
