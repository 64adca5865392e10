// Go's literals: quoted strings, runes, numbers.
import { Float, type Value } from './value';

const SIMPLE: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};
const HEX_DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** Decodes the inside of a quoted string or rune; undefined when an escape is malformed. */
export function unescape(inside: string, quote: '"' | "'"): string | undefined {
  if (!inside.includes('\\')) return inside;
  let decoded = '';
  let bytes: number[] = [];
  const flush = (): void => {
    if (bytes.length > 0) decoded += Buffer.from(bytes).toString('utf8');
    bytes = [];
  };
  for (let i = 0; i < inside.length; i++) {
    const character = inside.charAt(i);
    if (character !== '\\') {
      flush();
      decoded += character;
      continue;
    }
    const escape = inside.charAt(++i);
    const simple = escape === quote ? quote : SIMPLE[escape];
    if (simple !== undefined) {
      flush();
      decoded += simple;
      continue;
    }
    const isOctal = escape >= '0' && escape <= '7';
    const digits = isOctal ? inside.slice(i, i + 3) : inside.slice(i + 1, i + 1 + (HEX_DIGITS[escape] ?? 0));
    const pattern = isOctal ? /^[0-7]{3}$/ : new RegExp(`^[0-9a-fA-F]{${HEX_DIGITS[escape] ?? 99}}$`);
    if (!pattern.test(digits)) return undefined;
    const code = Number.parseInt(digits, isOctal ? 8 : 16);
    if (code > (isOctal || escape === 'x' ? 255 : 0x10ffff)) return undefined;
    if (isOctal || escape === 'x') bytes.push(code);
    else {
      flush();
      decoded += String.fromCodePoint(code);
    }
    i += isOctal ? 2 : digits.length;
  }
  flush();
  return decoded;
}

const INTEGER = /^[+-]?(0[xX](_?[0-9a-fA-F])+|0[bB](_?[01])+|0[oO]?(_?[0-7])+|0|[1-9](_?[0-9])*)$/;
const FLOAT = /^[+-]?([0-9](_?[0-9])*)?(\.([0-9](_?[0-9])*)?)?([eE][+-]?[0-9]+)?$/;
const HEX_FLOAT = /^([+-]?)0[xX]([0-9a-fA-F_]*)(?:\.([0-9a-fA-F_]*))?[pP]([+-]?[0-9]+)$/;

/** What parseNumber gives for an integer outside of int64. */
export const OVERFLOW = Symbol('overflow');

/** A number literal; undefined when the text is none. Integers are int64, the rest float64. */
export function parseNumber(text: string): Value | typeof OVERFLOW {
  const plain = text.replace(/_/g, '');
  if (INTEGER.test(text)) return parseInteger(plain);
  const hex = HEX_FLOAT.exec(plain);
  if (hex !== null) return floatValue(hexFloat(hex));
  if (FLOAT.test(text) && /[0-9]/.test(text)) return /[.eE]/.test(text) ? floatValue(Number(plain)) : OVERFLOW;
  return undefined;
}

function parseInteger(text: string): Value | typeof OVERFLOW {
  const negative = text.startsWith('-');
  let digits = text.replace(/^[+-]/, '');
  if (/^0[0-7]+$/.test(digits)) digits = `0o${digits.slice(1)}`;
  const value = negative ? -BigInt(digits) : BigInt(digits);
  if (value > 9223372036854775807n || value < -9223372036854775808n) return OVERFLOW;
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
}

/** A float as a value: a Float when it has no fraction, because a bare JS integer is an int. */
export function floatValue(value: number): Value {
  return Number.isInteger(value) ? new Float(value) : value;
}

function hexFloat(match: RegExpExecArray): number {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const mantissa = Number.parseInt(`${whole}${fraction}` || '0', 16);
  const value = mantissa * 2 ** (Number(exponent) - 4 * fraction.length);
  return sign === '-' ? -value : value;
}
