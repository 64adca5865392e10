// Functions over lists: those of Kubernetes, of the list extension and of the sets extension.
import { celEquals } from '../equality';
import { type CelEnvironment } from '../library';

const ORDERED = ['int', 'double', 'string', 'bool', 'google.protobuf.Timestamp', 'google.protobuf.Duration'];

type Comparable = number | bigint | string | boolean | { valueOf(): number };

/** Of the library, which does not export it. */
interface Duration {
  addDuration(other: Duration): Duration;
}

export function registerLists(environment: CelEnvironment): void {
  const add = environment.registerFunction.bind(environment);
  for (const type of ORDERED) {
    add(`list<${type}>.isSorted(): bool`, isSorted);
    add(`list<${type}>.min(): ${type}`, (list: readonly Comparable[]) => extreme(list, (a, b) => a < b));
    add(`list<${type}>.max(): ${type}`, (list: readonly Comparable[]) => extreme(list, (a, b) => a > b));
    add(`list<${type}>.sort(): list<${type}>`, (list: readonly Comparable[]) => [...list].sort(order));
  }
  add('list<int>.sum(): int', (list: readonly bigint[]) => list.reduce((sum, item) => sum + item, 0n));
  add('list<double>.sum(): double', (list: readonly number[]) => list.reduce((sum, item) => sum + item, 0));
  add('lists_range(int): list<int>', range);
  const duration = 'google.protobuf.Duration';
  add(`list<${duration}>.sum(): ${duration}`, (list: readonly Duration[]) =>
    list.reduce((sum, item) => sum.addDuration(item), environment.evaluate('duration("0s")') as Duration),
  );
  add('sorted_by(list<A>, list<B>): list<A>', (list: readonly unknown[], keys: readonly Comparable[]) =>
    [...list.keys()].sort((a, b) => order(keys[a] as Comparable, keys[b] as Comparable)).map((index) => list[index]),
  );
  add('list<A>.indexOf(A): int', (list: readonly unknown[], item: unknown) =>
    BigInt(list.findIndex((other) => celEquals(other, item))),
  );
  add('list<A>.lastIndexOf(A): int', (list: readonly unknown[], item: unknown) =>
    BigInt(list.findLastIndex((other) => celEquals(other, item))),
  );
  add('list<A>.distinct(): list<A>', (list: readonly unknown[]) =>
    list.filter((item, index) => list.findIndex((other) => celEquals(other, item)) === index),
  );
  add('list<A>.reverse(): list<A>', (list: readonly unknown[]) => [...list].reverse());
  add('list<A>.slice(int, int): list<A>', slice);
  add('list.flatten(): list', (list: readonly unknown[]) => list.flat());
  const holds = (list: readonly unknown[], item: unknown): boolean => list.some((other) => celEquals(other, item));
  const contains = (list: readonly unknown[], part: readonly unknown[]): boolean =>
    part.every((item) => holds(list, item));
  add('sets_contains(list<A>, list<A>): bool', contains);
  add(
    'sets_equivalent(list<A>, list<A>): bool',
    (a: readonly unknown[], b: readonly unknown[]) => contains(a, b) && contains(b, a),
  );
  add('sets_intersects(list<A>, list<A>): bool', (a: readonly unknown[], b: readonly unknown[]) =>
    b.some((item) => holds(a, item)),
  );
}

function order(a: Comparable, b: Comparable): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function isSorted(list: readonly Comparable[]): boolean {
  return list.every((item, index) => index === 0 || order(list[index - 1] as Comparable, item) <= 0);
}

function extreme(list: readonly Comparable[], wins: (a: Comparable, b: Comparable) => boolean): Comparable {
  const [first, ...rest] = list;
  if (first === undefined) throw new Error('min/max called on empty list');
  return rest.reduce((best, item) => (wins(item, best) ? item : best), first);
}

function slice(list: readonly unknown[], start: bigint, end: bigint): readonly unknown[] {
  if (start < 0n || end < start || end > BigInt(list.length)) throw new Error(`cannot slice(${start}, ${end})`);
  return list.slice(Number(start), Number(end));
}

/** The server's limit is one of costs. */
const MAX_RANGE = 100_000n;

function range(end: bigint): readonly bigint[] {
  if (end > MAX_RANGE) throw new Error(`a range of at most ${MAX_RANGE}`);
  return Array.from({ length: Math.max(0, Number(end)) }, (_, index) => BigInt(index));
}
