// Optional values as the extension of CEL has them; the rest is the library's.
import { celEquals } from '../equality';
import { type CelEnvironment, type CelLibrary } from '../library';

export function registerOptionals(environment: CelEnvironment, { Optional }: CelLibrary): void {
  const add = environment.registerFunction.bind(environment);
  type Holder = InstanceType<typeof Optional>;
  const unwrap = (list: readonly Holder[]): readonly unknown[] =>
    list.filter((item) => item.hasValue()).map((item) => item.value());
  environment.registerOperator('optional<A> == optional<A>', (a: Holder, b: Holder) =>
    a.hasValue() && b.hasValue() ? celEquals(a.value(), b.value()) : a.hasValue() === b.hasValue(),
  );
  add('optional_unwrap(list<optional<A>>): list<A>', unwrap);
  add('list<optional<A>>.unwrapOpt(): list<A>', unwrap);
  add('optional_ofNonZeroValue(A): optional<A>', (value: unknown) =>
    isZero(value) ? Optional.none() : Optional.of(value),
  );
  const at = (list: readonly unknown[], index: number): unknown => {
    return list.length === 0 ? Optional.none() : Optional.of(list.at(index));
  };
  add('list<A>.first(): optional<A>', (list: readonly unknown[]) => at(list, 0));
  add('list<A>.last(): optional<A>', (list: readonly unknown[]) => at(list, -1));
}

function isZero(value: unknown): boolean {
  if (value === null || value === '' || value === false || value === 0 || value === 0n) return true;
  if (Array.isArray(value) || value instanceof Uint8Array) return value.length === 0;
  if (value instanceof Map) return value.size === 0;
  return (
    typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype && Object.keys(value).length === 0
  );
}
