// Semantic versions (docs/reference/notes.md, semver).
import { notesOf } from '../notes-of';
import { type NoteSpec } from '../registry';
import { satisfies } from './constraint';
import { compareVersions, parseVersion } from './version';

const { note } = notesOf('semver');

function part(name: string, key: 'major' | 'minor' | 'patch', output: string): NoteSpec {
  return note(
    `${name}(version string) string`,
    `The ${key} number as text; empty when it is no version.`,
    [`{{ ${name} "v1.4.2" }}`, output],
    (text: string) => {
      const version = parseVersion(text);
      return version === undefined ? '' : String(version[key]);
    },
  );
}

function compare(a: string, b: string): number {
  const left = parseVersion(a);
  const right = parseVersion(b);
  return left === undefined || right === undefined ? 0 : compareVersions(left, right);
}

function bump(text: string, which: string): string {
  const version = parseVersion(text);
  if (version === undefined) return text;
  switch (which.toLowerCase()) {
    case 'major':
      return `${version.major + 1n}.0.0`;
    case 'minor':
      return `${version.major}.${version.minor + 1n}.0`;
    case 'patch':
      return `${version.major}.${version.minor}.${version.patch + 1n}`;
    default:
      return text;
  }
}

export const versionNotes: readonly NoteSpec[] = [
  part('semverMajor', 'major', '1'),
  part('semverMinor', 'minor', '4'),
  part('semverPatch', 'patch', '2'),
  note(
    'semverValid(version string) bool',
    'Whether it is a version: one to three numbers, v, pre-release and build as one likes.',
    ['{{ semverValid "v1.4" }}', 'true'],
    (text: string) => parseVersion(text) !== undefined,
  ),
  note(
    'semverCompare(a string, b string) int',
    '-1, 0 or 1 by precedence; 0 when one is no version.',
    ['{{ semverCompare "1.0.0-rc.2" "1.0.0-rc.10" }}', '-1'],
    compare,
  ),
  note(
    'semverBump(version string, part string) string',
    'The next major, minor or patch version; the text itself when it is no version.',
    ['{{ semverBump "v1.4.2-rc1" "minor" }}', '1.5.0'],
    bump,
  ),
  note(
    'semverConstraint(version string, constraint string) bool',
    'Whether the version satisfies the constraint: = != > < >= <= ^ ~ x *, ranges, comma or blank for and, || for or.',
    ['{{ semverConstraint "1.4.2" "^1.2" }}', 'true'],
    (text: string, constraint: string) => {
      const version = parseVersion(text);
      return version !== undefined && satisfies(version, constraint);
    },
  ),
];
