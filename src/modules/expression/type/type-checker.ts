// The types of everything that stands in a template, from the type of its data. An abstract run over the tree: dot and
// every variable stand for a type. What is found is said once, at its place; after a finding the type is unknown.
import { type FunctionRegistry } from '../note/registry';
import {
  type BranchNode,
  type Command,
  type Definition,
  type FunctionNode,
  type Node,
  type Operand,
  type Pipe,
  type Tree,
  UNDECLARED,
} from '../template/ast';
import { isTrue, kindOf, plain, type Value } from '../template/value';
import { type Argument, article } from './argument';
import { checkCall, noField, unknownField } from './call-rules';
import { Findings, type TypeFinding, TYPE_CODE } from './finding';
import { resultType } from './note-types';
import { checkResult, either, NOTHING, type Output, type ResultForm, then } from './result-form';
import { elementsOf, fieldOf } from './steps';
import { kindWords, NIL, truthOf, type Type, UNKNOWN, unionOf } from './type';
import { variablesOf, type VariableUse } from './variables';

/** What is known beside the template itself. */
export interface TypeContext {
  readonly functions: FunctionRegistry;
  /** The type of `.` at the top. */
  readonly data: Type;
  /** What the field takes, when not every text will do. */
  readonly result?: ResultForm | undefined;
  /** Is told what may be printed. */
  readonly onOutput?: ((output: Output) => void) | undefined;
}

/** How many different types of dot one definition is looked at with. */
const MAX_DOTS = 8;
const MAIN = 'f';

/** Everything that is wrong with a template whatever the data is, in the order of the text. */
export function checkTypes(tree: Tree, context: TypeContext): readonly TypeFinding[] {
  const { functions, result, onOutput } = context;
  const checker = new TypeChecker(tree, functions, result !== undefined || onOutput !== undefined);
  const output = checker.body(tree, context.data);
  for (const name of tree.definitions.keys()) if (name !== MAIN) checker.uncalled(name);
  if (result !== undefined) checkResult(output, result, checker.findings);
  onOutput?.(output);
  return checker.findings.all();
}

interface Scope {
  readonly dot: Type;
  /** What dot is called in a message. */
  readonly dotName: string;
  readonly variables: Type[];
  readonly use: VariableUse;
}

class TypeChecker {
  readonly findings = new Findings();
  /** The types of dot that each definition was looked at with. */
  private readonly seen = new Map<string, Set<Type>>();

  constructor(
    private readonly tree: Tree,
    private readonly functions: FunctionRegistry,
    /** Whether anybody asks what is printed. */
    private readonly isPrinted: boolean,
  ) {}

  /** A body with a scope of its own. */
  body(definition: Definition, dot: Type): Output {
    return this.nodes(definition.body, {
      dot,
      dotName: 'the data',
      variables: [dot],
      use: variablesOf(definition, this.findings),
    });
  }

  uncalled(name: string): void {
    if (!this.seen.has(name)) this.definition(name, UNKNOWN);
  }

  private definition(name: string, dot: Type): void {
    const definition = this.tree.definitions.get(name);
    if (definition === undefined) return;
    const seen = this.seen.get(name) ?? new Set();
    this.seen.set(name, seen);
    const type = seen.size < MAX_DOTS ? dot : UNKNOWN;
    if (seen.has(type)) return;
    seen.add(type);
    this.body(definition, type);
  }

  private nodes(nodes: readonly Node[], scope: Scope): Output {
    let output: Output = NOTHING;
    for (const node of nodes) {
      const more = this.node(node, scope);
      if (this.isPrinted) output = then(output, more);
    }
    return output;
  }

