// Constraints on versions by the rules of Masterminds semver 3 (what Helm charts are written with): `^1.2`, `~1.2.3`,
// `>=1.0 <2`, `1.2 - 1.4.5`, `1.x || 2.x`. A pre-release satisfies only a comparison that names a pre-release itself.
import { compareVersions, comparePreReleases, parseVersion, type Version } from './version';

interface Comparison {
  readonly operator: string;
  readonly version: Version;
  /** From which part on the constraint leaves it open: `1.x` has its minor open. */
  readonly open: 'major' | 'minor' | 'patch' | undefined;
}

const PART = '[0-9xX*|]+';
const IDENTIFIERS = '[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*';
const VERSION = `v?${PART}(?:\\.${PART})?(?:\\.${PART})?(?:-${IDENTIFIERS})?(?:\\+${IDENTIFIERS})?`;
const OPERATOR = '(?:!=|>=|=>|<=|=<|~>|=|>|<|~|\\^)?';
const ONE = new RegExp(`^[\\s,]*(${OPERATOR})\\s*(${VERSION})(?=\\s|,|$)`);
const PARTS = new RegExp(`^v?(${PART})(?:\\.(${PART}))?(?:\\.(${PART}))?(-${IDENTIFIERS})?`);
const RANGE = new RegExp(`(${VERSION})\\s+-\\s+(${VERSION})`, 'g');
const MAX_LENGTH = 1024;

/** False when either side is malformed. */
export function satisfies(version: Version, constraint: string): boolean {
  const alternatives = parseConstraint(constraint);
  if (alternatives === undefined) return false;
  return alternatives.some((all) => all.every((comparison) => holds(version, comparison)));
}

function parseConstraint(text: string): readonly (readonly Comparison[])[] | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const alternatives: (readonly Comparison[])[] = [];
  for (const part of text.replace(RANGE, '>= $1, <= $2 ').split('||')) {
    const comparisons = parseAll(part);
    if (comparisons === undefined) return undefined;
    alternatives.push(comparisons);
  }
  return alternatives;
}

function parseAll(text: string): readonly Comparison[] | undefined {
  const comparisons: Comparison[] = [];
  let rest = text.trimEnd();
  do {
    const match = ONE.exec(rest);
    // One comma at most, and only between two of them.
    if (match === null || !isSeparator(/^[\s,]*/.exec(rest)?.[0] ?? '', comparisons.length === 0)) return undefined;
    const comparison = parseOne(match[1] ?? '', match[2] ?? '');
    if (comparison === undefined) return undefined;
    comparisons.push(comparison);
    rest = rest.slice(match[0].length);
  } while (rest !== '');
  return comparisons;
}

function isSeparator(text: string, isFirst: boolean): boolean {
  return isFirst ? !text.includes(',') : /^(\s+|,\s*|\s+,\s*)$/.test(text);
}

function isOpen(part: string | undefined): boolean {
  return part === undefined || /^[xX*]$/.test(part);
}

function parseOne(operator: string, text: string): Comparison | undefined {
  const [, major, minor, patch, pre = ''] = PARTS.exec(text) ?? [];
  const open = isOpen(major) ? 'major' : isOpen(minor) ? 'minor' : isOpen(patch) ? 'patch' : undefined;
  const numbers = {
    major: '0.0.0',
    minor: `${major}.0.0`,
    patch: `${major}.${minor}.0`,
    none: `${major}.${minor}.${patch}`,
  };
  const version = parseVersion(`${numbers[open ?? 'none']}${pre}`);
  return version === undefined ? undefined : { operator, version, open };
}

function holds(version: Version, comparison: Comparison): boolean {
  const { operator, version: wanted, open } = comparison;
  const isUnasked = version.pre !== '' && wanted.pre === '';
  // Only a plain `!=` lets a pre-release pass that nobody asked for.
  if (isUnasked && (operator !== '!=' || open !== undefined)) return false;
  const order = compareVersions(version, wanted);
  switch (operator) {
    case '!=':
      return isDifferent(version, comparison);
    case '>':
      return isGreater(version, comparison);
    case '<':
      return order < 0;
    case '>=':
    case '=>':
      return order >= 0;
    case '<=':
    case '=<':
      return isAtMost(version, comparison);
    case '~':
    case '~>':
      return isAboutThe(version, comparison);
    case '^':
      return isCompatible(version, comparison);
    default:
      return open === undefined ? order === 0 : isAboutThe(version, comparison);
  }
}

function isDifferent(version: Version, { version: wanted, open }: Comparison): boolean {
  if (open === undefined) return compareVersions(version, wanted) !== 0;
  if (version.major !== wanted.major) return true;
  if (open === 'minor') return false;
  if (version.minor !== wanted.minor) return true;
  if (open === 'patch') return comparePreReleases(version.pre, wanted.pre) !== 0;
  return version.patch !== wanted.patch || compareVersions(version, wanted) !== 0;
}

/** `>1` needs 2, and `>1.2` needs 1.3. */
function isGreater(version: Version, { version: wanted, open }: Comparison): boolean {
  if (open !== undefined && version.major !== wanted.major) return version.major > wanted.major;
  if (open === 'minor') return false;
  if (open === 'patch') return version.minor > wanted.minor;
  return compareVersions(version, wanted) > 0;
}

/** `<=1` takes all of 1, and `<=1.2` all of 1.2. */
function isAtMost(version: Version, { version: wanted, open }: Comparison): boolean {
  if (open === undefined) return compareVersions(version, wanted) <= 0;
  if (version.major !== wanted.major) return version.major < wanted.major;
  return open === 'minor' || version.minor <= wanted.minor;
}

/** `~1.2.3` is 1.2.3 to 1.3; `~1` is all of 1; `~0.0.0` and `*` are everything. */
function isAboutThe(version: Version, { version: wanted, open }: Comparison): boolean {
  if (compareVersions(version, wanted) < 0) return false;
  const isZero = wanted.major === 0n && wanted.minor === 0n && wanted.patch === 0n;
  if (isZero && (open === undefined || open === 'major')) return true;
  return version.major === wanted.major && (open === 'minor' || version.minor === wanted.minor);
}

/** The first part that is not 0 stays: `^1.2.3` is below 2, `^0.2.3` below 0.3, `^0.0.3` below 0.0.4. */
function isCompatible(version: Version, { version: wanted, open }: Comparison): boolean {
  if (compareVersions(version, wanted) < 0) return false;
  if (wanted.major > 0n || open === 'minor') return version.major === wanted.major;
  if (version.major > 0n) return false;
  if (wanted.minor > 0n || open === 'patch') return version.minor === wanted.minor;
  return version.minor === 0n && version.patch === wanted.patch;
}
