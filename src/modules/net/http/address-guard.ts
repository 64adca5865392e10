// Which addresses a call may reach. A URL may come from a Katalog, a custom resource or the answer of a server, and this
// process sits where they do not: beside its own loopback services and the metadata service of the cloud, which hands out
// credentials to whoever asks. The guard looks at the address that is connected to, after the name was resolved: a name
// that is checked first and resolved again later may lead elsewhere the second time.
import { type LookupAddress, type LookupOptions, lookup as systemLookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

type Family = 'ipv4' | 'ipv6';
type Range = readonly [address: string, bits: number, family: Family];

interface AddressClass {
  /** As the setting names it. */
  readonly name: string;
  readonly inWords: string;
  readonly ranges: readonly Range[];
}

/** IANA's special-purpose registries (RFC 6890), and metadata services that clouds put elsewhere. */
const CLASSES: readonly AddressClass[] = [
  {
    name: 'loopback',
    inWords: 'a loopback address',
    ranges: [
      ['127.0.0.0', 8, 'ipv4'],
      ['::1', 128, 'ipv6'],
      ['64:ff9b::7f00:0', 104, 'ipv6'],
    ],
  },
  {
    name: 'link-local',
    inWords: 'a link-local address, where clouds have their metadata service',
    ranges: [
      ['169.254.0.0', 16, 'ipv4'],
      ['fe80::', 10, 'ipv6'],
      ['64:ff9b::a9fe:0', 112, 'ipv6'],
    ],
  },
  {
    name: 'metadata',
    inWords: 'the metadata service of a cloud',
    ranges: [
      ['fd00:ec2::254', 128, 'ipv6'],
      ['100.100.100.200', 32, 'ipv4'],
      ['168.63.129.16', 32, 'ipv4'],
      ['192.0.0.192', 32, 'ipv4'],
    ],
  },
  {
    name: 'reserved',
    inWords: 'no address of a single host',
    ranges: [
      ['0.0.0.0', 8, 'ipv4'],
      ['::', 128, 'ipv6'],
      ['224.0.0.0', 3, 'ipv4'],
      ['ff00::', 8, 'ipv6'],
    ],
  },
];
const LISTS = CLASSES.map(({ ranges }) => listOf(ranges));

/** What stands against an address. */
export interface AddressObjection {
  readonly address: string;
  /** `a loopback address` */
  readonly inWords: string;
  /** What the setting has to name to allow it. */
  readonly setting: string;
}

/** A name led to no address that may be called. */
export class BlockedAddress extends Error {
  constructor(readonly objection: AddressObjection) {
    super(`${objection.address} is ${objection.inWords}`);
    this.name = 'BlockedAddress';
  }
}

/** Decides about addresses, and resolves names to those that may be called. */
export class AddressGuard {
  private readonly classes: ReadonlySet<string>;
  private readonly allowed: BlockList;

  /**
   * `allow`: what is called although it would not be: `loopback`, `link-local`, `metadata`, an address, or a range
   * (`10.0.0.0/8`). konfig checks what a user writes; anything else throws.
   */
  constructor(private readonly allow: readonly string[]) {
    this.classes = new Set(allow);
    const names = CLASSES.map(({ name }) => name);
    this.allowed = listOf(allow.filter((item) => !names.includes(item)).map(rangeOf));
  }

  /** A guard that allows this as well. */
  with(item: string): AddressGuard {
    return new AddressGuard([...this.allow, item]);
  }

  /** Undefined when the address (not a name) may be called. */
  objection(address: string): AddressObjection | undefined {
    // The zone of `fe80::1%eth0` is a matter of this host.
    const bare = address.replace(/%.*$/, '');
    const family = isIP(bare) === 6 ? 'ipv6' : 'ipv4';
    const index = LISTS.findIndex((list) => list.check(bare, family));
    const found = CLASSES[index];
    if (found === undefined || this.classes.has(found.name) || this.allowed.check(bare, family)) return undefined;
    return { address: bare, inWords: found.inWords, setting: found.name === 'reserved' ? bare : found.name };
  }

  /** Of a host as a URL has it: a name is no objection yet, unless it means loopback everywhere (RFC 6761 §6.3). */
  objectionToHost(hostname: string): AddressObjection | undefined {
    const host = hostname.replace(/^\[|\]$/g, '');
    if (isIP(host) !== 0) return this.objection(host);
    if (!/(^|\.)localhost\.?$/i.test(host)) return undefined;
    const objection = this.objection('127.0.0.1');
    return objection === undefined ? undefined : { ...objection, address: host };
  }

  /** As node:dns resolves, without the addresses that may not be called; fails with BlockedAddress when none is left. */
  lookup(resolve: LookupFunction = systemLookup): LookupFunction {
    return (hostname, options: LookupOptions, callback) => {
      resolve(hostname, { ...options, all: true }, (error, found) => {
        if (error !== null) return callback(error, '', 0);
        const addresses = found as unknown as readonly LookupAddress[];
        const good = addresses.filter(({ address }) => this.objection(address) === undefined);
        const [first] = good;
        if (first === undefined) {
          const objection = addresses[0] === undefined ? undefined : this.objection(addresses[0].address);
          const reason = objection === undefined ? notFound(hostname) : new BlockedAddress(objection);
          return callback(reason, '', 0);
        }
        if (options.all === true) callback(null, good);
        else callback(null, first.address, first.family);
      });
    };
  }
}

function notFound(hostname: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`no address for ${hostname}`), { code: 'ENOTFOUND' });
}

function listOf(ranges: readonly Range[]): BlockList {
  const list = new BlockList();
  for (const [address, bits, family] of ranges) list.addSubnet(address, bits, family);
  return list;
}

function rangeOf(text: string): Range {
  const [address = '', bits] = text.split('/');
  const isV6 = isIP(address) === 6;
  return [address, Number(bits ?? (isV6 ? 128 : 32)), isV6 ? 'ipv6' : 'ipv4'];
}
