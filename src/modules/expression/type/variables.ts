// What a body does with its variables. Slots are unique in a body, so names that hide each other stay apart.
import { type Definition, type Node, type Operand, type Pipe, UNDECLARED } from '../template/ast';
import { type Findings, TYPE_CODE } from './finding';

/** By slot. */
export interface VariableUse {
  /** Set again by `=`: what it holds, the way through the template decides. */
  readonly assigned: ReadonlySet<number>;
}

interface Declaration {
  readonly name: string;
  readonly slot: number;
  readonly offset: number;
}

/** Reports variables that nothing reads. Those of `range` are exempt: two are needed to get at the second one. */
export function variablesOf(definition: Definition, findings: Findings): VariableUse {
  const walk = new VariableWalk();
  if (definition.slots > 1) walk.nodes(definition.body);
  for (const { name, slot, offset } of walk.declared) {
    if (walk.read.has(slot) || name.startsWith('$_')) continue;
    const message = `${name} is declared and never used`;
    findings.add({ code: TYPE_CODE.unused, severity: 'warning', message, offset });
  }
  return walk;
}

class VariableWalk implements VariableUse {
  readonly declared: Declaration[] = [];
  readonly read = new Set<number>();
  readonly assigned = new Set<number>();

  nodes(nodes: readonly Node[]): void {
    for (const node of nodes) {
      if (!('pipe' in node)) continue;
      if (node.pipe !== undefined) this.pipe(node.pipe, node.type === 'range');
      if (!('body' in node)) continue;
      this.nodes(node.body);
      this.nodes(node.otherwise);
    }
  }

  private pipe({ commands, declares, isAssignment, offset }: Pipe, isRange = false): void {
    for (const { args } of commands) for (const operand of args) this.operand(operand);
    for (const { name, slot } of declares) {
      if (slot === UNDECLARED) continue;
      if (isAssignment) this.assigned.add(slot);
      else if (!isRange) this.declared.push({ name, slot, offset });
    }
  }

  private operand(operand: Operand): void {
    if (operand.type === 'variable') this.read.add(operand.slot);
    else if (operand.type === 'chain') this.operand(operand.base);
    else if (operand.type === 'pipe') this.pipe(operand.pipe);
  }
}
