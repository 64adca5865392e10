// string.format: the verbs of the strings extension of CEL, each for the types that it takes.
import { goFloat } from '../../causes';

/** %s, %d, %f, %e, %b, %o, %x, %X and %%. */
export function formatText(template: string, args: readonly unknown[]): string {
  let next = 0;
  const text = template.replace(/%(?:(?:\.(\d+))?([a-zA-Z])|(%)|([^]?))/g, (_, precision, verb, percent, other) => {
    if (percent !== undefined) return '%';
    if (verb === undefined) {
      throw new Error(`could not parse formatting clause: unrecognized formatting clause "${other}"`);
    }
    if (next >= args.length) throw new Error(`index ${next} out of range`);
    return formatted(args[next++], verb as string, precision === undefined ? 6 : Number(precision));
  });
  if (next < args.length) {
    throw new Error(`too many arguments supplied to string.format (expected ${next}, got ${args.length})`);
  }
  return text;
}

function formatted(value: unknown, verb: string, precision: number): string {
  switch (verb) {
    case 's':
      return textOf(value);
    case 'd':
      return whole(value, 'decimal').toString();
    case 'f':
      return fixed(fraction(value, 'fixed-point'), precision);
    case 'e':
      return scientific(fraction(value, 'scientific'));
    case 'b':
      return typeof value === 'boolean' ? (value ? '1' : '0') : whole(value, 'binary').toString(2);
    case 'o':
      return whole(value, 'octal').toString(8);
    case 'x':
      return hex(value);
    case 'X':
      return hex(value).toUpperCase();
    default:
      throw new Error(`could not parse formatting clause: unrecognized formatting clause "${verb}"`);
  }
}

function hex(value: unknown): string {
  if (typeof value === 'string' || value instanceof Uint8Array) return Buffer.from(value as string).toString('hex');
  return whole(value, 'hexadecimal').toString(16);
}

function whole(value: unknown, clause: string): bigint {
  const plain = plainOf(value);
  if (typeof plain === 'bigint') return plain;
  throw new Error(`error during formatting: ${clause} clause can only be used on integers`);
}

function fraction(value: unknown, clause: string): number {
  if (typeof value === 'number') return value;
  throw new Error(`error during formatting: ${clause} clause can only be used on doubles`);
}

/** A uint is an object of the library. */
function plainOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && !(value instanceof Date) ? value.valueOf() : value;
}

/** With commas between thousands, as the server's locale has it. */
function fixed(value: number, precision: number): string {
  if (!Number.isFinite(value)) return infinite(value);
  const [whole = '', part] = value.toFixed(precision).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return part === undefined ? grouped : `${grouped}.${part}`;
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** `2.500000×10⁰⁰`, always with six digits. */
function scientific(value: number): string {
  if (!Number.isFinite(value)) return infinite(value);
  const [digits = '', exponent = '0'] = value.toExponential(6).split('e');
  const power = exponent.replace(/^[+-]/, '').padStart(2, '0');
  const raised = [...power].map((digit) => SUPERSCRIPTS.charAt(Number(digit))).join('');
  return `${digits}×10${exponent.startsWith('-') ? '⁻' : ''}${raised}`;
}

function infinite(value: number): string {
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '-∞';
}

/** As `%s` prints values of CEL. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  return shown(value);
}

/** Inside of lists and maps texts are quoted. */
function shown(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'string' || value instanceof Uint8Array) return JSON.stringify(textOf(value));
  if (typeof value === 'number') return Number.isFinite(value) ? goFloat(value) : infinite(value).replace('∞', 'Inf');
  if (Array.isArray(value)) return `[${value.map(shown).join(', ')}]`;
  if (value instanceof Date) return value.toISOString().replace('.000Z', 'Z');
  if (typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'object') return '';
  if (value instanceof Map) return shownEntries([...(value as Map<unknown, unknown>)]);
  if (Object.getPrototypeOf(value) === Object.prototype) return shownEntries(Object.entries(value));
  if ('seconds' in value && 'nanos' in value) return `${Number(value.valueOf()) / 1_000}s`;
  if ('name' in value && typeof value.name === 'string') return value.name;
  const plain = value.valueOf();
  return typeof plain === 'object' ? JSON.stringify(plain) : String(plain);
}

function shownEntries(entries: readonly (readonly [unknown, unknown])[]): string {
  const texts = entries.map(([key, item]) => `${shown(key)}:${shown(item)}`);
  return `{${texts.sort().join(', ')}}`;
}
