// Resource quantities in rules: `quantity("1Gi").isLessThan(quantity(self.size))`.
import { parseQuantity } from '../../../common';
import { type CelEnvironment } from '../library';

const NANO = 1_000_000_000n;

class Quantity {
  /** Amount in nano-units. */
  constructor(readonly nano: bigint) {}
}

function parsed(text: string): Quantity {
  const nano = parseQuantity(text);
  if (nano === undefined) throw new Error('quantities must match the regular expression of a quantity');
  return new Quantity(nano);
}

export function registerQuantities(environment: CelEnvironment): void {
  const type = 'kubernetes.Quantity';
  environment.registerType(type, { ctor: Quantity, fields: {} });
  environment.registerOperator(`${type} == ${type}`, (a: Quantity, b: Quantity) => a.nano === b.nano);
  const add = environment.registerFunction.bind(environment);
  add(`quantity(string): ${type}`, parsed);
  add('isQuantity(string): bool', (text: string) => parseQuantity(text) !== undefined);
  add(`sign(${type}): int`, ({ nano }: Quantity) => (nano > 0n ? 1n : nano < 0n ? -1n : 0n));
  add(`${type}.isInteger(): bool`, ({ nano }: Quantity) => nano % NANO === 0n);
  add(`${type}.asInteger(): int`, ({ nano }: Quantity) => {
    if (nano % NANO !== 0n) throw new Error('cannot convert value to integer');
    return nano / NANO;
  });
  add(`${type}.asApproximateFloat(): double`, ({ nano }: Quantity) => Number(nano) / 1e9);
  add(`${type}.isGreaterThan(${type}): bool`, (a: Quantity, b: Quantity) => a.nano > b.nano);
  add(`${type}.isLessThan(${type}): bool`, (a: Quantity, b: Quantity) => a.nano < b.nano);
  add(`${type}.compareTo(${type}): int`, (a: Quantity, b: Quantity) =>
    a.nano > b.nano ? 1n : a.nano < b.nano ? -1n : 0n,
  );
  add(`${type}.add(${type}): ${type}`, (a: Quantity, b: Quantity) => new Quantity(a.nano + b.nano));
  add(`${type}.sub(${type}): ${type}`, (a: Quantity, b: Quantity) => new Quantity(a.nano - b.nano));
  add(`${type}.add(int): ${type}`, (a: Quantity, b: bigint) => new Quantity(a.nano + b * NANO));
  add(`${type}.sub(int): ${type}`, (a: Quantity, b: bigint) => new Quantity(a.nano - b * NANO));
}
