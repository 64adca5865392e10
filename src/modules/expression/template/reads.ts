// Which data paths a template reads: caches keep only those, and the engine knows what a template depends on.
// An abstract run over the tree: dot and every variable stand for a path, or for something unknown whose reads were
// already noted. A step that can't be followed (index, range) ends in a prefix, which covers all below it.
import { type FunctionRegistry } from '../note/registry';
import { type Command, type Definition, type Node, type Operand, type Pipe, type Tree } from './ast';
import { type DataPath } from './template.types';

type Place = DataPath | undefined;

/** `functions` knows what notes of the Katalog read. */
export function readsOf(tree: Tree, functions: FunctionRegistry): readonly DataPath[] {
  const analysis = new ReadAnalysis(tree.definitions);
  analysis.nodes(tree.body, [], [[]]);
  const inNotes = [...tree.calls].flatMap((name) => functions.get(name)?.reads ?? []);
  return normalise([...analysis.found.values(), ...inNotes]);
}

/** Sorted, unique, and without paths that a shorter one covers already. */
export function normalise(paths: readonly DataPath[]): readonly DataPath[] {
  if (paths.length < 2) return paths.slice();
  const byText = new Map(paths.map((path) => [path.join('\0'), path]));
  const sorted = [...byText.keys()].sort().map((text) => byText.get(text) as DataPath);
  const isCovered = (path: DataPath): boolean =>
    sorted.some((other) => other.length < path.length && other.every((key, i) => key === path[i]));
  // The copy has no spare room: there is one such list for each template.
  return sorted.filter((path) => !isCovered(path)).slice();
}

class ReadAnalysis {
  readonly found = new Map<string, DataPath>();
  private readonly visiting = new Set<string>();

  constructor(private readonly definitions: ReadonlyMap<string, Definition>) {}

  private note(place: Place): void {
    if (place !== undefined) this.found.set(place.join('\0'), place);
  }

  nodes(nodes: readonly Node[], dot: Place, variables: Place[]): void {
    for (const node of nodes) this.node(node, dot, variables);
  }

  private node(node: Node, dot: Place, variables: Place[]): void {
    switch (node.type) {
      case 'action':
        if (node.pipe.declares.length === 0) this.note(this.pipe(node.pipe, dot, variables));
        else this.pipe(node.pipe, dot, variables);
        return;
      case 'if':
        this.note(this.pipe(node.pipe, dot, variables));
        this.nodes(node.body, dot, variables);
        this.nodes(node.otherwise, dot, variables);
        return;
      case 'with': {
        const inner = this.pipe(node.pipe, dot, variables);
        this.note(inner);
        this.nodes(node.body, inner, variables);
        this.nodes(node.otherwise, dot, variables);
        return;
      }
      case 'range': {
        this.note(this.pipe({ ...node.pipe, declares: [] }, dot, variables));
        for (const { slot } of node.pipe.declares) variables[slot] = undefined;
        this.nodes(node.body, undefined, variables);
        this.nodes(node.otherwise, dot, variables);
        return;
      }
      case 'template':
        return this.call(node.name, node.pipe === undefined ? undefined : this.pipe(node.pipe, dot, variables));
      default:
        return;
    }
  }

  private call(name: string, dot: Place): void {
    const definition = this.definitions.get(name);
    // A template inside of itself may go deeper without end: the place covers all below it.
    if (definition === undefined || this.visiting.has(name)) return this.note(dot);
    this.visiting.add(name);
    this.nodes(definition.body, dot, [dot]);
    this.visiting.delete(name);
  }

  private pipe(pipe: Pipe, dot: Place, variables: Place[]): Place {
    let place: Place;
    for (const command of pipe.commands) {
      const [first, ...rest] = command.args;
      const isLone = pipe.commands.length === 1 && rest.length === 0;
      const indexed = pipe.commands.length === 1 ? this.indexed(command, dot, variables) : undefined;
      if (isLone) place = this.operand(first, dot, variables);
      else if (indexed !== undefined) place = indexed;
      else for (const arg of command.args) this.note(this.operand(arg, dot, variables));
    }
    for (const { slot } of pipe.declares) {
      if (pipe.isAssignment) {
        // Which of the two it holds from here on, the data decides.
        this.note(place);
        this.note(variables[slot]);
      }
      variables[slot] = pipe.isAssignment ? undefined : place;
    }
    return place;
  }

  /** `index .a "b" "c"` is as exact as `.a.b.c`; with another key it is a call like any other. */
  private indexed({ args }: Command, dot: Place, variables: Place[]): Place {
    const [first, base, ...keys] = args;
    if (first.type !== 'function' || first.name !== 'index' || base === undefined) return undefined;
    const names = keys.map((key) => (key.type === 'literal' ? key.value : undefined));
    if (!names.every((name) => typeof name === 'string')) return undefined;
    return follow(this.operand(base, dot, variables), names);
  }

  private operand(operand: Operand, dot: Place, variables: Place[]): Place {
    switch (operand.type) {
      case 'field':
        return follow(dot, operand.fields);
      case 'variable':
        return follow(variables[operand.slot], operand.fields);
      case 'chain':
        return follow(this.operand(operand.base, dot, variables), operand.fields);
      case 'pipe':
        return this.pipe(operand.pipe, dot, variables);
      default:
        return undefined;
    }
  }
}

function follow(place: Place, fields: readonly string[]): Place {
  return place?.concat(fields);
}
