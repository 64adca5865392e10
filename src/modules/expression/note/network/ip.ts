// IP addresses as Go's net.ParseIP reads them: no zone, no leading zeros, an IPv4 address in IPv6 form is the IPv4 one.

/** 4 or 16 bytes. */
export type Address = readonly number[];

const DECIMAL = /^(0|[1-9][0-9]{0,2})$/;
const GROUP = /^[0-9a-fA-F]{1,4}$/;
const MAPPED = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];
const PREFIX_LENGTH = /^[0-9]{1,3}$/;

/** Undefined when the text is not an address. */
export function parseAddress(text: string): Address | undefined {
  const bytes = text.includes(':') ? parseV6(text) : parseV4(text);
  return bytes?.length === 16 && MAPPED.every((byte, index) => bytes[index] === byte) ? bytes.slice(12) : bytes;
}

function parseV4(text: string): Address | undefined {
  const parts = text.split('.');
  const bytes = parts.map(Number);
  const isValid = parts.length === 4 && parts.every((part) => DECIMAL.test(part)) && bytes.every((byte) => byte < 256);
  return isValid ? bytes : undefined;
}

/** RFC 4291: groups of hex digits, one `::` for zeros, an IPv4 address for the last two groups. */
function parseV6(text: string): Address | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const parts = halves.map((half, index) => groups(half, index === halves.length - 1));
  const [head, tail] = parts;
  if (head === undefined || (halves.length === 2 && tail === undefined)) return undefined;
  if (halves.length === 1) return head.length === 16 ? head : undefined;
  const missing = 16 - head.length - (tail ?? []).length;
  return missing < 2 ? undefined : [...head, ...new Array<number>(missing).fill(0), ...(tail ?? [])];
}

function groups(text: string, isLast: boolean): Address | undefined {
  if (text === '') return [];
  const bytes: number[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    if (GROUP.test(part)) {
      const value = Number.parseInt(part, 16);
      bytes.push(value >> 8, value & 0xff);
      continue;
    }
    const v4 = isLast && index === parts.length - 1 ? parseV4(part) : undefined;
    if (v4 === undefined) return undefined;
    bytes.push(...v4);
  }
  return bytes;
}

export interface Network {
  readonly address: Address;
  /** Of the address as it stands there: 0 to 32 or 128. */
  readonly bits: number;
}

/** `10.0.0.0/8`; bits after the prefix may be set. */
export function parseNetwork(text: string): Network | undefined {
  const slash = text.indexOf('/');
  if (slash < 0) return undefined;
  const written = text.slice(0, slash);
  const length = text.slice(slash + 1);
  const address = parseAddress(written);
  if (address === undefined || !PREFIX_LENGTH.test(length)) return undefined;
  const size = written.includes(':') ? 128 : 32;
  const bits = Number(length);
  if (bits > size) return undefined;
  // A mapped address has the first 96 bits of its own in front.
  if (size === 128 && address.length === 4) return bits < 96 ? undefined : { address, bits: bits - 96 };
  return { address, bits };
}

export function networkContains({ address, bits }: Network, other: Address): boolean {
  if (address.length !== other.length) return false;
  return address.every((byte, index) => {
    const wanted = Math.min(8, Math.max(0, bits - 8 * index));
    const mask = (0xff << (8 - wanted)) & 0xff;
    return ((byte ^ (other[index] ?? 0)) & mask) === 0;
  });
}
