// Every client name and version is an entry of its own, so old ones of updates are put together.
import { compareGoText } from '../../common';
import { identityOf, type ManagedEntries, type ManagedEntry, secondsOf } from './managed-entries';

/** Entries of updates that an object keeps. */
const MAX_UPDATE_ENTRIES = 10;
const BUCKET = 'ancient-changes';

/** Merges the oldest entries of updates, version by version, until there are few enough. */
export function capUpdateEntries(entries: ManagedEntries): void {
  const updates = [...entries].filter(([, { operation }]) => operation === 'Update');
  let left = updates.length;
  if (left <= MAX_UPDATE_ENTRIES) return;
  updates.sort(([aId, a], [bId, b]) => secondsOf(a.time) - secondsOf(b.time) || compareGoText(aId, bId));
  const firstOfVersion = new Map<string, string>();
  for (const [id, entry] of updates) {
    if (left <= MAX_UPDATE_ENTRIES) return;
    const first = firstOfVersion.get(entry.apiVersion);
    if (first === undefined) {
      firstOfVersion.set(entry.apiVersion, id);
      continue;
    }
    putInBucket(entries, first, id, entry);
    left--;
  }
}

function putInBucket(entries: ManagedEntries, first: string, id: string, entry: ManagedEntry): void {
  const bucket = { manager: BUCKET, operation: 'Update', apiVersion: entry.apiVersion, subresource: '' } as const;
  const bucketId = identityOf(bucket);
  let earlier = entries.get(bucketId);
  if (earlier === undefined) {
    earlier = entries.get(first);
    entries.delete(first);
  }
  entries.delete(id);
  const set = earlier === undefined ? entry.set : entry.set.union(earlier.set);
  entries.set(bucketId, { ...bucket, set, time: entry.time });
}
