// The canonical text of a quantity: the largest suffix of its own family (1024-based, 1000-based, exponent) that leaves a
// whole number; what does not fit into a whole number of 1024-based units becomes 1000-based.
import { isNumber, type JsonValue, parseQuantity } from '../../common';

const NANO = 1_000_000_000n;
const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'] as const;
const DECIMAL = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'] as const;
const FORM = /^([+-]?[0-9.]+)([A-Za-z]{0,2}|[eE][+-]?[0-9]+)$/;

/** The value itself when it is no quantity. */
export function canonicalQuantity(value: JsonValue): JsonValue {
  const text = isNumber(value) ? String(value) : value;
  if (typeof text !== 'string') return value;
  const suffix = FORM.exec(text)?.[2];
  const nano = suffix === undefined ? undefined : parseQuantity(text);
  if (suffix === undefined || nano === undefined) return value;
  if (nano === 0n) return '0';
  if (suffix.endsWith('i') && nano % NANO === 0n && abs(nano / NANO) >= 1024n) return binary(nano / NANO);
  return /^[eE][+-]?[0-9]/.test(suffix) ? exponent(nano) : decimal(nano);
}

function binary(units: bigint): string {
  let amount = units;
  let step = 0;
  while (amount % 1024n === 0n && step < BINARY.length - 1) {
    amount /= 1024n;
    step++;
  }
  return `${amount}${BINARY[step] ?? ''}`;
}

function decimal(nano: bigint): string {
  const { amount, step } = thousands(nano, DECIMAL.length - 1);
  return `${amount}${DECIMAL[step] ?? ''}`;
}

/** Exponents are multiples of three. */
function exponent(nano: bigint): string {
  const { amount, step } = thousands(nano, Number.MAX_SAFE_INTEGER);
  const power = step * 3 - 9;
  return power === 0 ? String(amount) : `${amount}e${power}`;
}

function thousands(nano: bigint, most: number): { readonly amount: bigint; readonly step: number } {
  let amount = nano;
  let step = 0;
  while (amount % 1000n === 0n && step < most) {
    amount /= 1000n;
    step++;
  }
  return { amount, step };
}

function abs(value: bigint): bigint {
  return value < 0n ? -value : value;
}
