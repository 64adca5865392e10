// Which numbers an ordering comparison lets pass, and whether there are any.
import { leadingNumber } from '../operators';

/** Open where the end itself is not part of it. */
export interface Interval {
  readonly low: number;
  readonly isLowOpen: boolean;
  readonly high: number;
  readonly isHighOpen: boolean;
}

/** One of them. */
export type Intervals = readonly Interval[];

export const ALL_NUMBERS: Intervals = [interval(-Infinity, true, Infinity, true)];

/** Both ends are part of it. */
export function closed(low: number, high: number): Interval {
  return interval(low, false, high, false);
}

/** Undefined when the operator does not order. */
export function intervalsOf(operator: string, expected: string, isNegated: boolean): Intervals | undefined {
  const found = plain(operator, expected);
  return found === undefined || !isNegated ? found : complement(found);
}

/** Numbers of both. */
export function intersect(a: Intervals, b: Intervals): Intervals {
  return a.flatMap((one) =>
    b.map((other) => {
      const [low, isLowOpen] = end(one.low, one.isLowOpen, other.low, other.isLowOpen, one.low > other.low);
      const [high, isHighOpen] = end(one.high, one.isHighOpen, other.high, other.isHighOpen, one.high < other.high);
      return interval(low, isLowOpen, high, isHighOpen);
    }),
  );
}

/** `isWhole`: only whole numbers count. */
export function isEmpty(intervals: Intervals, isWhole: boolean): boolean {
  return intervals.every(({ low, isLowOpen, high, isHighOpen }) => {
    if (low > high || (low === high && (isLowOpen || isHighOpen))) return true;
    if (!isWhole || !Number.isFinite(low) || !Number.isFinite(high)) return false;
    const first = isLowOpen ? Math.floor(low) + 1 : Math.ceil(low);
    const last = isHighOpen ? Math.ceil(high) - 1 : Math.floor(high);
    return first > last;
  });
}

/** Whether every number of `inner` is one of `outer`. */
export function holdsAll(outer: Intervals, inner: Intervals, isWhole: boolean): boolean {
  return isEmpty(intersect(complement(outer), inner), isWhole);
}

function interval(low: number, isLowOpen: boolean, high: number, isHighOpen: boolean): Interval {
  return { low, isLowOpen, high, isHighOpen };
}

/** Of two equal ends the open one counts. */
function end(a: number, isOpen: boolean, b: number, isOtherOpen: boolean, isFirst: boolean): [number, boolean] {
  if (a === b) return [a, isOpen || isOtherOpen];
  return isFirst ? [a, isOpen] : [b, isOtherOpen];
}

function plain(operator: string, expected: string): Intervals | undefined {
  const [first, second] = expected.split(',').map((part) => leadingNumber(part));
  if (first === undefined) return undefined;
  switch (operator) {
    case 'gt':
    case 'greaterThan':
      return [interval(first, true, Infinity, true)];
    case 'gte':
    case 'greaterThanOrEqual':
    case 'min':
      return [interval(first, false, Infinity, true)];
    case 'lt':
    case 'lessThan':
      return [interval(-Infinity, true, first, true)];
    case 'lte':
    case 'lessThanOrEqual':
    case 'max':
      return [interval(-Infinity, true, first, false)];
    case 'between':
      return second === undefined ? undefined : [closed(first, second)];
    case 'notBetween':
      return second === undefined ? undefined : complement([closed(first, second)]);
    default:
      return undefined;
  }
}

function complement(intervals: Intervals): Intervals {
  return intervals.reduce<Intervals>(
    (left, { low, isLowOpen, high, isHighOpen }) =>
      intersect(left, [interval(-Infinity, true, low, !isLowOpen), interval(high, !isHighOpen, Infinity, true)]),
    ALL_NUMBERS,
  );
}
