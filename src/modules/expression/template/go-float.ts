// Floats as digits, exactly: JavaScript's toFixed and toExponential round ties up and stop at 1e21, Go rounds the exact
// binary value half to even. Signs are the caller's.

/** value = mantissa * 2 ** exponent, for a finite value of 0 or more. */
function decompose(value: number): { readonly mantissa: bigint; readonly exponent: number } {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xf_ffff_ffff_ffffn;
  return biased === 0
    ? { mantissa: fraction, exponent: -1074 }
    : { mantissa: fraction | 0x10_0000_0000_0000n, exponent: biased - 1075 };
}

/** value * 10 ** decimals, rounded half to even. */
function scaled(value: number, decimals: number): bigint {
  const { mantissa, exponent } = decompose(value);
  const numerator = mantissa * 10n ** BigInt(Math.max(decimals, 0)) * 2n ** BigInt(Math.max(exponent, 0));
  const denominator = 10n ** BigInt(Math.max(-decimals, 0)) * 2n ** BigInt(Math.max(-exponent, 0));
  return roundedDivision(numerator, denominator);
}

function roundedDivision(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  const twice = (numerator % denominator) * 2n;
  const isUp = twice > denominator || (twice === denominator && quotient % 2n === 1n);
  return isUp ? quotient + 1n : quotient;
}

interface Digits {
  /** Without trailing zeros. */
  readonly digits: string;
  /** Of the first digit: 123 has 2. */
  readonly exponent: number;
}

function digitsOf(value: number, precision: number): Digits {
  if (value === 0) return { digits: '', exponent: 0 };
  let exponent = Number(value.toExponential().split('e')[1]);
  let text = scaled(value, precision - 1 - exponent).toString();
  if (text.length !== precision) {
    exponent += text.length > precision ? 1 : -1;
    text = scaled(value, precision - 1 - exponent).toString();
  }
  return { digits: text.replace(/0+$/, ''), exponent };
}

function shortestDigits(value: number): Digits {
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e');
  return { digits: mantissa.replace('.', '').replace(/0+$/, ''), exponent: Number(exponent) };
}

/** A float64 has no decimal beyond this one but zeros: a larger precision must not cost time. */
const LAST_DIGIT = 1_100;

/** `%f`. */
export function fixed(value: number, precision: number): string {
  const exact = Math.min(precision, LAST_DIGIT);
  return precision > exact ? fixed(value, exact) + '0'.repeat(precision - exact) : fixedDigits(value, precision);
}

function fixedDigits(value: number, precision: number): string {
  const text = scaled(value, precision)
    .toString()
    .padStart(precision + 1, '0');
  return precision === 0 ? text : `${text.slice(0, -precision)}.${text.slice(-precision)}`;
}

/** `%e`. */
export function exponential(value: number, precision: number): string {
  const { digits, exponent } = digitsOf(value, Math.min(precision, LAST_DIGIT) + 1);
  return exponentForm(digits.padEnd(precision + 1, '0'), exponent);
}

function exponentForm(digits: string, exponent: number): string {
  const rest = digits.slice(1);
  const sign = exponent < 0 ? '-' : '+';
  return `${digits.charAt(0)}${rest === '' ? '' : `.${rest}`}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

/** `%g`; precision -1 is the shortest text that reads back as the same number. */
export function general(value: number, precision: number): string {
  const isShortest = precision < 0;
  const wanted = precision === 0 ? 1 : precision;
  const { digits, exponent } = isShortest ? shortestDigits(value) : digitsOf(value, Math.min(wanted, LAST_DIGIT));
  const point = digits === '' ? 0 : exponent + 1;
  let limit = isShortest ? 6 : wanted;
  if (!isShortest && limit > digits.length && digits.length >= point) limit = digits.length;
  const isExponent = digits !== '' && (exponent < -4 || exponent >= limit);
  if (isExponent) return exponentForm(digits, exponent);
  if (point <= 0) return digits === '' ? '0' : `0.${'0'.repeat(-point)}${digits}`;
  return digits.length <= point ? digits.padEnd(point, '0') : `${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** `%b`: the binary mantissa and exponent. */
export function binary(value: number): string {
  const { mantissa, exponent } = decompose(value);
  return `${mantissa}p${exponent < 0 ? '' : '+'}${exponent}`;
}

/** `%x`: a hexadecimal mantissa with a binary exponent. */
export function hexadecimal(value: number, precision: number): string {
  if (value === 0) return `0x0${precision > 0 ? `.${'0'.repeat(precision)}` : ''}p+00`;
  let { mantissa, exponent } = decompose(value);
  while (mantissa < 1n << 52n) {
    mantissa <<= 1n;
    exponent--;
  }
  exponent += 52;
  if (precision >= 0 && precision < 13) {
    mantissa = roundedDivision(mantissa, 1n << BigInt(52 - 4 * precision)) << BigInt(52 - 4 * precision);
    if (mantissa >= 1n << 53n) {
      mantissa >>= 1n;
      exponent++;
    }
  }
  let fraction = (mantissa & 0xf_ffff_ffff_ffffn).toString(16).padStart(13, '0');
  fraction = precision < 0 ? fraction.replace(/0+$/, '') : fraction.slice(0, precision).padEnd(precision, '0');
  const sign = exponent < 0 ? '-' : '+';
  return `0x1${fraction === '' ? '' : `.${fraction}`}p${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
}
