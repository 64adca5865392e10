// Field access: `.a.b`, with Go's two kinds of nil (value.ts).
import { type Evaluate, type Frame, offsetOf, type Place } from './frame';
import { EvaluationFailure } from './template.errors';
import { fieldOf, isMap, typeName, type Value } from './value';

/** `.a.b.c` from dot; short chains, which are most, without a loop. */
export function fieldChain(fields: readonly string[], offset: number): Evaluate {
  const [first, second, third] = fields;
  if (first === undefined) return (frame) => frame.dot;
  if (second === undefined) return (frame) => step(frame.dot, first, offset);
  if (third === undefined) return (frame) => step(step(frame.dot, first, offset), second, offset);
  return (frame) => walk(frame.dot, fields, offset);
}

export function walk(base: Value, fields: readonly string[], offset: number): Value {
  let value = base;
  for (const field of fields) value = step(value, field, offset);
  return value;
}

function step(value: Value, field: string, offset: number): Value {
  if (isMap(value)) return fieldOf(value, field);
  return stepOff(value, field, offset);
}

/** A step on something that has no fields. */
function stepOff(value: Value, field: string, offset: number): undefined {
  if (value === undefined) return undefined;
  if (value === null) throw new EvaluationFailure(`nil pointer evaluating interface {}.${field}`, offset);
  throw new EvaluationFailure(`can't evaluate field ${field} in type ${typeName(value)}`, offset);
}

/** A chain that stands where a function should: it is followed by arguments, or gets a piped value. */
export function calledChain(base: Evaluate, fields: readonly string[], place: Place): Evaluate {
  const last = fields.at(-1) as string;
  return (frame: Frame) => {
    const start = base(frame);
    const offset = offsetOf(place, frame);
    const value = walk(start, fields.slice(0, -1), offset);
    if (isMap(value)) throw new EvaluationFailure(notAMethod(last), offset);
    return stepOff(value, last, offset);
  };
}

export function notAMethod(field: string): string {
  return `${field} is not a method but has arguments`;
}
