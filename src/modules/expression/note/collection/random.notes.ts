// Random texts (docs/reference/notes.md, random). A value that changes at every pass belongs into an entry with
// `once: true`; the randomness is the one of the evaluation, so that a test or a simulation repeats itself.
import { type EvaluationContext } from '../../template/template.types';
import { notesOf } from '../notes-of';
import { NoteFailure, type NoteSpec } from '../registry';

const { contextNote } = notesOf('random');
const ALPHANUMERIC = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const MAX_SIZE = 64 * 1024;

type Size = number | bigint;

function below(context: EvaluationContext, bound: number): number {
  return Math.floor(context.random.next() * bound);
}

/** So many draws; none for a size of 0 or less. */
function draw(context: EvaluationContext, size: Size, bound: number): number[] {
  if (size > MAX_SIZE) throw new NoteFailure(`at most ${MAX_SIZE}`);
  return Array.from({ length: Math.max(0, Number(size)) }, () => below(context, bound));
}

function bytes(context: EvaluationContext, size: Size): Buffer {
  return Buffer.from(draw(context, size, 256));
}

/** Version 4 of RFC 9562. */
function uuid(context: EvaluationContext): string {
  const raw = bytes(context, 16);
  raw.writeUInt8((raw.readUInt8(6) & 0x0f) | 0x40, 6);
  raw.writeUInt8((raw.readUInt8(8) & 0x3f) | 0x80, 8);
  return raw.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** URL-safe alphabet, padded. */
function base64(context: EvaluationContext, size: Size): string {
  return bytes(context, size).toString('base64').replaceAll('+', '-').replaceAll('/', '_');
}

export const randomNotes: readonly NoteSpec[] = [
  contextNote(
    'random',
    'randomAlphanumeric(size int) string',
    'So many letters and digits.',
    ['{{ len (randomAlphanumeric 24) }}', '24'],
    (context, size: Size) =>
      draw(context, size, ALPHANUMERIC.length)
        .map((index) => ALPHANUMERIC.charAt(index))
        .join(''),
  ),
  contextNote(
    'random',
    'randomHex(size int) string',
    'So many bytes as hex digits, two for each.',
    ['{{ len (randomHex 16) }}', '32'],
    (context, size: Size) => bytes(context, size).toString('hex'),
  ),
  contextNote(
    'random',
    'randomBase64(size int) string',
    'So many bytes as URL-safe base64, padded.',
    ['{{ len (randomBase64 32) }}', '44'],
    base64,
  ),
  contextNote('random', 'uuidv4() string', 'A random UUID.', ['{{ len (uuidv4) }}', '36'], uuid),
];