  private node(node: Node, scope: Scope): Output {
    switch (node.type) {
      case 'text':
        return this.isPrinted ? [[{ text: node.text, offset: node.offset }]] : NOTHING;
      case 'action': {
        const { type, words, offset, text } = this.pipe(node.pipe, scope);
        if (node.pipe.declares.length > 0 || !this.isPrinted) return NOTHING;
        return [[text === undefined ? { type, words, offset } : { text, offset }]];
      }
      case 'if':
      case 'with':
        return this.branch(node, scope);
      case 'range':
        this.range(node, scope);
        return undefined;
      case 'template':
        this.definition(node.name, node.pipe === undefined ? NIL : this.pipe(node.pipe, scope).type);
        return undefined;
      case 'break':
      case 'continue':
        return undefined;
    }
  }

  private branch(node: BranchNode, scope: Scope): Output {
    const { type } = this.pipe(node.pipe, scope);
    const inner = node.type === 'if' ? scope : { ...scope, dot: type, dotName: '"."' };
    // What is never evaluated can't fail.
    switch (truthOf(type)) {
      case true:
        return this.nodes(node.body, inner);
      case false:
        return this.nodes(node.otherwise, scope);
      default:
        return either(this.nodes(node.body, inner), this.nodes(node.otherwise, scope));
    }
  }

  private range(node: BranchNode, scope: Scope): void {
    const over = this.commands(node.pipe, scope);
    const { declares, isAssignment } = node.pipe;
    const [first, second] = declares;
    const elements = elementsOf(over.type, second !== undefined);
    if (elements === undefined) {
      const kind = kindWords(over.type);
      const why = kind === 'int' ? 'range over an int has one variable' : 'expected a list, a map or an int';
      const message = `range cannot go over ${article(kind)} (${over.words}): ${why}`;
      this.findings.add({ code: TYPE_CODE.kind, severity: 'error', message, offset: over.offset });
    }
    const { key, item } = elements ?? { key: UNKNOWN, item: UNKNOWN };
    const types = second === undefined ? [item] : [key, item];
    declares.forEach(({ slot }, at) => {
      set(scope, slot, isAssignment || first === undefined ? UNKNOWN : (types[at] ?? UNKNOWN));
    });
    const truth = truthOf(over.type);
    const isEmpty = truth === false || isNegative(over.type);
    if (!isEmpty) this.nodes(node.body, { ...scope, dot: item, dotName: '"."' });
    if (isEmpty || truth !== true) this.nodes(node.otherwise, scope);
  }

  private pipe(pipe: Pipe, scope: Scope): Argument {
    const value = this.commands(pipe, scope);
    for (const { slot } of pipe.declares) set(scope, slot, value.type);
    return value;
  }

  private commands({ commands }: Pipe, scope: Scope): Argument {
    const [first, ...rest] = commands;
    let value = this.command(first, undefined, scope);
    for (const command of rest) value = this.command(command, value, scope);
    return value;
  }

  private command({ args }: Command, piped: Argument | undefined, scope: Scope): Argument {
    const [first, ...rest] = args;
    if (first.type === 'function') return this.call(first, rest, piped, scope);
    const value = this.operand(first, scope);
    if (rest.length === 0 && piped === undefined) return value;
    // A value in front of arguments is an error of the compile.
    for (const operand of rest) this.operand(operand, scope);
    return { ...value, type: UNKNOWN };
  }

  private call(node: FunctionNode, rest: readonly Operand[], piped: Argument | undefined, scope: Scope): Argument {
    const { name, offset } = node;
    if ((name === 'and' || name === 'or') && this.functions.get(name)?.domain === 'builtin') {
      return { words: `(${name} …)`, offset, isLiteral: false, type: this.logic(name, rest, piped, scope) };
    }
    const args = rest.map((operand) => this.operand(operand, scope));
    if (piped !== undefined) args.push({ ...piped, isLiteral: false });
    const result = { words: args.length === 0 ? name : `(${name} …)`, offset, isLiteral: false };
    const spec = this.functions.get(name);
    const isComplete =
      spec !== undefined &&
      (spec.variadic === true ? args.length >= spec.params.length - 1 : args.length === spec.params.length);
    // A wrong number of arguments is an error of the compile.
    if (!isComplete) return { ...result, type: UNKNOWN };
    checkCall(spec, args, this.findings);
    return { ...result, type: resultType(spec, args) };
  }

