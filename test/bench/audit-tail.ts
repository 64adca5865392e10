// The requests of one operator, read from the API server's audit log as it grows.
import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { type LoggedRequest } from '../kube/support/request-log';

export interface Request extends LoggedRequest {
  readonly stage: string;
  readonly stageTimestamp: string;
}

export class AuditTail {
  private offset = 0;
  private rest = '';

  constructor(
    private readonly file: string,
    private readonly agent: string,
  ) {}

  /** Requests that were answered since the last call; watches and the lease are left out. */
  next(): readonly Request[] {
    const lines = (this.rest + this.grown()).split('\n');
    this.rest = lines.pop() ?? '';
    return lines
      .filter((line) => line.includes(`"userAgent":"${this.agent}`))
      .map((line) => JSON.parse(line) as Request)
      .filter(isWork);
  }

  private grown(): string {
    if (!existsSync(this.file)) return '';
    const length = statSync(this.file).size - this.offset;
    const buffer = Buffer.alloc(length);
    const file = openSync(this.file, 'r');
    try {
      readSync(file, buffer, 0, length, this.offset);
    } finally {
      closeSync(file);
    }
    this.offset += length;
    return buffer.toString('utf8');
  }
}

function isWork({ stage, verb, objectRef }: Request): boolean {
  return stage === 'ResponseComplete' && verb !== 'watch' && objectRef?.resource !== 'leases';
}
