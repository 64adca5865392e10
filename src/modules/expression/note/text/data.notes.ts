// Notes about encodings, hashes and names (docs/reference/notes.md, data).
import { sha256Hex } from '../../../common';
import { printValue, type Value } from '../../template/value';
import { notesOf } from '../notes-of';
import { NoteFailure, type NoteSpec } from '../registry';
import { toJson } from '../values/json-text';
import { cutBytes, toLower } from './go-text';

const { note } = notesOf('data');
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** Padded, standard alphabet; line ends are skipped; anything else is empty. */
function fromBase64(text: string): string {
  const compact = text.replace(/[\r\n]/g, '');
  return compact.length % 4 === 0 && BASE64.test(compact) ? Buffer.from(compact, 'base64').toString() : '';
}

function slugify(text: string): string {
  return toLower(text)
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/-{2,}/g, '-')
    .replace(/^-/, '')
    .replace(/-$/, '');
}

function repoSlug(reference: string): string {
  const segments = reference.split(/[/:]/).filter((segment) => segment !== '');
  return slugify((segments.at(-1) ?? '').replace(/\.git$/, ''));
}

/** Keys are compared as they print, so that 3 finds "3". */
function lookup(key: Value, ...pairs: readonly Value[]): Value {
  for (let index = 0; index + 1 < pairs.length; index += 2) {
    if (printValue(pairs[index]) === printValue(key)) return pairs[index + 1];
  }
  return '';
}

function jsonOrEmpty(value: Value): string {
  try {
    return toJson(value);
  } catch (error) {
    if (error instanceof NoteFailure) return '{}';
    throw error;
  }
}

export const dataNotes: readonly NoteSpec[] = [
  note(
    'toBase64(text string) string',
    'Base64, standard alphabet, padded.',
    ['{{ toBase64 "s3cr3t" }}', 'czNjcjN0'],
    (text: string) => Buffer.from(text).toString('base64'),
  ),
  note(
    'fromBase64(text string) string',
    'The text of padded base64; empty when it is none.',
    ['{{ fromBase64 "aGk=" }}', 'hi'],
    fromBase64,
  ),
  note(
    'toJSON(value any) string',
    'As toJson, but {} where that fails.',
    ['{{ toJSON .spec.labels }}', '{"app":"web"}', { spec: { labels: { app: 'web' } } }],
    jsonOrEmpty,
  ),
  note(
    'sha256sum(text string) string',
    'The first 8 hex digits of the SHA-256: a short mark of a content.',
    ['{{ sha256sum "hello" }}', '2cf24dba'],
    (text: string) => sha256Hex(text).slice(0, 8),
  ),
  note(
    'truncateName(text string, limit int) string',
    'Cut to so many bytes, without a mark of the cut.',
    ['{{ truncateName "payments" 3 }}', 'pay'],
    (text: string, limit: number | bigint) => {
      if (limit < 0) throw new NoteFailure('negative length');
      return cutBytes(text, Number(limit));
    },
  ),
  note(
    'slugify(text string) string',
    'A name for Kubernetes: lower case, everything but letters, digits and hyphens becomes one hyphen.',
    ['{{ slugify "My Team / Platform" }}', 'my-team-platform'],
    slugify,
  ),
  note(
    'lookup(key any, pairs any...) any',
    'The value after the first key that equals the given one; empty when there is none.',
    ['{{ lookup "prod" "dev" "1" "prod" "3" }}', '3'],
    lookup,
  ),
  note(
    'repoSlug(reference string) string',
    'The name of a repository as a name for Kubernetes.',
    ['{{ repoSlug "git@github.com:acme/Pay_API.git" }}', 'pay-api'],
    repoSlug,
  ),
];
