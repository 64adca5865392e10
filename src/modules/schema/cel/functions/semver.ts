// Semantic versions in rules (semver.org 2.0): `semver(self.version).isLessThan(semver("2.0.0"))`.
import { type CelEnvironment } from '../library';

class Semver {
  constructor(
    readonly numbers: readonly [bigint, bigint, bigint],
    /** Parts of what stands behind the hyphen. */
    readonly prerelease: readonly string[],
  ) {}
}

const NUMBER = '(0|[1-9]\\d*)';
const PRE = '(?:0|[1-9]\\d*|\\d*[A-Za-z-][0-9A-Za-z-]*)';
const SEMVER = new RegExp(
  `^${NUMBER}\\.${NUMBER}\\.${NUMBER}(?:-(${PRE}(?:\\.${PRE})*))?(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?$`,
);

function parse(text: string, isTolerant: boolean): Semver | undefined {
  const match = SEMVER.exec(isTolerant ? normalized(text) : text);
  if (match === null) return undefined;
  const [, major = '0', minor = '0', patch = '0', prerelease] = match;
  return new Semver([BigInt(major), BigInt(minor), BigInt(patch)], prerelease?.split('.') ?? []);
}

/** Without a `v` in front and zeros before numbers, with the numbers that are missing. */
function normalized(text: string): string {
  const [, head = '', tail = ''] = /^v?([^-+]*)(.*)$/s.exec(text) ?? [];
  const numbers = head.split('.').map((part) => part.replace(/^0+(?=\d)/, ''));
  while (numbers.length < 3) numbers.push('0');
  return numbers.join('.') + tail;
}

function compare(a: Semver, b: Semver): number {
  for (const index of [0, 1, 2] as const) {
    if (a.numbers[index] !== b.numbers[index]) return a.numbers[index] < b.numbers[index] ? -1 : 1;
  }
  if (a.prerelease.length === 0 || b.prerelease.length === 0) {
    return Math.sign(b.prerelease.length - a.prerelease.length);
  }
  for (const [index, left] of a.prerelease.entries()) {
    const right = b.prerelease[index];
    if (right === undefined) return 1;
    const order = compareParts(left, right);
    if (order !== 0) return order;
  }
  return a.prerelease.length === b.prerelease.length ? 0 : -1;
}

/** Numbers by amount and before words. */
function compareParts(a: string, b: string): number {
  const [isNumber, isOtherNumber] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (isNumber !== isOtherNumber) return isNumber ? -1 : 1;
  const [left, right] = isNumber ? [BigInt(a), BigInt(b)] : [a, b];
  return left < right ? -1 : left > right ? 1 : 0;
}

const TYPE = 'kubernetes.Semver';

export function registerSemver(environment: CelEnvironment): void {
  environment.registerType(TYPE, { ctor: Semver, fields: {} });
  environment.registerOperator(`${TYPE} == ${TYPE}`, (a: Semver, b: Semver) => compare(a, b) === 0);
  const add = environment.registerFunction.bind(environment);
  const needed = (text: string, isTolerant = false): Semver => {
    const version = parse(text, isTolerant);
    if (version === undefined) throw new Error(`${text} is no semantic version`);
    return version;
  };
  add(`semver(string): ${TYPE}`, (text: string) => needed(text));
  add(`semver(string, bool): ${TYPE}`, needed);
  add('isSemver(string): bool', (text: string) => parse(text, false) !== undefined);
  add('isSemver(string, bool): bool', (text: string, isTolerant: boolean) => parse(text, isTolerant) !== undefined);
  ['major', 'minor', 'patch'].forEach((name, index) => {
    add(`${TYPE}.${name}(): int`, ({ numbers }: Semver) => numbers[index] ?? 0n);
  });
  add(`${TYPE}.isGreaterThan(${TYPE}): bool`, (a: Semver, b: Semver) => compare(a, b) > 0);
  add(`${TYPE}.isLessThan(${TYPE}): bool`, (a: Semver, b: Semver) => compare(a, b) < 0);
  add(`${TYPE}.compareTo(${TYPE}): int`, (a: Semver, b: Semver) => BigInt(compare(a, b)));
}