  /** Arguments after the deciding one are not evaluated. */
  private logic(name: 'and' | 'or', rest: readonly Operand[], piped: Argument | undefined, scope: Scope): Type {
    const possible: Type[] = [];
    const count = rest.length + (piped === undefined ? 0 : 1);
    for (let at = 0; at < count; at++) {
      const operand = rest[at];
      const { type } = operand === undefined ? (piped as Argument) : this.operand(operand, scope);
      const truth = truthOf(type);
      if (at === count - 1 || truth !== (name === 'and')) possible.push(type);
      if (truth === (name === 'or')) break;
    }
    return count === 0 ? UNKNOWN : unionOf(possible);
  }

  private operand(operand: Operand, scope: Scope): Argument {
    const { offset } = operand;
    switch (operand.type) {
      case 'literal':
        return literal(operand.value, operand.text, offset);
      case 'nil':
        return { type: NIL, words: 'nil', offset, isLiteral: true };
      case 'field':
        return this.walk(scope.dot, '', operand.fields, fieldOffset(operand.fields, offset), scope.dotName);
      case 'variable': {
        const type = operand.slot === UNDECLARED ? UNKNOWN : (scope.variables[operand.slot] ?? UNKNOWN);
        return this.walk(type, operand.name, operand.fields, offset);
      }
      case 'function':
        return this.call(operand, [], undefined, scope);
      case 'chain': {
        const base = this.operand(operand.base, scope);
        return this.walk(base.type, base.words, operand.fields, offset);
      }
      case 'pipe': {
        const { type, words, text, isLiteral } = this.pipe(operand.pipe, scope);
        return { type, words, offset, isLiteral: false, ...(isLiteral && text !== undefined ? { text } : {}) };
      }
    }
  }

  /** `start`: where the dot of the first field stands. */
  private walk(base: Type, name: string, fields: readonly string[], start: number, called = name): Argument {
    let type = base;
    let words = name;
    let offset = start + 1;
    for (const field of fields) {
      const step = fieldOf(type, field);
      if (!('problem' in step)) type = step;
      else {
        const place = words === '' ? called : words;
        if (step.problem === 'unknown field') unknownField(step.object, field, place, offset, this.findings);
        else noField(type, field, place, offset, this.findings);
        type = UNKNOWN;
      }
      words += `.${field}`;
      offset += field.length + 1;
    }
    return { type, words: words === '' ? '.' : words, offset: start, isLiteral: false };
  }
}

/** Of a chain of fields Go notes the place of the second one. */
function fieldOffset([first = '', second]: readonly string[], offset: number): number {
  return second === undefined ? offset : offset - first.length - 1;
}

function isNegative(type: Type): boolean {
  return type.kind === 'int' && type.value !== undefined && type.value < 0;
}

function set({ variables, use }: Scope, slot: number, type: Type): void {
  if (slot !== UNDECLARED) variables[slot] = use.assigned.has(slot) ? UNKNOWN : type;
}

function literal(value: Value, written: string, offset: number): Argument {
  const truth = isTrue(value);
  switch (kindOf(value)) {
    case 'string': {
      const text = value as string;
      const type: Type = { kind: 'string', values: [text], truth };
      return { type, text, words: written, offset, isLiteral: true };
    }
    case 'int':
      return { type: { kind: 'int', truth, value: Number(plain(value)) }, words: written, offset, isLiteral: true };
    case 'float':
      return { type: { kind: 'float', truth }, words: written, offset, isLiteral: true };
    case 'bool':
      return { type: { kind: 'bool', truth }, words: written, offset, isLiteral: true };
    default:
      return { type: UNKNOWN, words: written, offset, isLiteral: true };
  }
}
