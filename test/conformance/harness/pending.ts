// Cases that the sandbox does not answer as the real server yet: written by a run with ORK_UPDATE_PENDING=1, checked in
// both directions by every other run.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TopicName } from './conformance-case';

const FILE = join(__dirname, '..', 'pending.generated.json');

export type PendingCases = Partial<Readonly<Record<TopicName, readonly string[]>>>;

export function readPending(): PendingCases {
  return existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as PendingCases) : {};
}

export function writePending(pending: PendingCases): void {
  writeFileSync(FILE, `${JSON.stringify(pending, undefined, 2)}\n`);
}
