// Errors of a pass name the entry: `katalog.yaml:21:11: deployments[0]: ...`.
import { basename } from 'node:path';
import { asOrkestraError, OrkestraError, type SourcePosition } from '../common';
import { FencedError } from '../kube';
import { type CompiledEntry } from '../resources';

/** The same error with the place of the entry in front; what is no fault of an entry passes unchanged. */
export function entryError(thrown: unknown, entry: CompiledEntry): OrkestraError {
  const error = asOrkestraError(thrown);
  return error instanceof FencedError ? error : placed(error, entryLabel(entry), error.position ?? entry.position);
}

/** The same error about another part of the box: `katalog.yaml:9:5: labels: ...`. */
export function partError(thrown: unknown, part: string, at: SourcePosition): OrkestraError {
  const error = asOrkestraError(thrown);
  return error instanceof FencedError ? error : placed(error, part, error.position ?? at);
}

function placed(error: OrkestraError, label: string, position: SourcePosition): OrkestraError {
  const place = `${basename(position.file)}:${position.line}:${position.column}`;
  return new OrkestraError({
    code: error.code,
    kind: error.kind,
    message: `${place}: ${label}: ${error.message}`,
    cause: error,
    details: error.details,
    position,
    ...(error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs }),
  });
}

/** `deployments[0]`. */
export function entryLabel(entry: CompiledEntry): string {
  return /[A-Za-z]+\[\d+\]$/.exec(entry.path)?.[0] ?? entry.facts.listKey;
}

/** Not there yet: quiet requeue. `reason` becomes the reason of Ready=False. */
export function waiting(reason: string, message: string, retryAfterMs?: number): OrkestraError {
  const retry = retryAfterMs === undefined ? {} : { retryAfterMs };
  return new OrkestraError({ code: 'WAITING', kind: 'Pending', message, details: { reason }, ...retry });
}
