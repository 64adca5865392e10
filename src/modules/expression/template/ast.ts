// The tree of a template. Offsets count in the template text.
import { type Value } from './value';

interface At {
  readonly offset: number;
}

/** Arguments and operands. */
export type Operand =
  | (At & { readonly type: 'literal'; readonly value: Value; readonly text: string })
  | (At & { readonly type: 'nil' })
  /** `.` or `.a.b` */
  | (At & { readonly type: 'field'; readonly fields: readonly string[] })
  /** `$x` or `$x.a`; slot 0 is `$`. */
  | (At & {
      readonly type: 'variable';
      readonly name: string;
      readonly slot: number;
      readonly fields: readonly string[];
    })
  | (At & { readonly type: 'function'; readonly name: string })
  /** `(pipeline).a.b`, `fn.a` */
  | (At & { readonly type: 'chain'; readonly base: Operand; readonly fields: readonly string[] })
  | (At & { readonly type: 'pipe'; readonly pipe: Pipe });

/** One command: an operand, or a function with arguments. */
export interface Command extends At {
  readonly args: readonly [Operand, ...Operand[]];
}

export interface Pipe extends At {
  readonly commands: readonly Command[];
  readonly declares: readonly { readonly name: string; readonly slot: number }[];
  readonly isAssignment: boolean;
}

export type Node =
  | (At & { readonly type: 'text'; readonly text: string })
  | (At & { readonly type: 'action'; readonly pipe: Pipe })
  | (At & {
      readonly type: 'if';
      readonly pipe: Pipe;
      readonly body: readonly Node[];
      readonly otherwise: readonly Node[];
    })
  | (At & {
      readonly type: 'with';
      readonly pipe: Pipe;
      readonly body: readonly Node[];
      readonly otherwise: readonly Node[];
    })
  | (At & {
      readonly type: 'range';
      readonly pipe: Pipe;
      readonly body: readonly Node[];
      readonly otherwise: readonly Node[];
    })
  | (At & { readonly type: 'template'; readonly name: string; readonly pipe: Pipe | undefined })
  | (At & { readonly type: 'break' })
  | (At & { readonly type: 'continue' });

export interface Definition {
  readonly body: readonly Node[];
  /** Size of the variable frame. */
  readonly slots: number;
}

export interface Tree extends Definition {
  readonly definitions: ReadonlyMap<string, Definition>;
}
