// `range`: over lists, maps in the order of their keys, and integers.
import { type BranchNode } from './ast';
import { type Compiled, type Frame, offsetOf, type Run, spend, stepsOfKeys } from './frame';
import { EvaluationFailure } from './template.errors';
import { fieldOf, GoInt, integerOf, intOf, isList, isMap, printValue, sortedKeys, type Value } from './value';

/** One iteration; false ends the loop. */
type Visit = (key: Value, item: Value) => boolean;

export function compileRange(node: BranchNode, over: Compiled, body: Run, otherwise: Run): Run {
  const [first, second] = node.pipe.declares;
  const keySlot = second === undefined ? undefined : first?.slot;
  const itemSlot = second === undefined ? first?.slot : second.slot;
  return rangeOver({ over, body, otherwise, keySlot, itemSlot, offset: node.offset });
}

interface Loop {
  readonly over: Compiled;
  readonly body: Run;
  readonly otherwise: Run;
  readonly keySlot: number | undefined;
  readonly itemSlot: number | undefined;
  readonly offset: number;
}

function rangeOver(loop: Loop): Run {
  return (frame) => {
    const { over, body, keySlot, itemSlot, offset } = loop;
    const outer = frame.dot;
    const value = over.evaluate(frame);
    let count = 0;
    const visit: Visit = (key, item) => {
      spend(frame, offset);
      count++;
      frame.dot = item;
      if (keySlot !== undefined) frame.variables[keySlot] = key;
      if (itemSlot !== undefined) frame.variables[itemSlot] = item;
      return body(frame) !== 1;
    };
    if (isList(value)) overList(value, visit);
    else if (isMap(value)) overMap(value, visit, frame, offset);
    else if (value !== undefined) overInteger(value, visit, over, frame, keySlot !== undefined);
    frame.dot = outer;
    if (count > 0) return 0;
    // A break in the else list ends this range, not the one around it.
    const flow = loop.otherwise(frame);
    return flow === 1 ? 0 : flow;
  };
}

function overList(list: readonly Value[], visit: Visit): void {
  for (let i = 0; i < list.length; i++) {
    const item = list[i];
    if (!visit(intOf(i), item === undefined ? null : item)) return;
  }
}

function overMap(map: { readonly [key: string]: Value }, visit: Visit, frame: Frame, offset: number): void {
  const keys = sortedKeys(map);
  spend(frame, offset, stepsOfKeys(keys.length));
  for (const key of keys) if (!visit(key, fieldOf(map, key))) return;
}

/** From 0 to below the value, in the type of the value. */
function overInteger(value: Value, visit: Visit, { last }: Compiled, frame: Frame, hasKey: boolean): void {
  const end = integerOf(value);
  if (end === undefined) {
    throw new EvaluationFailure(`range can't iterate over ${printValue(value)}`, offsetOf(last, frame));
  }
  if (hasKey) {
    const reason = `can't use ${printValue(value)} to iterate over more than one variable`;
    throw new EvaluationFailure(reason, offsetOf(last, frame));
  }
  for (let i = 0; i < end; i++) {
    const item = !(value instanceof GoInt) ? i : value.type === 'int' ? intOf(i) : new GoInt(value.type, i);
    if (!visit(undefined, item)) return;
  }
}
