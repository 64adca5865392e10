// Amounts of resources (docs/reference/notes.md, quantity).
import { goQuote } from '../../../common';
import { floatValue } from '../../template/literal';
import { Float, kindOf, typeName, type Value } from '../../template/value';
import { notesOf } from '../notes-of';
import { NoteFailure, type NoteSpec } from '../registry';
import { type Quantity, quantityNumber, readQuantity, writeQuantity } from './quantity';

const { note } = notesOf('quantity');
const NANO_OF_MILLI = 1_000_000n;
const MAX_MILLI = 2 ** 63;

function quantity(name: string, text: string): Quantity {
  const found = readQuantity(text);
  if (found === undefined) throw new NoteFailure(`${name}: ${goQuote(text)} is not a valid Kubernetes quantity`);
  return found;
}

/** Thousandths are the finest that it keeps. */
function formatQuantity(value: Value): string {
  const kind = kindOf(value);
  if (kind !== 'int' && kind !== 'float') {
    throw new NoteFailure(`formatQuantity: expected a number, got ${typeName(value)}`);
  }
  const milli = Math.trunc((value instanceof Float ? value.value : Number(value)) * 1000);
  if (!(Math.abs(milli) < MAX_MILLI)) throw new NoteFailure('formatQuantity: the number is too large');
  return writeQuantity({ nano: BigInt(milli) * NANO_OF_MILLI, family: 'decimal' });
}

/** In the family of the first one, or of the second when the first is zero. */
function combined(name: string, sign: bigint): (first: string, second: string) => string {
  return (first, second) => {
    const a = quantity(name, first);
    const b = quantity(name, second);
    return writeQuantity({ nano: a.nano + sign * b.nano, family: a.nano === 0n ? b.family : a.family });
  };
}

export const quantityNotes: readonly NoteSpec[] = [
  note(
    'parseQuantity(quantity string) float',
    'The amount as a number.',
    ['{{ parseQuantity "100m" }}', '0.1'],
    (text: string) => floatValue(quantityNumber(quantity('parseQuantity', text))),
  ),
  note(
    'formatQuantity(amount any) string',
    'A number as a quantity in decimal form; what is below a thousandth is cut.',
    ['{{ formatQuantity (div (parseQuantity "1") 4) }}', '250m'],
    formatQuantity,
  ),
  note(
    'sumQuantity(a string, b string) string',
    'The sum, written with the suffixes of the first one.',
    ['{{ sumQuantity "1Gi" "512Mi" }}', '1536Mi'],
    combined('sumQuantity', 1n),
  ),
  note(
    'subtractQuantity(a string, b string) string',
    'The difference, written with the suffixes of the first one.',
    ['{{ subtractQuantity "1Gi" "512Mi" }}', '512Mi'],
    combined('subtractQuantity', -1n),
  ),
];
