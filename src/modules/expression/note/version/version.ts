// Versions as Masterminds semver reads them (Helm does): a leading v, missing parts and leading zeros are fine. The
// npm package of the same name refuses those, and compares pre-releases with ranges by other rules.

export interface Version {
  readonly major: bigint;
  readonly minor: bigint;
  readonly patch: bigint;
  /** '' for a release. */
  readonly pre: string;
}

const IDENTIFIERS = '[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*';
const SHAPE = new RegExp(`^v?([0-9]+)(?:\\.([0-9]+))?(?:\\.([0-9]+))?(?:-(${IDENTIFIERS}))?(?:\\+${IDENTIFIERS})?$`);
const MAX_PART = 2n ** 64n;
const NUMBER = /^[0-9]+$/;

/** Undefined when the text is not a version. */
export function parseVersion(text: string): Version | undefined {
  const match = SHAPE.exec(text);
  if (match === null) return undefined;
  const [, major = '', minor = '0', patch = '0', pre = ''] = match;
  const parts = [BigInt(major), BigInt(minor), BigInt(patch)] as const;
  // SemVer 2.0.0 §9: numeric identifiers have no leading zeros.
  const hasLeadingZero = pre.split('.').some((part) => /^0[0-9]+$/.test(part));
  if (hasLeadingZero || parts.some((part) => part >= MAX_PART)) return undefined;
  return { major: parts[0], minor: parts[1], patch: parts[2], pre };
}

/** Precedence of SemVer 2.0.0 §11: -1, 0 or 1. */
export function compareVersions(a: Version, b: Version): number {
  return (
    order(a.major, b.major) || order(a.minor, b.minor) || order(a.patch, b.patch) || comparePreReleases(a.pre, b.pre)
  );
}

/** A release comes after all of its pre-releases. */
export function comparePreReleases(a: string, b: string): number {
  if (a === b) return 0;
  if (a === '' || b === '') return a === '' ? 1 : -1;
  const left = a.split('.');
  const right = b.split('.');
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const result = compareIdentifiers(left[index], right[index]);
    if (result !== 0) return result;
  }
  return 0;
}

/** Numbers before words, and fewer identifiers before more. */
function compareIdentifiers(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return order(a === undefined ? 0 : 1, b === undefined ? 0 : 1);
  const areNumbers = [NUMBER.test(a), NUMBER.test(b)];
  if (areNumbers[0] === true && areNumbers[1] === true) return order(BigInt(a), BigInt(b));
  if (areNumbers[0] !== areNumbers[1]) return areNumbers[0] === true ? -1 : 1;
  return order(a, b);
}

function order<T extends bigint | number | string>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
