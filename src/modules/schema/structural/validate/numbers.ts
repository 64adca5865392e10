// Bounds of numbers. The server compares whole numbers as int64 with the bound cut to int64, others as float64; a bound
// that does not fit the type of its field is an error of its own at every value.
import { isNumber, isWhole, type JsonObject } from '../../../common';
import { goFloat, goNumber } from '../../causes';
import { own } from '../own-keys';
import { atWhole, type Findings, invalid, invalidAs } from './findings';

const INT32 = 2 ** 31;
const INT64 = 2 ** 63;

export function checkNumber(
  value: number | bigint,
  node: JsonObject,
  format: string,
  path: string,
  into: Findings,
): void {
  const type = own(node, 'x-kubernetes-int-or-string') === true ? undefined : own(node, 'type');
  const misfit = (checked: number | bigint, name: string): boolean => {
    const problem = rangeProblem(checked, type === 'integer', format);
    if (problem !== undefined) into.add(atWhole(`${name} value must be of type ${problem} in ${path}`));
    return problem !== undefined;
  };
  misfit(value, 'Checked');
  const multiple = boundAt(node, 'multipleOf');
  if (multiple !== undefined) checkMultiple(value, multiple, misfit(multiple, 'MultipleOf'), path, into);
  const minimum = boundAt(node, 'minimum');
  if (minimum !== undefined) {
    const bound = boundFor(value, minimum, misfit(minimum, 'Minimum boundary'));
    const isExclusive = own(node, 'exclusiveMinimum') === true;
    const isMet = isExclusive ? value > bound.value : value >= bound.value;
    if (!isMet) {
      into.add(invalid(path, value, `should be greater than ${isExclusive ? '' : 'or equal to '}${bound.text}`));
    }
  }
  const maximum = boundAt(node, 'maximum');
  if (maximum !== undefined) {
    const bound = boundFor(value, maximum, misfit(maximum, 'Maximum boundary'));
    const isExclusive = own(node, 'exclusiveMaximum') === true;
    const isMet = isExclusive ? value < bound.value : value <= bound.value;
    if (!isMet) into.add(invalid(path, value, `should be less than ${isExclusive ? '' : 'or equal to '}${bound.text}`));
  }
}

/** The server holds bounds as float64. */
function boundAt(node: JsonObject, name: string): number | undefined {
  const bound = own(node, name);
  return isNumber(bound) ? Number(bound) : undefined;
}

interface Bound {
  readonly value: number;
  readonly text: string;
}

function boundFor(value: number | bigint, bound: number, isMisfit: boolean): Bound {
  if (!isWhole(value) || isMisfit) return { value: bound, text: goFloat(bound) };
  const whole = Math.trunc(bound);
  return { value: whole, text: goNumber(whole) };
}

function checkMultiple(value: number | bigint, factor: number, isMisfit: boolean, path: string, into: Findings): void {
  const isExact = isWhole(value) && !isMisfit;
  const used = isExact ? Math.trunc(factor) : factor;
  const text = isExact ? goNumber(used) : goFloat(used);
  if (used <= 0) {
    into.add(invalidAs(path, used, `factor MultipleOf declared for ${path} must be positive: ${text}`));
  } else if (isExact ? BigInt(value) % BigInt(used) !== 0n : !isNearlyWhole(quotientOf(Number(value), used))) {
    into.add(invalid(path, value, `should be a multiple of ${text}`));
  }
}

function quotientOf(value: number, factor: number): number {
  return factor < 1 ? (1 / factor) * value : value / factor;
}

/** The quotient counts as whole within the precision of a float64. */
function isNearlyWhole(quotient: number): boolean {
  if (!Number.isFinite(quotient) || Math.abs(quotient) > Number.MAX_SAFE_INTEGER) return false;
  const near = Math.round(quotient);
  const difference = Math.abs(quotient - near);
  return difference === 0 || difference / Math.max(Math.abs(quotient), Math.abs(near)) < 1e-9;
}

/** What the value does not fit; undefined when it does. */
function rangeProblem(value: number | bigint, isInteger: boolean, format: string): string | undefined {
  if (isInteger) {
    const limit = format === 'int32' ? INT32 : INT64;
    if (isWhole(value) && value >= -limit && value < limit) return undefined;
    return `integer ${format === '' ? '(default format)' : `with format ${format}`}`;
  }
  return format === 'float' && Math.abs(Number(value)) > 3.4028234663852886e38 ? 'number with format float' : undefined;
}
