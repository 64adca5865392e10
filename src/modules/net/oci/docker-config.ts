// Logins from the file that `docker login` writes: `auths`, and the helpers of `credHelpers` and `credsStore`.
import { readFile } from 'node:fs/promises';
import { isJsonObject, type JsonObject, type JsonValue, parseJsonObject } from '../../common';
import { askHelper, type HelperOptions } from './credential-helper';
import { type LoginLookup, type OciLogin } from './login.types';

/** Docker Hub has had its own key since its first version. */
const HUB = 'docker.io';
const HUB_KEY = 'https://index.docker.io/v1/';

/**
 * The login for a repository. A helper of this host goes first, then the one for all, then what the file itself has; in it
 * the longest key that the repository begins with. Never rejects: without a login one still may pull what is public.
 */
export async function loginFromDockerConfig(
  file: string,
  { registry, repository }: { readonly registry: string; readonly repository: string },
  helpers: HelperOptions = {},
): Promise<LoginLookup> {
  const none = (why: string): LoginLookup => ({ login: undefined, inWords: why });
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return none(code === 'ENOENT' ? `there is no ${file}` : `${file} can't be read (${code ?? 'unknown'})`);
  }
  const config = parseJsonObject(text);
  if (config === undefined) return none(`${file} is no JSON object`);

  const key = registry === HUB ? HUB_KEY : registry;
  const helper = filled(objectAt(config, 'credHelpers')[registry]) ?? filled(config['credsStore']);
  if (helper !== undefined) {
    const { login, problem } = await askHelper(helper, key, helpers);
    if (login !== undefined) return { login, inWords: `that of docker-credential-${helper}` };
    if (problem !== undefined) return none(`${problem}, and ${file} names it`);
  }
  const found = entryFor(objectAt(config, 'auths'), registry === HUB ? 'index.docker.io' : registry, repository);
  const login = found === undefined ? undefined : loginOf(found);
  if (login !== undefined) return { login, inWords: `that of ${file}` };
  return none(`none for ${registry} in ${file}`);
}

/** Keys are `host`, `host/path`, or addresses of old versions such as `https://host/v1/`. */
function entryFor(auths: JsonObject, registry: string, repository: string): JsonObject | undefined {
  const wanted = `${registry}/${repository}/`;
  let best: { readonly length: number; readonly entry: JsonObject } | undefined;
  for (const [key, entry] of Object.entries(auths)) {
    const path = `${key
      .replace(/^https?:\/\//, '')
      .replace(/\/v[12]\/?$/, '')
      .replace(/\/+$/, '')}/`;
    if (isJsonObject(entry) && wanted.startsWith(path) && path.length > (best?.length ?? 0)) {
      best = { length: path.length, entry };
    }
  }
  return best?.entry;
}

function loginOf(entry: JsonObject): OciLogin | undefined {
  const bearerToken = filled(entry['registrytoken']);
  if (bearerToken !== undefined) return { bearerToken };
  const identityToken = filled(entry['identitytoken']);
  if (identityToken !== undefined) return { identityToken };
  const auth = filled(entry['auth']);
  // A password may have colons, a name has none.
  const [, username, password] = /^([^:]*):([^\0]*)/.exec(auth === undefined ? '' : decode(auth)) ?? [];
  if (username !== undefined && password !== undefined) return { username, password };
  const [name, secret] = [filled(entry['username']), filled(entry['password'])];
  return name === undefined || secret === undefined ? undefined : { username: name, password: secret };
}

function decode(base64: string): string {
  return Buffer.from(base64, 'base64').toString('utf8');
}

function objectAt(config: JsonObject, name: string): JsonObject {
  const value = config[name];
  return isJsonObject(value) ? value : {};
}

function filled(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
