// Go's literals: quoted strings, runes, numbers.
import { textOf } from '../../common';
import { Float, GoInt, type Value } from './value';

const SIMPLE: Readonly<Record<string, number>> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11, '\\': 92 };
const HEX_DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

interface Escape {
  readonly code: number;
  /** `\x41`, `\101`: one byte of the text, not a character. */
  readonly isByte: boolean;
  readonly length: number;
}

/** The escape that follows a backslash at `at`. */
function escapeAt(inside: string, at: number, quote: string): Escape | undefined {
  const letter = inside.charAt(at);
  const simple = letter === quote ? quote.charCodeAt(0) : SIMPLE[letter];
  if (simple !== undefined) return { code: simple, isByte: false, length: 1 };
  const isOctal = letter >= '0' && letter <= '7';
  const count = HEX_DIGITS[letter] ?? 0;
  const digits = isOctal ? inside.slice(at, at + 3) : inside.slice(at + 1, at + 1 + count);
  const isValid = isOctal
    ? /^[0-7]{3}$/.test(digits)
    : count > 0 && digits.length === count && /^[\da-f]+$/i.test(digits);
  if (!isValid) return undefined;
  const code = Number.parseInt(digits, isOctal ? 8 : 16);
  const isByte = isOctal || letter === 'x';
  if (code > (isByte ? 255 : 0x10ffff) || (!isByte && code >= 0xd800 && code < 0xe000)) return undefined;
  return { code, isByte, length: isOctal ? 3 : 1 + count };
}

/** The text of a quoted or raw string literal; undefined when an escape is malformed. */
export function stringLiteral(literal: string): string | undefined {
  const inside = literal.slice(1, -1);
  if (literal.startsWith('`')) return inside.replace(/\r/g, '');
  if (!inside.includes('\\')) return inside;
  const parts: Buffer[] = [];
  for (let i = 0; i < inside.length;) {
    const backslash = inside.indexOf('\\', i);
    parts.push(Buffer.from(inside.slice(i, backslash < 0 ? undefined : backslash)));
    if (backslash < 0) break;
    const escape = escapeAt(inside, backslash + 1, '"');
    if (escape === undefined) return undefined;
    parts.push(escape.isByte ? Buffer.from([escape.code]) : Buffer.from(String.fromCodePoint(escape.code)));
    i = backslash + 1 + escape.length;
  }
  return textOf(Buffer.concat(parts));
}

/** The code of a character literal, or what is wrong with it. */
export function runeLiteral(literal: string): number | 'invalid syntax' | 'malformed character constant' {
  const inside = literal.slice(1);
  const isEscape = inside.startsWith('\\');
  const escape = isEscape ? escapeAt(inside, 1, "'") : undefined;
  if (inside === "'" || (isEscape && escape === undefined)) return 'invalid syntax';
  const code = escape?.code ?? inside.codePointAt(0) ?? 0;
  const length = escape === undefined ? String.fromCodePoint(code).length : 1 + escape.length;
  return inside.slice(length) === "'" ? code : 'malformed character constant';
}

const INTEGER = /^[+-]?(0[xX](_?[0-9a-fA-F])+|0[bB](_?[01])+|0[oO]?(_?[0-7])+|0|[1-9](_?[0-9])*)$/;
const FLOAT = /^[+-]?([0-9](_?[0-9])*)?(\.([0-9](_?[0-9])*)?)?([eE][+-]?[0-9](_?[0-9])*)?$/;
const HEX_FLOAT =
  /^([+-]?)0[xX](_?[0-9a-fA-F](?:_?[0-9a-fA-F])*)?(?:\.([0-9a-fA-F](?:_?[0-9a-fA-F])*)?)?[pP]([+-]?[0-9](?:_?[0-9])*)$/;
const MAX_INT = 9_223_372_036_854_775_807n;
const MAX_UINT = 18_446_744_073_709_551_615n;

/** A number literal. */
export type NumberLiteral =
  /** Undefined: an integer that needs an unsigned type, which fails when it is evaluated. */
  { readonly value: Value } | { readonly problem: 'illegal number syntax' | 'integer overflow' | 'imaginary number' };

/** Integers are Go's int, the rest float64. */
export function numberLiteral(text: string): NumberLiteral {
  if (text.endsWith('i')) return { problem: 'imaginary number' };
  const plain = text.replace(/_/g, '');
  // Go calls these floats, because an `e` stands in them: -0x1e.
  const looksFloat = /[.eEpP]/.test(text) && !/^0[xX][^pP]*$/.test(text);
  const integer = INTEGER.test(text) ? parseInteger(plain) : undefined;
  if (integer !== undefined && integer <= MAX_INT && integer >= -MAX_INT - 1n) {
    return { value: looksFloat ? floatValue(Number(integer)) : intValue(integer) };
  }
  if (integer !== undefined && integer > 0n && integer <= MAX_UINT && !/^[+]/.test(text)) return { value: undefined };
  const float = floatOf(text);
  if (float === undefined || !Number.isFinite(float)) return { problem: 'illegal number syntax' };
  return looksFloat ? { value: floatValue(float) } : { problem: 'integer overflow' };
}

function parseInteger(text: string): bigint {
  let digits = text.replace(/^[+-]/, '');
  if (/^0[0-7]+$/.test(digits)) digits = `0o${digits.slice(1)}`;
  return text.startsWith('-') ? -BigInt(digits) : BigInt(digits);
}

function intValue(value: bigint): GoInt {
  const isSafe = value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER);
  return new GoInt('int', isSafe ? Number(value) : value);
}

/** A float as a value: a Float when it has no fraction, because a bare JS integer is an int. */
export function floatValue(value: number): Value {
  return Number.isInteger(value) ? new Float(value) : value;
}

/** The value of a float in Go's form, decimal or hexadecimal; undefined when the text is none. */
export function floatOf(text: string): number | undefined {
  const hex = HEX_FLOAT.exec(text);
  if (hex !== null) return hexFloat(hex);
  return FLOAT.test(text) && /^[+-]?\.?[0-9]/.test(text) ? Number(text.replace(/_/g, '')) : undefined;
}

function hexFloat(match: RegExpExecArray): number | undefined {
  const [sign = '', whole = '', fraction = '', exponent = '0'] = match.slice(1).map((part) => part?.replace(/_/g, ''));
  if (whole === '' && fraction === '') return undefined;
  const value = scaled(BigInt(`0x${whole}${fraction}`), Number(exponent) - 4 * fraction.length);
  return sign === '-' ? -value : value;
}

/** mantissa * 2 ** exponent, rounded once, half to even. */
function scaled(mantissa: bigint, exponent: number): number {
  const bits = mantissa === 0n ? 0 : mantissa.toString(2).length;
  // Below the smallest normal number fewer than 53 bits are left.
  const spare = Math.max(bits - 53, -1074 - exponent, 0);
  if (spare > bits + 1) return 0;
  const shift = BigInt(spare);
  let kept = mantissa >> shift;
  const rest = mantissa - (kept << shift);
  const half = shift === 0n ? 0n : 1n << (shift - 1n);
  if (shift > 0n && (rest > half || (rest === half && kept % 2n === 1n))) kept += 1n;
  const power = exponent + spare;
  // In two steps: 2 ** power alone may be out of reach.
  return Number(kept) * 2 ** Math.trunc(power / 2) * 2 ** (power - Math.trunc(power / 2));
}
