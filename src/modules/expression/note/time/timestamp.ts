// Points in time: RFC 3339 or a plain date, in UTC, to the nanosecond.

/** Nanoseconds since the epoch. */
export type Instant = bigint;

const NANO_OF_MILLI = 1_000_000n;
const SHAPE =
  /^([0-9]{4})-([0-9]{2})-([0-9]{2})(?:T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:[.,]([0-9]+))?(?:Z|([+-])([0-9]{2}):([0-9]{2})))?$/;

/** Undefined for any other form, and for dates that no calendar has. */
export function parseTimestamp(text: string): Instant | undefined {
  const match = SHAPE.exec(text);
  if (match === null) return undefined;
  const number = (index: number): number => Number(match[index] ?? '0');
  const [year, month, day, hour, minute, second] = [1, 2, 3, 4, 5, 6].map(number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (hour > 23 || minute > 59 || second > 59 || number(9) > 23 || number(10) > 59) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  const offsetMs = (number(9) * 60 + number(10)) * 60_000 * (match[8] === '-' ? -1 : 1);
  const fraction = BigInt((match[7] ?? '').slice(0, 9).padEnd(9, '0'));
  return BigInt(date.getTime() - offsetMs) * NANO_OF_MILLI + fraction;
}

export function instantOf(epochMs: number): Instant {
  return BigInt(Math.floor(epochMs)) * NANO_OF_MILLI;
}

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];
/** What Go's layouts are made of; the longer of two forms stands first. Everything else is itself. */
const LAYOUT =
  /January|Jan(?![a-z])|Monday|Mon(?![a-z])|MST|002|0[1-6]|15|1|_?2006|__2|_?2|[345]|PM|pm|[-Z]07(?::?00(?::?00)?)?|[.,](?:0+|9+)(?![0-9])/g;

/** time.Time.Format of the time in UTC. */
export function formatTimestamp(instant: Instant, layout: string): string {
  const parts = partsOf(instant);
  return layout.replace(LAYOUT, (token) => formatToken(token, parts));
}

interface Parts {
  readonly date: Date;
  readonly nanos: bigint;
}

function partsOf(instant: Instant): Parts {
  const second = 1_000n * NANO_OF_MILLI;
  const nanos = ((instant % second) + second) % second;
  return { date: new Date(Number((instant - nanos) / NANO_OF_MILLI)), nanos };
}

function pad(value: number, width: number, filler = '0'): string {
  return String(value).padStart(width, filler);
}

function yearDay(date: Date): number {
  const start = new Date(date);
  start.setUTCMonth(0, 1);
  return Math.round((date.getTime() - start.getTime()) / 86_400_000) + 1;
}

function formatToken(token: string, { date, nanos }: Parts): string {
  const hour12 = date.getUTCHours() % 12 || 12;
  switch (token) {
    case 'January':
      return MONTHS[date.getUTCMonth()] ?? '';
    case 'Jan':
      return (MONTHS[date.getUTCMonth()] ?? '').slice(0, 3);
    case 'Monday':
      return DAYS[date.getUTCDay()] ?? '';
    case 'Mon':
      return (DAYS[date.getUTCDay()] ?? '').slice(0, 3);
    case 'MST':
      return 'UTC';
    case '2006':
      return pad(date.getUTCFullYear(), 4);
    case '_2006':
      return `_${pad(date.getUTCFullYear(), 4)}`;
    case '06':
      return pad(date.getUTCFullYear() % 100, 2);
    case '01':
      return pad(date.getUTCMonth() + 1, 2);
    case '1':
      return String(date.getUTCMonth() + 1);
    case '02':
      return pad(date.getUTCDate(), 2);
    case '_2':
      return pad(date.getUTCDate(), 2, ' ');
    case '2':
      return String(date.getUTCDate());
    case '002':
      return pad(yearDay(date), 3);
    case '__2':
      return pad(yearDay(date), 3, ' ');
    case '15':
      return pad(date.getUTCHours(), 2);
    case '03':
      return pad(hour12, 2);
    case '3':
      return String(hour12);
    case '04':
      return pad(date.getUTCMinutes(), 2);
    case '4':
      return String(date.getUTCMinutes());
    case '05':
      return pad(date.getUTCSeconds(), 2);
    case '5':
      return String(date.getUTCSeconds());
    case 'PM':
      return date.getUTCHours() < 12 ? 'AM' : 'PM';
    case 'pm':
      return date.getUTCHours() < 12 ? 'am' : 'pm';
    default:
      return token.startsWith('.') || token.startsWith(',') ? fraction(token, nanos) : zone(token);
  }
}

/** Nines leave trailing zeros out, and the point with them when nothing is left. */
function fraction(token: string, nanos: bigint): string {
  const digits = String(nanos)
    .padStart(9, '0')
    .padEnd(token.length - 1, '0')
    .slice(0, token.length - 1);
  const kept = token.endsWith('9') ? digits.replace(/0+$/, '') : digits;
  return kept === '' ? '' : `${token.charAt(0)}${kept}`;
}

function zone(token: string): string {
  return token.startsWith('Z') ? 'Z' : `+${token.slice(1).replace('07', '00')}`;
}
