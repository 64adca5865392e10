// The formats that a CRD's schema may ask for. Unknown formats, and formats of other types, are ignored.
import { parseIp } from '../../net-text/ip-address';
import { patternOf } from './patterns';

type Check = (text: string) => boolean;

const matches =
  (pattern: RegExp): Check =>
  (text) =>
    pattern.test(text);

const UUID = (version: string, variant: string): Check =>
  matches(new RegExp(`^[0-9a-f]{8}-?[0-9a-f]{4}-?${version}[0-9a-f]{3}-?${variant}[0-9a-f]{3}-?[0-9a-f]{12}$`, 'i'));
const ANY_HEX = '[0-9a-f]';

/** By the name without dashes: `date-time` and `datetime` are one. */
const FORMATS: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['bsonobjectid', matches(/^[0-9a-fA-F]{24}$/)],
  ['uri', isRequestUri],
  ['email', isEmail],
  ['hostname', isHostname],
  ['ipv4', (text) => isSloppyIpv4(text) || (isIpv6(text) && text.includes('.'))],
  ['ipv6', isIpv6],
  ['cidr', isCidr],
  ['mac', isMac],
  ['uuid', UUID(ANY_HEX, ANY_HEX)],
  ['uuid3', UUID('3', ANY_HEX)],
  ['uuid4', UUID('4', '[89ab]')],
  ['uuid5', UUID('5', '[89ab]')],
  ['isbn', (text) => isIsbn10(text) || isIsbn13(text)],
  ['isbn10', isIsbn10],
  ['isbn13', isIsbn13],
  ['creditcard', isCreditCard],
  ['ssn', (text) => text.length === 11 && /^\d{3}[- ]?\d{2}[- ]?\d{4}$/.test(text)],
  ['hexcolor', matches(/^#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$/)],
  ['rgbcolor', isRgbColor],
  ['byte', (text) => text.length > 0 && text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text)],
  ['password', () => true],
  ['date', isDate],
  ['duration', isDuration],
  ['datetime', isDateTime],
  ['k8sshortname', (text) => text.length <= 63 && SHORT_NAME.test(text)],
  ['k8slongname', (text) => text.length <= 253 && text.split('.').every((part) => SHORT_NAME.test(part))],
]);
const SHORT_NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/** The format as far as it counts for a node: '' for one that is not supported for its type. */
export function countedFormat(format: string, type: string | undefined): string {
  if (type === undefined || type === 'string') return FORMATS.has(format.replaceAll('-', '')) ? format : '';
  if (type === 'integer') return format === 'int32' || format === 'int64' ? format : '';
  return type === 'number' && (format === 'float' || format === 'double') ? format : '';
}

/** Whether the text has the format; a format that is not about text is always met. */
export function hasFormat(text: string, format: string): boolean {
  return FORMATS.get(format.replaceAll('-', ''))?.(text) ?? true;
}

function isRequestUri(text: string): boolean {
  if (text === '' || /[\x00-\x1f\x7f]/.test(text)) return false;
  if (/%(?![0-9a-fA-F]{2})/.test(text.split('?', 1)[0] ?? '')) return false;
  const scheme = /^[a-zA-Z][a-zA-Z0-9+.-]*:/.exec(text)?.[0];
  const rest = text.slice(scheme?.length ?? 0);
  if (!rest.startsWith('/')) return scheme !== undefined;
  // Without a scheme two slashes are a path like any other.
  if (scheme === undefined || !rest.startsWith('//') || rest.startsWith('///')) return true;
  const authority = rest.slice(2).split(/[/?]/, 1)[0] ?? '';
  return isAuthority(authority.slice(authority.lastIndexOf('@') + 1));
}

function isAuthority(text: string): boolean {
  const [, host = '', port = ''] = /^(\[[^\]]*\]|[^:]*)((?::.*)?)$/.exec(text) ?? [];
  if (!/^(:\d*)?$/.test(port) || (text !== '' && host === '' && port === '')) return false;
  return host.startsWith('[') ? isIpv6(host.slice(1, -1)) : !/[\s"<>\\^`{|}[\]]/.test(host);
}

/** An address of RFC 5322, alone or behind a display name. */
function isEmail(text: string): boolean {
  const address = /^[^<>]*<([^<>]+)>$/.exec(text.trim())?.[1] ?? text.trim();
  const at = address.lastIndexOf('@');
  if (at <= 0) return false;
  const local = address.slice(0, at);
  const domain = address.slice(at + 1);
  const atom = /^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+$/u;
  const isDotAtom = (part: string): boolean => part.split('.').every((piece) => atom.test(piece));
  return (isDotAtom(local) || /^"([^"\\]|\\.)*"$/.test(local)) && (isDotAtom(domain) || /^\[[^[\]\\]*\]$/.test(domain));
}

