// String notes (docs/reference/notes.md, strings). All take the subject first.
import { printValue, type Value } from '../template/value';
import { NoteFailure, type NoteSpec, type ParameterType } from './registry';

type Text = (...args: never[]) => Value;

function note(
  name: string,
  params: readonly ParameterType[],
  result: ParameterType,
  doc: string,
  example: string,
  call: Text,
): NoteSpec {
  return {
    name,
    domain: 'strings',
    params,
    result,
    doc,
    example,
    call: (args) => (call as (...values: readonly Value[]) => Value)(...args),
  };
}

const MAX_RESULT = 1024 * 1024;

function repeat(text: string, count: number): string {
  if (count < 0) throw new NoteFailure('negative count');
  if (text.length * count > MAX_RESULT) throw new NoteFailure(`result is larger than ${MAX_RESULT} characters`);
  return text.repeat(count);
}

/** Cuts by bytes, as Go does; a character that would be cut apart is left out. */
function truncate(text: string, limit: number): string {
  if (limit < 0) throw new NoteFailure('negative length');
  const bytes = Buffer.from(text);
  if (bytes.length <= limit) return text;
  const cut = (size: number): string =>
    bytes
      .subarray(0, size)
      .toString()
      .replace(/\ufffd+$/, '');
  return limit <= 3 ? cut(limit) : `${cut(limit - 3)}...`;
}

function camelToKebab(text: string): string {
  return text
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1-$2')
    .toLowerCase();
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
  return old === ''
    ? [...text].reduce((result, character) => `${result}${character}${by}`, by)
    : text.split(old).join(by);
}

function split(text: string, separator: string): readonly string[] {
  if (text === '') return [];
  return separator === '' ? [...text] : text.split(separator);
}

export const stringNotes: readonly NoteSpec[] = [
  note('toLower', ['string'], 'string', 'Lower case.', '{{ toLower .spec.env }}', (s: string) => s.toLowerCase()),
  note('toUpper', ['string'], 'string', 'Upper case.', '{{ toUpper .spec.env }}', (s: string) => s.toUpperCase()),
  note(
    'trimSpace',
    ['string'],
    'string',
    'Without white space at both ends.',
    '{{ trimSpace .spec.title }}',
    (s: string) => s.trim(),
  ),
  note(
    'trim',
    ['string', 'string'],
    'string',
    'Without any of these characters at both ends.',
    '{{ trim .spec.path "/" }}',
    trim,
  ),
  note(
    'trimPrefix',
    ['string', 'string'],
    'string',
    'Without this start.',
    '{{ trimPrefix .spec.tag "v" }}',
    (s: string, p: string) => (s.startsWith(p) ? s.slice(p.length) : s),
  ),
  note(
    'trimSuffix',
    ['string', 'string'],
    'string',
    'Without this end.',
    '{{ trimSuffix .spec.host "." }}',
    (s: string, p: string) => (p !== '' && s.endsWith(p) ? s.slice(0, -p.length) : s),
  ),
  note(
    'hasPrefix',
    ['string', 'string'],
    'bool',
    'Whether the text starts so.',
    '{{ hasPrefix .spec.tag "v" }}',
    (s: string, p: string) => s.startsWith(p),
  ),
  note(
    'hasSuffix',
    ['string', 'string'],
    'bool',
    'Whether the text ends so.',
    '{{ hasSuffix .spec.host ".io" }}',
    (s: string, p: string) => s.endsWith(p),
  ),
  note(
    'contains',
    ['string', 'string'],
    'bool',
    'Whether the text holds another.',
    '{{ contains .spec.env "prod" }}',
    (s: string, p: string) => s.includes(p),
  ),
  note(
    'replace',
    ['string', 'string', 'string'],
    'string',
    'Replaces every occurrence.',
    '{{ replace .spec.host "." "-" }}',
    replaceAll,
  ),
  note(
    'split',
    ['string', 'string'],
    'list',
    'The parts between separators.',
    '{{ index (split .spec.image ":") 1 }}',
    split,
  ),
  note(
    'join',
    ['list', 'string'],
    'string',
    'The items in one text.',
    '{{ join .spec.hosts "," }}',
    (items: readonly Value[], s: string) => items.map(printValue).join(s),
  ),
  note('repeat', ['string', 'int'], 'string', 'The text so many times.', '{{ repeat "ab" 2 }}', repeat),
  note(
    'camelToKebab',
    ['string'],
    'string',
    'HTTPServer becomes http-server.',
    '{{ camelToKebab .kind }}',
    camelToKebab,
  ),
  note(
    'truncate',
    ['string', 'int'],
    'string',
    'At most so many bytes, with "..." when cut.',
    '{{ truncate .metadata.name 20 }}',
    truncate,
  ),
  {
    ...note(
      'concat',
      ['string'],
      'string',
      'The parts without separator.',
      '{{ concat "*." .spec.domain }}',
      (...parts: string[]) => parts.join(''),
    ),
    variadic: true,
  },
];
