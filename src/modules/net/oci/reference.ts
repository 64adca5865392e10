// References to packages, as the OCI distribution specification (1.1, "Pulling manifests") and the reference grammar that
// all clients share have them: `oci://host[:port]/path[:tag][@sha256:...]`.
import { OciError } from './oci.errors';
import { digestProblem } from './digest';

/** One package. With a digest the tag only tells people which one it was. */
export interface OciReference {
  /** `ghcr.io`, `registry.example.org:5000`, `[::1]:5000`; in lower case. */
  readonly registry: string;
  /** `team/website` */
  readonly repository: string;
  /** `latest` when neither is written. */
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

const SCHEME = 'oci://';
const DEFAULT_TAG = 'latest';
const MAX_REPOSITORY = 255;
const REGISTRY = /^(?:\[[0-9a-f:.]+\]|[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::([0-9]{1,5}))?$/;
const COMPONENT = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const TAG = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;

/**
 * Reads a reference, with `oci://` or without. `version` is used when the text has neither tag nor digest; after `@` a
 * version may stand, too, as in imports of a Katalog. Throws an OciError (UserError) that says what is wrong and how it is
 * written.
 */
export function parseReference(text: string, version?: string): OciReference {
  const refuse = (why: string): OciError => new OciError('reference', `"${shown(text)}" names no package: ${why}`);
  const bare = text.startsWith(SCHEME) ? text.slice(SCHEME.length) : text;
  const other = /^([a-z][a-z0-9+.-]*):\/\//i.exec(bare)?.[1];
  if (other !== undefined) throw refuse(`a reference begins with ${SCHEME}, not ${other}://`);
  if (/\s/.test(bare) || bare === '') {
    throw refuse(bare === '' ? `expected ${SCHEME}host/path:tag` : 'it has a space in it');
  }

  const slash = bare.indexOf('/');
  if (slash <= 0) throw refuse(`expected ${SCHEME}host/path:tag, with the registry in front`);
  const registry = bare.slice(0, slash).toLowerCase();
  if (registry.includes('@')) throw refuse('a login does not belong in a reference; see docker login');
  const port = REGISTRY.exec(registry);
  if (port === null) throw refuse(`"${registry}" is no host, nor host:port`);
  if (Number(port[1] ?? 1) > 65_535 || Number(port[1] ?? 1) < 1) throw refuse(`there is no port ${port[1] ?? ''}`);
  if (!text.startsWith(SCHEME) && !/[.:]/.test(registry) && registry !== 'localhost') {
    throw refuse(`"${registry}" does not look like a registry; write ${SCHEME}${bare} if it is one`);
  }

  const { repository, tag, suffix } = split(bare.slice(slash + 1));
  const problem = repositoryProblem(repository);
  if (problem !== undefined) throw refuse(problem);
  const named = [tag, suffix === undefined || suffix.includes(':') ? undefined : suffix].filter(
    (one) => one !== undefined,
  );
  const digest = suffix?.includes(':') === true ? suffix : undefined;
  if (named.length > 1) throw refuse(`it has two versions, ${named.join(' and ')}`);
  const wanted = named[0] ?? (digest === undefined ? version : undefined);
  if (digest === undefined && wanted?.includes(':') === true) return parseReference(`${text}@${wanted}`);
  if (wanted !== undefined && !TAG.test(wanted)) throw refuse(tagProblem(wanted));
  const wrong = digest === undefined ? undefined : digestProblem(digest);
  if (wrong !== undefined) throw refuse(wrong);
  return { registry, repository, tag: wanted ?? (digest === undefined ? DEFAULT_TAG : undefined), digest };
}

/** `oci://host/path:tag@sha256:...` */
export function formatReference({ registry, repository, tag, digest }: OciReference): string {
  const parts = [tag === undefined ? '' : `:${tag}`, digest === undefined ? '' : `@${digest}`];
  return `${SCHEME}${registry}/${repository}${parts.join('')}`;
}

function split(path: string): { repository: string; tag: string | undefined; suffix: string | undefined } {
  const at = path.indexOf('@');
  const before = at < 0 ? path : path.slice(0, at);
  const colon = before.indexOf(':');
  return {
    repository: colon < 0 ? before : before.slice(0, colon),
    tag: colon < 0 ? undefined : before.slice(colon + 1),
    suffix: at < 0 ? undefined : path.slice(at + 1),
  };
}

function repositoryProblem(repository: string): string | undefined {
  if (repository === '') return 'the path of the package is missing behind the registry';
  if (repository.length > MAX_REPOSITORY) return `its path is longer than ${MAX_REPOSITORY} characters`;
  const bad = repository.split('/').find((component) => !COMPONENT.test(component));
  if (bad === undefined) return undefined;
  if (bad === '') return 'its path has an empty part (// or / at the end)';
  if (/[A-Z]/.test(bad)) return `paths are in lower case: "${bad.toLowerCase()}" instead of "${bad}"`;
  return `"${bad}" can't be part of a path: small letters and digits, with single ., _, __ or - between them`;
}

function tagProblem(tag: string): string {
  if (tag === '') return 'the version is missing behind the : or @';
  return `"${shown(tag)}" is no tag: up to 128 of letters, digits, _, . and -, not beginning with . or -`;
}

/** A slip may have put a secret in front of an @; and texts may be long. */
function shown(text: string): string {
  const clean = text.replace(/^((?:[a-z]+:\/\/)?)[^/@]*@(?=[^/]*\/)/i, '$1***@');
  return clean.length > 300 ? `${clean.slice(0, 300)}...` : clean;
}
