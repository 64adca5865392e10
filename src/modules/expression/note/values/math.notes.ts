// Arithmetic (docs/reference/notes.md, math). Arguments are numbers, texts that are numbers, or booleans.
import { printValue, type Value } from '../../template/value';
import { notesOf } from '../notes-of';
import { NoteFailure, type NoteSpec } from '../registry';
import { numberResult, toNumber } from './numbers';

const { note } = notesOf('math');
const INT64_BOUND = 2 ** 63;

function numbers(values: readonly Value[], problem: () => string): number[] {
  return values.map((value) => {
    try {
      return toNumber(value);
    } catch (error) {
      if (error instanceof NoteFailure) throw new NoteFailure(problem());
      throw error;
    }
  });
}

type Operation = (a: number, b: number) => number;

function binary(name: string, doc: string, output: string, operation: Operation, args = '7 2'): NoteSpec {
  return note(`${name}(a number, b number) number`, doc, [`{{ ${name} ${args} }}`, output], (a: Value, b: Value) => {
    const problem = (): string => `${name}: non-numeric arguments ${printValue(a)}, ${printValue(b)}`;
    const [left = 0, right = 0] = numbers([a, b], problem);
    return numberResult(operation(left, right));
  });
}

function divide(a: number, b: number): number {
  if (b === 0) throw new NoteFailure('div: division by zero');
  return a / b;
}

/** Whole numbers only: what a fraction leaves of 0.5 is 0, too. */
function remainder(a: number, b: number): number {
  if (!(Math.abs(a) < INT64_BOUND && Math.abs(b) < INT64_BOUND)) throw new NoteFailure('mod: no integer is that large');
  if (Math.trunc(b) === 0) throw new NoteFailure('mod: division by zero');
  return Math.trunc(a) % Math.trunc(b);
}

function clamp(value: number, low: number, high: number): number {
  if (value < low) return low;
  return value > high ? high : value;
}

export const mathNotes: readonly NoteSpec[] = [
  binary('add', 'The sum.', '9080', (a, b) => a + b, '8080 1000'),
  binary('sub', 'The difference.', '5', (a, b) => a - b),
  binary('mul', 'The product.', '14', (a, b) => a * b),
  binary('div', 'The quotient, with its fraction.', '3.5', divide),
  binary('mod', 'The remainder of whole numbers; it has the sign of the first.', '80', remainder, '8080 100'),
  binary('min', 'The smaller one.', '2', Math.min),
  binary('max', 'The larger one.', '7', Math.max),
  note(
    'clamp(value number, low number, high number) number',
    'The value, but not below and not above the bounds.',
    ['{{ clamp 25 1 20 }}', '20'],
    (...values: Value[]) => {
      const [value = 0, low = 0, high = 0] = numbers(values, () => 'clamp: non-numeric arguments');
      return numberResult(clamp(value, low, high));
    },
  ),
  note('abs(value number) number', 'Without its sign.', ['{{ abs "-3" }}', '3'], (value: Value) => {
    const [number = 0] = numbers([value], () => `abs: non-numeric argument ${printValue(value)}`);
    return numberResult(Math.abs(number));
  }),
];
