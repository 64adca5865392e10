// Equality of values of CEL: numbers by amount whatever their type, maps and objects by content.

export function celEquals(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (isNumeric(a) && isNumeric(b)) return a <= b && a >= b;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, index) => celEquals(item, b[index]))
    );
  }
  if (a.constructor !== b.constructor) return false;
  if (a instanceof Map && b instanceof Map) return sameEntries(a, b);
  if (a instanceof Uint8Array && b instanceof Uint8Array) return Buffer.compare(a, b) === 0;
  // Times and durations.
  const [left, right]: readonly unknown[] = [a.valueOf(), b.valueOf()];
  if (typeof left === 'number' && typeof right === 'number') return left === right;
  return sameEntries(new Map(Object.entries(a)), new Map(Object.entries(b)));
}

function isNumeric(value: unknown): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}

function sameEntries(a: ReadonlyMap<unknown, unknown>, b: ReadonlyMap<unknown, unknown>): boolean {
  return a.size === b.size && [...a].every(([key, value]) => b.has(key) && celEquals(value, b.get(key)));
}
