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
  const { found } = analysis;
  for (const name of tree.calls) {
    const { reads } = functions.get(name) ?? {};
    if (reads !== undefined) found.push(...reads);
  }
  return normalise(found);
}

/** Sorted, unique, and without paths that a shorter one covers already. */
export function normalise(paths: readonly DataPath[]): readonly DataPath[] {
  if (paths.length < 2) return paths.slice();
  const kept: DataPath[] = [];
  // Lists are short, and few of their paths differ: cheaper than a sort. What a path covers stands right behind it.
  for (const path of paths) {
    let at = kept.length;
    while (at > 0 && comparePaths(kept[at - 1] as DataPath, path) > 0) at--;
    if (at > 0 && covers(kept[at - 1] as DataPath, path)) continue;
    let end = at;
    while (end < kept.length && covers(path, kept[end] as DataPath)) end++;
    if (at === kept.length) kept.push(path);
    else kept.splice(at, end - at, path);
  }
  // The copy has no spare room: there is one such list for each template.
  return kept.slice();
}

function comparePaths(a: DataPath, b: DataPath): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const left = a[i] as string;
    const right = b[i] as string;
    if (left !== right) return left < right ? -1 : 1;
  }
  return a.length - b.length;
}

function covers(prefix: DataPath, path: DataPath): boolean {
  for (let i = 0; i < prefix.length; i++) if (prefix[i] !== path[i]) return false;
  return true;
}

class ReadAnalysis {
  readonly found: DataPath[] = [];
  private visiting: Set<string> | undefined;

  constructor(private readonly definitions: ReadonlyMap<string, Definition>) {}

  private note(place: Place): void {
    if (place !== undefined) this.found.push(place);
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
    const visiting = (this.visiting ??= new Set());
    if (definition === undefined || visiting.has(name)) return this.note(dot);
    visiting.add(name);
    this.nodes(definition.body, dot, [dot]);
    visiting.delete(name);
  }

  private pipe(pipe: Pipe, dot: Place, variables: Place[]): Place {
    let place: Place;
    for (const command of pipe.commands) {
      const { args } = command;
      const isOnly = pipe.commands.length === 1;
      const indexed = isOnly && args.length > 1 ? this.indexed(command, dot, variables) : undefined;
      if (isOnly && args.length === 1) place = this.operand(args[0], dot, variables);
      else if (indexed !== undefined) place = indexed;
      else for (const arg of args) this.note(this.operand(arg, dot, variables));
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
    const [first] = args;
    if (first.type !== 'function' || first.name !== 'index') return undefined;
    const [, base, ...keys] = args;
    if (base === undefined) return undefined;
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
