// Kubernetes resource quantities (apimachinery resource.Quantity): decimal and binary suffixes, exponents.
// Held as an exact integer number of nano-units, so that `1000m` and `1` compare equal.

const DECIMAL_EXPONENT: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  '': 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};
const BINARY_POWER: Readonly<Record<string, bigint>> = { Ki: 10n, Mi: 20n, Gi: 30n, Ti: 40n, Pi: 50n, Ei: 60n };
const SHAPE = /^([+-]?)([0-9]*)(?:\.([0-9]*))?(?:(Ki|Mi|Gi|Ti|Pi|Ei|[numkMGTPE])|[eE]([+-]?[0-9]+))?$/;
const NANO = 9;

/** Exact value in nano-units (rounded up as Kubernetes does), or undefined when the text is not a quantity. */
export function parseQuantity(text: string): bigint | undefined {
  const match = SHAPE.exec(text);
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = '', suffix = '', exponent] = match;
  if (whole === '' && fraction === '') return undefined;
  const digits = BigInt(`${whole}${fraction}`);
  const power = BINARY_POWER[suffix];
  const tens = (exponent === undefined ? (DECIMAL_EXPONENT[suffix] ?? 0) : Number(exponent)) + NANO - fraction.length;
  if (Math.abs(tens) > 60) return undefined;
  const scaled = power === undefined ? digits : digits << power;
  const nano = tens >= 0 ? scaled * 10n ** BigInt(tens) : divideUp(scaled, 10n ** BigInt(-tens));
  return sign === '-' ? -nano : nano;
}

function divideUp(value: bigint, divisor: bigint): bigint {
  return (value + divisor - 1n) / divisor;
}

/** Whether two values name the same amount; numbers are taken as their decimal text. */
export function quantityEquals(a: string | number, b: string | number): boolean {
  if (a === b) return true;
  const left = parseQuantity(String(a));
  return left !== undefined && left === parseQuantity(String(b));
}
