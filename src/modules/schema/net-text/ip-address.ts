// IP addresses as text, read as Go reads them (net/netip): no zone, no leading zero unless asked for.

/** The bytes of an address: 4 or 16; undefined for what is none. */
export function parseIp(
  text: string,
  options: { readonly leadingZeros?: boolean } = {},
): readonly number[] | undefined {
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text, options.leadingZeros === true);
}

function parseIpv4(text: string, leadingZeros: boolean): readonly number[] | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  const isPart = (part: string): boolean =>
    /^\d+$/.test(part) && Number(part) <= 255 && (leadingZeros || String(Number(part)) === part);
  return parts.every(isPart) ? parts.map(Number) : undefined;
}

function parseIpv6(text: string): readonly number[] | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map(groupsOf);
  if (head === undefined || (halves.length === 2 && tail === undefined)) return undefined;
  if (halves.length === 1 || tail === undefined) return head.length === 16 ? head : undefined;
  const missing = 16 - head.length - tail.length;
  return missing < 2 ? undefined : [...head, ...Array<number>(missing).fill(0), ...tail];
}

/** The last group may be an IPv4 address. */
function groupsOf(text: string): readonly number[] | undefined {
  if (text === '') return [];
  const groups = text.split(':');
  const bytes: number[] = [];
  for (const [index, group] of groups.entries()) {
    if (index === groups.length - 1 && group.includes('.')) {
      const embedded = parseIpv4(group, false);
      if (embedded === undefined) return undefined;
      bytes.push(...embedded);
    } else {
      if (!/^[0-9a-fA-F]{1,4}$/.test(group)) return undefined;
      const value = Number.parseInt(group, 16);
      bytes.push(value >> 8, value & 0xff);
    }
  }
  return bytes;
}
