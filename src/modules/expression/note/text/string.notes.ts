// Text notes (docs/reference/notes.md, strings). All take the subject first.
import { printValue, type Value } from '../../template/value';
import { notesOf } from '../notes-of';
import { NoteFailure, type NoteSpec } from '../registry';
import { cutBytes, toLower, toUpper, trimSpace } from './go-text';

const { note } = notesOf('strings');
const MAX_RESULT = 1024 * 1024;

function repeat(text: string, count: number | bigint): string {
  const times = Number(count);
  if (times < 0) throw new NoteFailure('negative count');
  if (text.length * times > MAX_RESULT) throw new NoteFailure(`result is larger than ${MAX_RESULT} characters`);
  return text.repeat(text === '' ? 0 : times);
}

/** Cuts by bytes, as Go does. */
function truncate(text: string, length: number | bigint): string {
  const limit = Number(length);
  if (limit < 0) throw new NoteFailure('negative length');
  if (Buffer.byteLength(text) <= limit) return text;
  return limit <= 3 ? cutBytes(text, limit) : `${cutBytes(text, limit - 3)}...`;
}

function camelToKebab(text: string): string {
  return text
    .replace(/(?<=[a-z])[A-Z]|(?<=[A-Z])[A-Z](?=[a-z])/g, '-$&')
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function trim(text: string, cutset: string): string {
  const set = new Set(cutset);
  const characters = [...text];
  let start = 0;
  let end = characters.length;
  while (start < end && set.has(characters[start] ?? '')) start++;
  while (end > start && set.has(characters[end - 1] ?? '')) end--;
  return characters.slice(start, end).join('');
}

function replaceAll(text: string, old: string, by: string): string {
  const parts = old === '' ? ['', ...text, ''] : text.split(old);
  const length = text.length + (parts.length - 1) * by.length;
  if (length > MAX_RESULT) throw new NoteFailure(`result is larger than ${MAX_RESULT} characters`);
  // An empty old text stands before every character and at the end: once less than there are parts.
  return old === '' ? `${by}${[...text].map((character) => `${character}${by}`).join('')}` : parts.join(by);
}

function split(text: string, separator: string): readonly string[] {
  if (text === '') return [];
  return separator === '' ? [...text] : text.split(separator);
}

function join(items: readonly Value[], separator: string): string {
  if (items.length * separator.length > MAX_RESULT) {
    throw new NoteFailure(`result is larger than ${MAX_RESULT} characters`);
  }
  return items.map(printValue).join(separator);
}

export const stringNotes: readonly NoteSpec[] = [
  note('toLower(text string) string', 'Lower case.', ['{{ toLower "Prod-EU" }}', 'prod-eu'], toLower),
  note('toUpper(text string) string', 'Upper case.', ['{{ toUpper "prod" }}', 'PROD'], toUpper),
  note(
    'trimSpace(text string) string',
    'Without white space at both ends.',
    ['{{ trimSpace .spec.title }}', 'Blue site', { spec: { title: '  Blue site ' } }],
    trimSpace,
  ),
  note(
    'trim(text string, cutset string) string',
    'Without any of these characters at both ends.',
    ['{{ trim "/docs/" "/" }}', 'docs'],
    trim,
  ),
  note(
    'trimPrefix(text string, prefix string) string',
    'Without this start, if it has it.',
    ['{{ trimPrefix .spec.tag "v" }}', '1.4.2', { spec: { tag: 'v1.4.2' } }],
    (s: string, p: string) => (s.startsWith(p) ? s.slice(p.length) : s),
  ),
  note(
    'trimSuffix(text string, suffix string) string',
    'Without this end, if it has it.',
    ['{{ trimSuffix "example.io." "." }}', 'example.io'],
    (s: string, p: string) => (p !== '' && s.endsWith(p) ? s.slice(0, -p.length) : s),
  ),
  note(
    'hasPrefix(text string, prefix string) bool',
    'Whether the text starts so.',
    ['{{ hasPrefix "v1.4.2" "v" }}', 'true'],
    (s: string, p: string) => s.startsWith(p),
  ),
  note(
    'hasSuffix(text string, suffix string) bool',
    'Whether the text ends so.',
    ['{{ hasSuffix "shop.example.io" ".io" }}', 'true'],
    (s: string, p: string) => s.endsWith(p),
  ),
  note(
    'contains(text string, part string) bool',
    'Whether the text holds another.',
    ['{{ contains "prod-eu" "prod" }}', 'true'],
    (s: string, p: string) => s.includes(p),
  ),
  note(
    'replace(text string, old string, new string) string',
    'Replaces every occurrence.',
    ['{{ replace "shop.example.io" "." "-" }}', 'shop-example-io'],
    replaceAll,
  ),
  note(
    'split(text string, separator string) list',
    'The parts between separators; of an empty text none.',
    ['{{ index (split .spec.image ":") 1 }}', '1.27', { spec: { image: 'nginx:1.27' } }],
    split,
  ),
  note(
    'join(items list, separator string) string',
    'The items in one text.',
    ['{{ join .spec.hosts "," }}', 'a.io,b.io', { spec: { hosts: ['a.io', 'b.io'] } }],
    join,
  ),
  note('repeat(text string, count int) string', 'The text so many times.', ['{{ repeat "ab" 2 }}', 'abab'], repeat),
  note(
    'camelToKebab(text string) string',
    'Words in lower case with hyphens between; digits never start a word.',
    ['{{ camelToKebab "HTTPServer" }}', 'http-server'],
    camelToKebab,
  ),
  note(
    'truncate(text string, limit int) string',
    'At most so many bytes, with "..." at the end when cut.',
    ['{{ truncate "abcdefgh" 6 }}', 'abc...'],
    truncate,
  ),
  note(
    'concat(parts string...) string',
    'The parts without separator.',
    ['{{ concat "*." "example.io" }}', '*.example.io'],
    (...parts: string[]) => parts.join(''),
  ),
];
