// Lists, maps and texts out of whatever a field holds (docs/reference/notes.md, coercion).
import { parseDocument } from 'yaml';
import { isList, isMap, type Value } from '../../template/value';
import { notesOf } from '../notes-of';
import { NoteFailure, type NoteSpec } from '../registry';
import { toJson } from './json-text';

const { note } = notesOf('coercion');
/** What a field of an object can hold is far below it. */
const MAX_TEXT = 256 * 1024;
/** An alias may stand for a tree that is larger than the text. */
const MAX_ALIASES = 100;

const NO_LIST: readonly Value[] = [];
const NO_MAP: { readonly [key: string]: Value } = {};

/** The text as YAML, of which JSON is a part; undefined when it is none. Integers keep every digit. */
function parse(text: string): Value {
  if (text.length > MAX_TEXT) throw new NoteFailure(`the text is longer than ${MAX_TEXT} characters`);
  const document = parseDocument(text, { intAsBigInt: true, uniqueKeys: true, prettyErrors: false });
  if (document.errors.length > 0) return undefined;
  try {
    return plain(document.toJS({ mapAsMap: true, maxAliasCount: MAX_ALIASES }));
  } catch (error) {
    if (error instanceof NotPlain || error instanceof ReferenceError) return undefined;
    throw error;
  }
}

class NotPlain extends Error {}

/** A map with a key that is no text is no map of ours. */
function plain(value: unknown): Value {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Map) {
    const entries = [...value.entries()];
    if (entries.some(([key]) => typeof key !== 'string')) throw new NotPlain();
    return Object.fromEntries(entries.map(([key, item]) => [key as string, plain(item)]));
  }
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return value as Value;
  throw new NotPlain();
}

function asList(value: Value): Value {
  const list = typeof value === 'string' ? parse(value) : value;
  return isList(list) ? list : NO_LIST;
}

function asMap(value: Value): Value {
  const map = typeof value === 'string' ? parse(value) : value;
  return isMap(map) ? map : NO_MAP;
}

function asString(value: Value): string {
  if (typeof value === 'string') return value;
  try {
    return toJson(value);
  } catch (error) {
    if (error instanceof NoteFailure) return '';
    throw error;
  }
}

export const coercionNotes: readonly NoteSpec[] = [
  note(
    'asList(value any) list',
    'A list as it is; a text read as YAML or JSON; an empty list when it is none.',
    ['{{ join (asList .spec.hosts) "," }}', 'a.io,b.io', { spec: { hosts: '[a.io, b.io]' } }],
    asList,
  ),
  note(
    'asMap(value any) map',
    'A map as it is; a text read as YAML or JSON; an empty map when it is none.',
    ['{{ (asMap .spec.settings).replicas }}', '2', { spec: { settings: '{replicas: 2}' } }],
    asMap,
  ),
  note(
    'asString(value any) string',
    'A text as it is; anything else as compact JSON.',
    ['{{ asString .spec.labels }}', '{"app":"web"}', { spec: { labels: { app: 'web' } } }],
    asString,
  ),
];
