// Rules are written for the CEL of Kubernetes. What the library spells otherwise, or would do with regular expressions of
// JavaScript, is put into other words before it is compiled:
//   x.matches(p), matches(x, p) -> the RE2 functions registered in functions/strings.ts
//   sets.contains(a, b), ip.isCanonical(x), format.uri() -> functions without a namespace
//   x.all(k, v, p) and others with two variables -> two-variable-macros.ts
//   x.optMap(v, e), x.optFlatMap(v, e) -> a conditional, because the library has no such macros
import { type CelNode } from './library';
import { sortByMacro, twoVariableMacro } from './two-variable-macros';

const NAMESPACES = new Set(['sets', 'ip', 'format', 'strings', 'lists']);
/** The others of this namespace are the library's own. */
const OPTIONAL_FUNCTIONS = new Set(['ofNonZeroValue', 'unwrap']);

/** The expression in the words of the library. */
export function rewriteExpression(source: string, root: CelNode): string {
  return source.slice(0, root.start) + render(source, root) + source.slice(root.end);
}

/** Whether the expression names the variable anywhere. */
export function usesVariable(root: CelNode, name: string): boolean {
  return root.op === 'id' ? root.args === name : childrenOf(root).some((child) => usesVariable(child, name));
}

/** The arguments of all has() in the expression. */
export function presenceTests(root: CelNode): readonly CelNode[] {
  const own = root.op === 'call' && root.args[0] === 'has' ? root.args[1] : [];
  return [...own, ...childrenOf(root).flatMap(presenceTests)];
}

/** The variable that a chain of selections begins with; undefined for other expressions. */
export function rootVariable(node: CelNode): string | undefined {
  if (node.op === 'id') return node.args;
  return node.op === '.' ? rootVariable(node.args[0]) : undefined;
}

function childrenOf(node: CelNode): readonly CelNode[] {
  const found: CelNode[] = [];
  const collect = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(collect);
    else if (isNode(value)) found.push(value);
  };
  collect(node.args);
  return found;
}

function isNode(value: unknown): value is CelNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'start' in value;
}

function render(source: string, node: CelNode): string {
  if (node.op === 'rcall') return renderMethod(source, node.args, node);
  if (node.op === 'call' && node.args[0] === 'matches') {
    return withChildren(source, node, node.start, node.end).replace(/^matches/, 're2Matches');
  }
  return withChildren(source, node, node.start, node.end);
}

function renderMethod(
  source: string,
  [name, receiver, args]: readonly [string, CelNode, readonly CelNode[]],
  node: CelNode,
): string {
  // The receiver may stand in parentheses, which belong to no node.
  const dot = dotBefore(source, name, receiver.end);
  const head = withChildren(source, node, node.start, dot);
  const tail = withChildren(source, node, dot, node.end);
  if (name === 'matches') return head + tail.replace('matches', 're2Matches');
  const isNamespace =
    receiver.op === 'id' &&
    (NAMESPACES.has(receiver.args) || (receiver.args === 'optional' && OPTIONAL_FUNCTIONS.has(name)));
  if (isNamespace) return `${receiver.args}_${tail.replace(/^\.\s*/, '')}`;
  const parts = { name, receiver: head, args, render: (child: CelNode): string => render(source, child) };
  const macro = twoVariableMacro(parts, receiver.end) ?? sortByMacro(parts, receiver.end);
  if (macro !== undefined) return macro;
  const [variable, expression] = args;
  if ((name !== 'optMap' && name !== 'optFlatMap') || variable?.op !== 'id' || expression === undefined) {
    return head + tail;
  }
  const bound = `cel.bind(${variable.args}, (${head}).value(), ${render(source, expression)})`;
  return `((${head}).hasValue() ? ${name === 'optMap' ? `optional.of(${bound})` : bound} : optional.none())`;
}

function dotBefore(source: string, name: string, from: number): number {
  const pattern = new RegExp(`\\.\\s*${name}\\s*\\(`, 'g');
  pattern.lastIndex = from;
  return pattern.exec(source)?.index ?? from;
}

/** The text from start to end with the children in it rendered. */
function withChildren(source: string, node: CelNode, start: number, end: number): string {
  let text = '';
  let at = start;
  const inside = childrenOf(node).filter((child) => child.start >= start && child.end <= end);
  for (const child of [...inside].sort((a, b) => a.start - b.start)) {
    if (child.start < at) continue;
    text += source.slice(at, child.start) + render(source, child);
    at = child.end;
  }
  return text + source.slice(at, end);
}
