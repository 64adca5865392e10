// Where a registry is spoken to: itself or the mirror that stands for it, with TLS or without.
import { type OciMirror, type OciSettings } from '../../konfig';
import { isLoopbackHost } from '../http';
import { type OciReference } from './reference';

export interface Endpoint {
  /** `registry.example.org:5000` */
  readonly host: string;
  readonly origin: string;
  /** With the path of the mirror in front. */
  readonly repository: string;
  readonly isPlain: boolean;
  readonly isLoopback: boolean;
  readonly isMirror: boolean;
}

/** Docker Hub's API is elsewhere, and its packages without a path are in `library`. */
const HUB = 'docker.io';
const HUB_API = 'registry-1.docker.io';

/**
 * For reading. A mirror takes the place of the registry, which is then never asked: a site without a way out gets no
 * time-outs, and nobody gets what a name means elsewhere.
 */
export function readingEndpoint(
  reference: OciReference,
  settings: Pick<OciSettings, 'mirrors' | 'plainHttp'>,
): Endpoint {
  const mirror = mirrorOf(reference.registry, settings.mirrors);
  if (mirror === undefined) return writingEndpoint(reference, settings);
  const [host = '', ...path] = mirror.split('/');
  const repository = [...path, fullPath(reference)].join('/');
  return { ...made(host.toLowerCase(), settings.plainHttp), repository, isMirror: true };
}

/** For writing: always the registry itself. */
export function writingEndpoint(reference: OciReference, { plainHttp }: Pick<OciSettings, 'plainHttp'>): Endpoint {
  const repository = fullPath(reference);
  const { registry } = reference;
  if (!isHub(registry)) return { ...made(registry, plainHttp), repository, isMirror: false };
  return { ...made(HUB_API, plainHttp), host: HUB, repository, isMirror: false };
}

function isHub(registry: string): boolean {
  return registry === HUB || registry === `index.${HUB}`;
}

function fullPath({ registry, repository }: OciReference): string {
  return isHub(registry) && !repository.includes('/') ? `library/${repository}` : repository;
}

/** Its own mirror, else that of all; loopback and the mirrors themselves are meant as they are written. */
function mirrorOf(registry: string, mirrors: readonly OciMirror[]): string | undefined {
  const own = mirrors.find((one) => one.registry.toLowerCase() === registry)?.mirror;
  if (own !== undefined) return own;
  const isMirror = mirrors.some(({ mirror }) => mirror.split('/')[0]?.toLowerCase() === registry);
  if (isMirror || isLoopbackHost(hostname(registry))) return undefined;
  return mirrors.find((one) => one.registry === '*')?.mirror;
}

function made(
  host: string,
  plainHttp: readonly string[],
): Pick<Endpoint, 'host' | 'origin' | 'isPlain' | 'isLoopback'> {
  const isLoopback = isLoopbackHost(hostname(host));
  const isTold = plainHttp.some((one) => one.toLowerCase() === host || one.toLowerCase() === withoutPort(host));
  const isPlain = isLoopback || isTold;
  return { host, origin: `${isPlain ? 'http' : 'https'}://${host}`, isPlain, isLoopback };
}

function withoutPort(host: string): string {
  return host.replace(/:\d+$/, '');
}

function hostname(host: string): string {
  return withoutPort(host).replace(/^\[|\]$/g, '');
}
