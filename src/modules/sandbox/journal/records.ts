// The lines of the journal: a checksum, a space, JSON. A line that does not end or does not fit its checksum was being
// written when the process died.
import { crc32 } from 'node:zlib';
import { isJsonArray, isJsonObject, jsonText, type JsonValue, parseJson } from '../../common';
import { type StoredChange } from '../storage';

const NEWLINE = 0x0a;
const CHECKSUM_LENGTH = 8;

export function recordLine({ resourceId, key, revision, object }: StoredChange): Buffer {
  return lineOf([resourceId, key.namespace, key.name, revision, object ?? null]);
}

/** The first line: what the file is, and the last revision before it was written anew. */
export function headerLine(revision: number): Buffer {
  return lineOf({ format: 'orkestra-sandbox/1', revision });
}

function lineOf(value: JsonValue): Buffer {
  const text = Buffer.from(jsonText(value));
  return Buffer.concat([Buffer.from(`${checksum(text)} `), text, Buffer.from([NEWLINE])]);
}

function checksum(text: Buffer): string {
  return crc32(text).toString(16).padStart(CHECKSUM_LENGTH, '0');
}

export interface ReadRecords {
  readonly revision: number;
  readonly changes: readonly StoredChange[];
  /** Bytes that are whole; what is behind them was torn off. */
  readonly validBytes: number;
  /** A whole line behind the first bad one: not a torn end but damage. */
  readonly isDamaged: boolean;
}

/** Throws when the first line says that the file is something else. */
export function readRecords(bytes: Buffer): ReadRecords {
  const changes: StoredChange[] = [];
  let start = 0;
  let revision = 0;
  for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
    const value = valueOf(bytes.subarray(start, end));
    if (value === undefined) break;
    if (start === 0) revision = headerRevision(value);
    else {
      const change = changeOf(value);
      if (change === undefined) break;
      changes.push(change);
      revision = Math.max(revision, change.revision);
    }
    start = end + 1;
  }
  return { revision, changes, validBytes: start, isDamaged: hasWholeLine(bytes, start) };
}

function hasWholeLine(bytes: Buffer, from: number): boolean {
  let start = from;
  for (let end = bytes.indexOf(NEWLINE, start); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
    if (valueOf(bytes.subarray(start, end)) !== undefined) return true;
    start = end + 1;
  }
  return false;
}

function valueOf(line: Buffer): JsonValue | undefined {
  const text = line.subarray(CHECKSUM_LENGTH + 1);
  if (line.length <= CHECKSUM_LENGTH + 1 || line.toString('latin1', 0, CHECKSUM_LENGTH) !== checksum(text)) {
    return undefined;
  }
  try {
    return parseJson(text.toString('utf8'));
  } catch {
    return undefined;
  }
}

function headerRevision(value: JsonValue): number {
  if (!isJsonObject(value) || value['format'] !== 'orkestra-sandbox/1' || typeof value['revision'] !== 'number') {
    throw new Error('the file is not a journal of the sandbox');
  }
  return value['revision'];
}

function changeOf(value: JsonValue): StoredChange | undefined {
  if (!isJsonArray(value)) return undefined;
  const [resourceId, namespace, name, revision, object] = value;
  if (typeof resourceId !== 'string' || typeof namespace !== 'string' || typeof name !== 'string') return undefined;
  if (typeof revision !== 'number') return undefined;
  const kept = isJsonObject(object) ? object : undefined;
  return { resourceId, key: { namespace, name }, revision, object: kept };
}
