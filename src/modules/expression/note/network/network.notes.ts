// Addresses and host names (docs/reference/notes.md, net and domain).
import { type Value } from '../../template/value';
import { notesOf } from '../notes-of';
import { type NoteSpec } from '../registry';
import { trimSpace } from '../text/go-text';
import { networkContains, parseAddress, parseNetwork } from './ip';

const { note } = notesOf('net');
const domain = notesOf('domain');

/** RFC 1918 and RFC 4193: what Go's IP.IsPrivate says. */
const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'].flatMap(
  (text) => parseNetwork(text) ?? [],
);

function isPrivate(text: string): boolean {
  const address = parseAddress(text);
  return address !== undefined && PRIVATE.some((network) => networkContains(network, address));
}

function cidrContains(cidr: string, text: string): boolean {
  const network = parseNetwork(cidr);
  const address = parseAddress(text);
  return network !== undefined && address !== undefined && networkContains(network, address);
}

function withoutPrefix(text: string, prefix: string): string {
  return text.startsWith(prefix) ? text.slice(prefix.length) : text;
}

function domainHost(value: Value): string {
  if (typeof value !== 'string') return '';
  const host = withoutPrefix(withoutPrefix(trimSpace(value), 'https://'), 'http://');
  return host.endsWith('/') ? host.slice(0, -1) : host;
}

export const netNotes: readonly NoteSpec[] = [
  note(
    'ipValid(address string) bool',
    'Whether it is an IPv4 or IPv6 address, without zone.',
    ['{{ ipValid "10.0.0.1" }}', 'true'],
    (text: string) => parseAddress(text) !== undefined,
  ),
  note(
    'ipIsPrivate(address string) bool',
    'Whether it is of a private range: 10/8, 172.16/12, 192.168/16, fc00::/7.',
    ['{{ ipIsPrivate "192.168.1.20" }}', 'true'],
    isPrivate,
  ),
  note(
    'cidrContains(cidr string, address string) bool',
    'Whether the network holds the address; the network comes first.',
    ['{{ cidrContains "10.0.0.0/8" "10.9.9.9" }}', 'true'],
    cidrContains,
  ),
];

export const domainNotes: readonly NoteSpec[] = [
  domain.note(
    'domainHost(value any) string',
    'Without scheme, and without the slash at the end; a path or port stays.',
    ['{{ domainHost "https://shop.example.io/" }}', 'shop.example.io'],
    domainHost,
  ),
  domain.note(
    'domainBare(value any) string',
    'As domainHost, without a leading "www.".',
    ['{{ domainBare "https://www.example.io/" }}', 'example.io'],
    (value: Value) => withoutPrefix(domainHost(value), 'www.'),
  ),
];
