// Settings of what goes out: HTTP to others than the API server, and registries.
import { isIP } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { OrkestraError } from '../common';
import { type Environment } from './environment.dto';

/** HTTP to everything but the API server. */
export interface OutboundSettings {
  /** `loopback`, `link-local`, `metadata`, an address or a range: called although it would not be. */
  readonly allow: readonly string[];
  /** PEM of more authorities. */
  readonly caFile: string | undefined;
  /** Addresses may hold a login and are never logged. */
  readonly proxies: {
    readonly http: string | undefined;
    readonly https: string | undefined;
    readonly exceptions: readonly string[];
  };
}

/** Registries that packages are pulled from. */
export interface OciSettings {
  readonly mirrors: readonly OciMirror[];
  /** `host` or `host:port`: spoken to without TLS. Loopback always is. */
  readonly plainHttp: readonly string[];
  /** No request at all: what is not in the cache is an error. */
  readonly isOffline: boolean;
  readonly cacheFolder: string;
  /** Where `docker login` writes. */
  readonly dockerConfigFile: string;
}

export interface OciMirror {
  /** `ghcr.io`, or `*` for every registry that has no mirror of its own. */
  readonly registry: string;
  /** `registry.example.org:5000`, or with a path that is put in front of the repository. */
  readonly mirror: string;
}

type Variables = Readonly<Record<string, unknown>>;

const CLASSES = ['loopback', 'link-local', 'metadata'];
const HOST = String.raw`(?:\[[0-9a-fA-F:.]+\]|[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?)(?::\d{1,5})?`;
const HOST_ONLY = new RegExp(`^${HOST}$`);
const MIRROR = new RegExp(String.raw`^(\*|${HOST})=(${HOST}(?:/[a-z0-9]+(?:[._/-]+[a-z0-9]+)*)?)$`);

/** Throws a UserError that names the variable. Curl and Go read the proxies in small letters, too: so it is here. */
export function outboundOf(env: Environment, variables: Variables): OutboundSettings {
  const small = (name: string): string | undefined => {
    const value = variables[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  return {
    allow: eachOf(
      'ORK_HTTP_ALLOW',
      env.ORK_HTTP_ALLOW,
      isAddresses,
      `${CLASSES.join(', ')}, addresses and ranges such as 169.254.10.0/24`,
    ),
    caFile: env.ORK_HTTP_CA_FILE,
    proxies: {
      http: proxyOf('HTTP_PROXY', small('http_proxy') ?? env.HTTP_PROXY),
      https: proxyOf('HTTPS_PROXY', small('https_proxy') ?? env.HTTPS_PROXY),
      exceptions: listOf(small('no_proxy') ?? env.NO_PROXY),
    },
  };
}

/** As `outboundOf`. */
export function ociOf(env: Environment): OciSettings {
  const expected = 'registry=mirror, such as ghcr.io=registry.example.org:5000';
  const cache = env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
  return {
    mirrors: eachOf('ORK_OCI_MIRRORS', env.ORK_OCI_MIRRORS, (item) => MIRROR.test(item), expected).map((item) => {
      const [, registry = '', mirror = ''] = MIRROR.exec(item) ?? [];
      return { registry, mirror };
    }),
    plainHttp: eachOf(
      'ORK_OCI_PLAIN_HTTP',
      env.ORK_OCI_PLAIN_HTTP,
      (item) => HOST_ONLY.test(item),
      'hosts such as registry.example.org:5000',
    ),
    isOffline: env.ORK_OCI_OFFLINE ?? false,
    cacheFolder: env.ORK_OCI_CACHE ?? join(cache, 'orkestra', 'oci'),
    dockerConfigFile: join(env.DOCKER_CONFIG ?? join(homedir(), '.docker'), 'config.json'),
  };
}

/** The items of a list separated by commas. */
export function listOf(text = ''): readonly string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

function eachOf(
  name: string,
  text: string | undefined,
  isGood: (item: string) => boolean,
  expected: string,
): readonly string[] {
  const items = listOf(text);
  const bad = items.find((item) => !isGood(item));
  if (bad !== undefined) throw invalid(`${name} has ${JSON.stringify(bad)}: expected ${expected}, separated by commas`);
  return items;
}

function isAddresses(item: string): boolean {
  if (CLASSES.includes(item)) return true;
  const [address = '', bits, more] = item.split('/');
  const family = isIP(address);
  if (family === 0 || more !== undefined) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

function proxyOf(name: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url;
  // The value may hold a login.
  throw invalid(`${name}: expected an address such as http://proxy.example.org:3128`);
}

function invalid(message: string): OrkestraError {
  return new OrkestraError({ code: 'ENVIRONMENT_INVALID', kind: 'UserError', message: `environment: ${message}` });
}
