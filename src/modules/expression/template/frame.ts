// What an evaluation works on, and its budget.
import { EvaluationFailure } from './template.errors';
import { type EvaluationContext } from './template.types';
import { type Value } from './value';

/** Steps of one evaluation: iterations, calls of templates, and the text and lists that functions work on. */
export const MAX_STEPS = 100_000;
/** Characters of one output, and of one function result: without it a few steps could double a text again and again. */
export const MAX_OUTPUT = 1024 * 1024;
/** Templates that call templates. */
export const MAX_CALL_DEPTH = 100;

/** State of one evaluation; each called template has a frame of its own. */
export interface Frame {
  dot: Value;
  /** What `.` is at the top: notes of the Katalog read it, wherever they are called. */
  readonly root: Value;
  variables: Value[];
  output: string;
  steps: number;
  readonly depth: number;
  readonly context: EvaluationContext;
  /** Where evaluation was last, when that depends on the data (see Place). */
  at: number;
}

export type Evaluate = (frame: Frame) => Value;

/** How a node list ended: normally, by break, by continue. */
export type Flow = 0 | 1 | 2;
export type Run = (frame: Frame) => Flow;

/**
 * Go reports a failure at the node that it evaluated last. That is known at compile, except behind `and` and `or`,
 * which stop at an argument that the data decides: they note it in the frame.
 */
export type Place = number;
export const BY_DATA: Place = -1;

/** The offset of a place. */
export function offsetOf(place: Place, frame: Frame): number {
  return place === BY_DATA ? frame.at : place;
}

/** An operand after compile, and the place where its evaluation ends. */
export interface Compiled {
  readonly evaluate: Evaluate;
  readonly last: Place;
}

/** Passing through a pipeline makes a nil interface an untyped nil. */
export function untyped(value: Value): Value {
  return value === null ? undefined : value;
}

/** Takes steps of the budget. */
export function spend(frame: Frame, offset: number, steps = 1): void {
  frame.steps -= steps;
  if (frame.steps < 0) {
    throw new EvaluationFailure(`stopped after ${MAX_STEPS} steps (iterations, template calls, large values)`, offset);
  }
}

const CHARACTERS_A_STEP = 64;
const ITEMS_A_STEP = 16;

/** Steps for the work on a value, 0 for one of common size: without them a short loop over a large value takes minutes. */
export function stepsOf(value: Value): number {
  if (typeof value === 'string') return Math.floor(value.length / CHARACTERS_A_STEP);
  return Array.isArray(value) ? Math.floor(value.length / ITEMS_A_STEP) : 0;
}

/** Steps for putting keys in order. */
export function stepsOfKeys(count: number): number {
  return Math.floor(count / ITEMS_A_STEP);
}

/** Appends to the output. */
export function emit(frame: Frame, text: string, offset: number): void {
  frame.output += text;
  if (frame.output.length > MAX_OUTPUT) {
    throw new EvaluationFailure(`output is larger than ${MAX_OUTPUT} characters`, offset);
  }
}
