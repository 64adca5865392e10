// Quantities of Kubernetes with the family of their suffix, because sums are written in the family of the first one.
import { parseQuantity } from '../../../common';

/** Which suffixes a quantity is written with: `500m`, `64Mi`, `1e3`. */
type Family = 'decimal' | 'binary' | 'exponent';

export interface Quantity {
  /** In units of 10^-9. */
  readonly nano: bigint;
  readonly family: Family;
}

const NANO = 1_000_000_000n;
const KIBI = 1024n;
/** Per step of 1000, from 10^-9 on; apimachinery knows no larger one than E. */
const DECIMAL = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

/** Undefined when the text is not a quantity. */
export function readQuantity(text: string): Quantity | undefined {
  const nano = parseQuantity(text);
  if (nano === undefined) return undefined;
  if (text.endsWith('i')) return { nano, family: 'binary' };
  return { nano, family: /[eE][+-]?[0-9]+$/.test(text) ? 'exponent' : 'decimal' };
}

/** The canonical text: the largest suffix that leaves a whole number. */
export function writeQuantity({ nano, family }: Quantity): string {
  if (nano === 0n) return '0';
  const isSmall = nano < KIBI * NANO && nano > -KIBI * NANO;
  if (family === 'binary' && !isSmall && nano % NANO === 0n) return scaled(nano / NANO, KIBI, BINARY);
  if (family === 'exponent') {
    const [digits = '', step = 0] = reduced(nano, 1000n, DECIMAL.length);
    const exponent = 3 * step - 9;
    return exponent === 0 ? digits : `${digits}e${exponent}`;
  }
  return scaled(nano, 1000n, DECIMAL);
}

function scaled(value: bigint, base: bigint, suffixes: readonly string[]): string {
  const [digits, step] = reduced(value, base, suffixes.length);
  return `${digits}${suffixes[step]}`;
}

function reduced(value: bigint, base: bigint, steps: number): readonly [digits: string, step: number] {
  let rest = value;
  let step = 0;
  while (step < steps - 1 && rest % base === 0n) {
    rest /= base;
    step++;
  }
  return [String(rest), step];
}

/** The value in whole units as a float64. */
export function quantityNumber({ nano }: Quantity): number {
  return Number(nano / NANO) + Number(nano % NANO) / Number(NANO);
}
