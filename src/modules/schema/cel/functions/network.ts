// Addresses, networks and URLs in rules.
import { parseIp } from '../../net-text/ip-address';
import { type CelEnvironment } from '../library';

class Ip {
  constructor(readonly bytes: readonly number[]) {}
}

class Cidr {
  constructor(
    readonly ip: Ip,
    readonly prefix: number,
  ) {}
}

class Url {
  constructor(
    readonly url: URL | undefined,
    readonly text: string,
  ) {}
}

function ipOf(text: string): Ip | undefined {
  const bytes = parseIp(text);
  // An IPv4 address in the form of IPv6 is refused.
  const isMapped = bytes?.length === 16 && bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255;
  return bytes === undefined || isMapped ? undefined : new Ip(bytes);
}

function cidrOf(text: string): Cidr | undefined {
  const [address = '', length = '', ...more] = text.split('/');
  const ip = ipOf(address);
  const isLength = /^(0|[1-9]\d*)$/.test(length) && more.length === 0;
  if (ip === undefined || !isLength || Number(length) > ip.bytes.length * 8) return undefined;
  return new Cidr(ip, Number(length));
}

function needed<T>(value: T | undefined, text: string, what: string): T {
  if (value === undefined) throw new Error(`${what} "${text}" parse error during conversion from string`);
  return value;
}

export function registerNetwork(environment: CelEnvironment): void {
  registerIps(environment);
  registerCidrs(environment);
  registerUrls(environment);
}

const IP = 'net.IP';
const CIDR = 'net.CIDR';
const URL_TYPE = 'kubernetes.URL';

function registerIps(environment: CelEnvironment): void {
  environment.registerType(IP, { ctor: Ip, fields: {} });
  environment.registerOperator(`${IP} == ${IP}`, (a: Ip, b: Ip) => sameBytes(a.bytes, b.bytes));
  const add = environment.registerFunction.bind(environment);
  add(`ip(string): ${IP}`, (text: string) => needed(ipOf(text), text, 'IP Address'));
  add('isIP(string): bool', (text: string) => ipOf(text) !== undefined);
  add('ip_isCanonical(string): bool', (text: string) => ipText(needed(ipOf(text), text, 'IP Address')) === text);
  add(`string(${IP}): string`, ipText);
  add(`${IP}.family(): int`, ({ bytes }: Ip) => (bytes.length === 4 ? 4n : 6n));
  const test = (name: string, holds: (bytes: readonly number[], is4: boolean) => boolean): void => {
    add(`${IP}.${name}(): bool`, ({ bytes }: Ip) => holds(bytes, bytes.length === 4));
  };
  test('isUnspecified', (bytes) => bytes.every((byte) => byte === 0));
  test('isLoopback', (bytes, is4) => (is4 ? bytes[0] === 127 : isLast(bytes, 1)));
  test('isLinkLocalMulticast', isLinkLocalMulticast);
  test('isLinkLocalUnicast', isLinkLocalUnicast);
  test('isGlobalUnicast', (bytes, is4) => isGlobalUnicast(bytes, is4));
}

function isLast(bytes: readonly number[], last: number): boolean {
  return bytes.every((byte, index) => byte === (index === bytes.length - 1 ? last : 0));
}

function isLinkLocalMulticast(bytes: readonly number[], is4: boolean): boolean {
  const [a = 0, b = 0, c = 0] = bytes;
  return is4 ? a === 224 && b === 0 && c === 0 : a === 0xff && (b & 0x0f) === 2;
}

function isLinkLocalUnicast(bytes: readonly number[], is4: boolean): boolean {
  const [a = 0, b = 0] = bytes;
  return is4 ? a === 169 && b === 254 : a === 0xfe && (b & 0xc0) === 0x80;
}

function isGlobalUnicast(bytes: readonly number[], is4: boolean): boolean {
  const isMulticast = is4 ? ((bytes[0] ?? 0) & 0xf0) === 0xe0 : bytes[0] === 0xff;
  const isBroadcast = is4 && bytes.every((byte) => byte === 255);
  const isLoopback = is4 ? bytes[0] === 127 : isLast(bytes, 1);
  const isNone = bytes.every((byte) => byte === 0);
  return !isMulticast && !isBroadcast && !isLoopback && !isNone && !isLinkLocalUnicast(bytes, is4);
}

