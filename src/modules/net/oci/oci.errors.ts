// What can go wrong with packages in registries.
import { type ErrorKind, OrkestraError } from '../../common';

/**
 * - `reference`: the text names no package.
 * - `not-found`: the registry has no such repository, tag or manifest.
 * - `login`: the registry wants one, or does not accept the one that it got.
 * - `digest`: what came is not what its digest says.
 * - `manifest`: what came is no package of files, or none that can be chosen.
 * - `too-large`: over a limit.
 * - `offline`: no request may be made, and the cache does not have it.
 * - `network`: no answer; `cause` is the HttpError.
 * - `registry`: the registry answers what it should not.
 */
export type OciFailureReason =
  'reference' | 'not-found' | 'login' | 'digest' | 'manifest' | 'too-large' | 'offline' | 'network' | 'registry';

/** A package that can't be had. The message is `oci://<reference>: <why>` and holds no secret. */
export class OciError extends OrkestraError {
  constructor(
    readonly reason: OciFailureReason,
    message: string,
    over: { readonly cause?: unknown; readonly kind?: ErrorKind } = {},
  ) {
    const { cause, kind = kindOf(reason) } = over;
    super({ code: 'OCI', kind, message, details: { reason }, ...(cause === undefined ? {} : { cause }) });
    this.name = 'OciError';
  }
}

function kindOf(reason: OciFailureReason): ErrorKind {
  return reason === 'digest' || reason === 'registry' || reason === 'network' ? 'Transient' : 'UserError';
}
