// The tree of a template. Offsets count in the template text and stand where Go's parser puts the position of a node:
// a failure of execution is reported at one of them.
import { type Value } from './value';

interface At {
  readonly offset: number;
}

/** A variable that a pipeline declares or assigns; slot UNDECLARED when no declaration is in reach. */
export interface Declared {
  readonly name: string;
  readonly slot: number;
}

/** Slot of a variable that the grammar knows but that has no value where it is used: `{{ $x := $x }}`. */
export const UNDECLARED = -1;

export interface LiteralNode extends At {
  readonly type: 'literal';
  /** Undefined stands for an integer beyond int64, which fails when it is evaluated. */
  readonly value: Value;
  /** As written. */
  readonly text: string;
}

/** `$x` or `$x.a`; slot 0 is `$`. */
export interface VariableNode extends At {
  readonly type: 'variable';
  readonly name: string;
  readonly slot: number;
  readonly fields: readonly string[];
}

export interface FunctionNode extends At {
  readonly type: 'function';
  readonly name: string;
}

/** `(pipeline).a.b`, `fn.a` */
export interface ChainNode extends At {
  readonly type: 'chain';
  readonly base: Operand;
  readonly fields: readonly string[];
}

export interface PipeOperand extends At {
  readonly type: 'pipe';
  readonly pipe: Pipe;
}

/** `.` (no fields) or `.a.b` */
export interface FieldNode extends At {
  readonly type: 'field';
  readonly fields: readonly string[];
}

/** Arguments and operands. */
export type Operand =
  LiteralNode | (At & { readonly type: 'nil' }) | FieldNode | VariableNode | FunctionNode | ChainNode | PipeOperand;

/** One command: an operand, or a function with arguments. */
export interface Command extends At {
  readonly args: readonly [Operand, ...Operand[]];
}

export interface Pipe extends At {
  readonly commands: readonly [Command, ...Command[]];
  readonly declares: readonly Declared[];
  readonly isAssignment: boolean;
}

export interface BranchNode extends At {
  readonly type: 'if' | 'with' | 'range';
  readonly pipe: Pipe;
  readonly body: readonly Node[];
  readonly otherwise: readonly Node[];
}

export interface TemplateCallNode extends At {
  readonly type: 'template';
  readonly name: string;
  readonly pipe: Pipe | undefined;
}

export type Node =
  | (At & { readonly type: 'text'; readonly text: string })
  | (At & { readonly type: 'action'; readonly pipe: Pipe })
  | BranchNode
  | TemplateCallNode
  | (At & { readonly type: 'break' })
  | (At & { readonly type: 'continue' });

export interface Definition {
  readonly body: readonly Node[];
  /** Size of the variable frame. */
  readonly slots: number;
}

export interface Tree extends Definition {
  /** Names of the functions that stand anywhere in it. */
  readonly calls: ReadonlySet<string>;
  readonly definitions: ReadonlyMap<string, Definition>;
}