function registerCidrs(environment: CelEnvironment): void {
  environment.registerType(CIDR, { ctor: Cidr, fields: {} });
  environment.registerOperator(
    `${CIDR} == ${CIDR}`,
    (a: Cidr, b: Cidr) => a.prefix === b.prefix && sameBytes(a.ip.bytes, b.ip.bytes),
  );
  const add = environment.registerFunction.bind(environment);
  const parse = (text: string): Cidr => needed(cidrOf(text), text, 'CIDR');
  add(`cidr(string): ${CIDR}`, parse);
  add('isCIDR(string): bool', (text: string) => cidrOf(text) !== undefined);
  add(`string(${CIDR}): string`, ({ ip, prefix }: Cidr) => `${ipText(ip)}/${prefix}`);
  add(`${CIDR}.ip(): ${IP}`, ({ ip }: Cidr) => ip);
  add(`${CIDR}.prefixLength(): int`, ({ prefix }: Cidr) => BigInt(prefix));
  add(`${CIDR}.masked(): ${CIDR}`, ({ ip, prefix }: Cidr) => new Cidr(new Ip(masked(ip.bytes, prefix)), prefix));
  add(`${CIDR}.containsIP(${IP}): bool`, containsIp);
  add(`${CIDR}.containsIP(string): bool`, (cidr: Cidr, text: string) =>
    containsIp(cidr, needed(ipOf(text), text, 'IP Address')),
  );
  add(`${CIDR}.containsCIDR(${CIDR}): bool`, containsCidr);
  add(`${CIDR}.containsCIDR(string): bool`, (cidr: Cidr, text: string) => containsCidr(cidr, parse(text)));
}

function containsIp({ ip, prefix }: Cidr, other: Ip): boolean {
  return sameBytes(masked(ip.bytes, prefix), masked(other.bytes, prefix));
}

function containsCidr(cidr: Cidr, other: Cidr): boolean {
  return other.prefix >= cidr.prefix && containsIp(cidr, other.ip);
}

function masked(bytes: readonly number[], prefix: number): readonly number[] {
  return bytes.map((byte, index) => {
    const bits = Math.min(8, Math.max(0, prefix - index * 8));
    return byte & (0xff00 >> bits) & 0xff;
  });
}

function sameBytes(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

/** The canonical text (RFC 5952 for IPv6). */
function ipText({ bytes }: Ip): string {
  if (bytes.length === 4) return bytes.join('.');
  const groups = Array.from({ length: 8 }, (_, index) =>
    (((bytes[index * 2] ?? 0) << 8) | (bytes[index * 2 + 1] ?? 0)).toString(16),
  );
  const runs = [
    ...groups
      .map((group) => (group === '0' ? '0' : '-'))
      .join('')
      .matchAll(/0{2,}/g),
  ];
  const longest = runs.reduce<RegExpMatchArray | undefined>(
    (best, run) => (best === undefined || run[0].length > best[0].length ? run : best),
    undefined,
  );
  if (longest === undefined) return groups.join(':');
  const start = longest.index ?? 0;
  return `${groups.slice(0, start).join(':')}::${groups.slice(start + longest[0].length).join(':')}`;
}

function urlOf(text: string): Url | undefined {
  if (text.startsWith('/')) {
    return new Url(URL.canParse(text, 'http://x') ? new URL(text, 'http://x') : undefined, text);
  }
  return /^[a-zA-Z][a-zA-Z0-9+.-]*:/.test(text) && URL.canParse(text) ? new Url(new URL(text), text) : undefined;
}

function registerUrls(environment: CelEnvironment): void {
  environment.registerType(URL_TYPE, { ctor: Url, fields: {} });
  environment.registerOperator(`${URL_TYPE} == ${URL_TYPE}`, (a: Url, b: Url) => a.text === b.text);
  const add = environment.registerFunction.bind(environment);
  add(`url(string): ${URL_TYPE}`, (text: string) => needed(urlOf(text), text, 'URL'));
  add('isURL(string): bool', (text: string) => urlOf(text) !== undefined);
  const part = (name: string, of: (url: URL, text: string) => string): void => {
    add(`${URL_TYPE}.${name}(): string`, ({ url, text }: Url) => (url === undefined ? '' : of(url, text)));
  };
  const authority = (text: string): string => /^[^/]*\/\/(?:[^/?#@]*@)?([^/?#]*)/.exec(text)?.[1] ?? '';
  part('getScheme', (url, text) => (text.startsWith('/') ? '' : url.protocol.slice(0, -1)));
  part('getHost', (_, text) => authority(text));
  part('getHostname', (_, text) =>
    authority(text)
      .replace(/:\d*$/, '')
      .replace(/^\[(.*)\]$/, '$1'),
  );
  part('getPort', (_, text) => /:(\d+)$/.exec(authority(text))?.[1] ?? '');
  part('getEscapedPath', (_, text) => /^(?:[^/]*\/\/[^/?#]*)?([^?#]*)/.exec(text)?.[1] ?? '');
  add(`${URL_TYPE}.getQuery(): map<string, list<string>>`, ({ url }: Url) => {
    const names = [...new Set(url?.searchParams.keys() ?? [])];
    return new Map(names.map((name) => [name, [...(url?.searchParams.getAll(name) ?? [])]]));
  });
}