const HOST_CHARACTER = 'a-zA-Z0-9\\p{S}\\p{L}';
const HOSTNAME =
  `^([${HOST_CHARACTER}]((-?[${HOST_CHARACTER}]{0,62})?)|([${HOST_CHARACTER}](([${HOST_CHARACTER}-]{0,61}` +
  `[${HOST_CHARACTER}])?)(\\.)){1,}([a-zA-Z\\p{L}]){2,63})$`;

function isHostname(text: string): boolean {
  if (patternOf(HOSTNAME)?.matcher(text).find() !== true) return false;
  return Buffer.byteLength(text) <= 255 && text.split('.').every((part) => Buffer.byteLength(part) <= 63);
}

/** Leading zeros are accepted, as in old Go. */
function isSloppyIpv4(text: string): boolean {
  return parseIp(text, { leadingZeros: true })?.length === 4;
}

function isIpv6(text: string): boolean {
  return parseIp(text)?.length === 16;
}

function isCidr(text: string): boolean {
  const [address = '', length = '', ...more] = text.split('/');
  if (more.length > 0 || !/^\d+$/.test(length)) return false;
  return isSloppyIpv4(address) ? Number(length) <= 32 : isIpv6(address) && Number(length) <= 128;
}

function isMac(text: string): boolean {
  const bytes = /^([0-9a-fA-F]{2})([:-])(?:[0-9a-fA-F]{2}\2)*[0-9a-fA-F]{2}$/.test(text) ? (text.length + 1) / 3 : 0;
  const dotted = /^(?:[0-9a-fA-F]{4}\.)+[0-9a-fA-F]{4}$/.test(text) ? ((text.length + 1) / 5) * 2 : 0;
  return [6, 8, 20].includes(bytes) || [6, 8, 20].includes(dotted);
}

function isIsbn10(text: string): boolean {
  const digits = text.replace(/[\s-]+/g, '');
  if (!/^(?:[0-9]{9}X|[0-9]{10})$/.test(digits)) return false;
  const sum = [...digits].reduce(
    (total, digit, index) => total + (index + 1) * (digit === 'X' ? 10 : Number(digit)),
    0,
  );
  return sum % 11 === 0;
}

function isIsbn13(text: string): boolean {
  const digits = text.replace(/[\s-]+/g, '');
  if (!/^[0-9]{13}$/.test(digits)) return false;
  const sum = [...digits.slice(0, 12)].reduce(
    (total, digit, index) => total + (index % 2 === 0 ? 1 : 3) * Number(digit),
    0,
  );
  return Number(digits[12]) === (10 - (sum % 10)) % 10;
}

const CARD =
  /^(?:4[0-9]{12}(?:[0-9]{3})?|5[1-5][0-9]{14}|6(?:011|5[0-9][0-9])[0-9]{12}|3[47][0-9]{13}|3(?:0[0-5]|[68][0-9])[0-9]{11}|(?:2131|1800|35\d{3})\d{11})$/;

/** Of a known issuer, with the check digit of Luhn. */
function isCreditCard(text: string): boolean {
  const digits = text.replace(/[^0-9]+/g, '');
  if (!CARD.test(digits)) return false;
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

function isRgbColor(text: string): boolean {
  const parts = /^rgb\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*\)$/.exec(text)?.slice(1);
  return parts?.every((part) => Number(part) <= 255 && String(Number(part)) === part) === true;
}

function isDate(text: string): boolean {
  const [, year, month, day] = (/^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined || month < 1 || month > 12 || day < 1) {
    return false;
  }
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return day <= ([31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0);
}

function isDateTime(text: string): boolean {
  const [date = '', time = ''] = text.toLowerCase().split('t');
  const match = /^(\d{2}):(\d{2}):(\d{2})(.\d+)?(z|([+-]\d{2}:\d{2}))$/.exec(time);
  return isDate(date) && match !== null && Number(match[1]) <= 23 && Number(match[2]) <= 59 && Number(match[3]) <= 59;
}

const GO_DURATION = /^[+-]?(?:0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/;
const UNITS = ['ns', 'us', 'µs', 'ms', 's', 'm', 'h', 'd', 'w', 'sec', 'min', 'hr', 'wk'];
const LONG_UNITS = ['nano', 'micro', 'milli', 'sec', 'min', 'hour', 'day', 'week'];

/** Of Go, or a number with a unit in words (`2 days`). */
function isDuration(text: string): boolean {
  if (GO_DURATION.test(text)) return true;
  return [...text.matchAll(/\d+\s*([A-Za-zµ]+)/g)].some(([, unit = '']) => {
    const word = unit.toLowerCase();
    return UNITS.includes(word) || LONG_UNITS.some((long) => word.startsWith(long));
  });
}
