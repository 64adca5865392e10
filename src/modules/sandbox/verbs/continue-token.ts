// The token that continues a list: where it stopped and of which revision it is. Its form is the real server's, so that
// what a client may do with it (nothing) stays the same.
import { isJsonObject } from '../../common';
import { badRequest } from '../status';

const VERSION = 'meta.k8s.io/v1';
/** What comes right behind a key. */
const AFTER = '\u0000';

/** `key` is the last one that was told, relative to what is listed, with a slash in front. Revision -1: the present one. */
export function encodeContinue(revision: number, key: string): string {
  return Buffer.from(JSON.stringify({ v: VERSION, rv: revision, start: key + AFTER })).toString('base64url');
}

export interface ContinueToken {
  readonly revision: number;
  /** The last key that was told, without the slash. */
  readonly start: string;
}

/** Throws a 400. */
export function decodeContinue(token: string): ContinueToken {
  const illegal = /[^A-Za-z0-9_-]/.exec(token);
  if (illegal !== null || token.length % 4 === 1) {
    throw refused(`illegal base64 data at input byte ${illegal?.index ?? token.length - 1}`);
  }
  const parsed = parse(Buffer.from(token, 'base64url').toString('utf8'));
  const version = typeof parsed['v'] === 'string' ? parsed['v'] : '';
  if (version !== VERSION) throw refused(`server does not recognize this encoded version ${version}`);
  const start = typeof parsed['start'] === 'string' ? parsed['start'] : '';
  const revision = typeof parsed['rv'] === 'number' ? parsed['rv'] : 0;
  if (revision === 0) throw refused('incorrect encoded start resourceVersion (version meta.k8s.io/v1)');
  if (start === '') throw refused('encoded start key empty (version meta.k8s.io/v1)');
  return { revision, start: start.replace(/^\//, '').replace(/\u0000$/, '') };
}

function parse(text: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw refused('invalid character in continue key');
  }
  return isJsonObject(value) ? value : {};
}

function refused(why: string): Error {
  return badRequest(`invalid continue token: continue key is not valid: ${why}`);
}
