// Which CRDs wait for which, on the screen.
import pc from 'picocolors';
import { gvkString } from '../../modules/common';
import { type CompiledCrd } from '../../modules/katalog';

/** `name`, with its condition when that is not `started`. */
export function dependencyText({ name, condition }: CompiledCrd['dependsOn'][number]): string {
  return condition === 'started' ? name : `${name} (${condition})`;
}

/** The order of the start, then who waits for whom; what waits for several is opened once. */
export function dependencyGraph(crds: readonly CompiledCrd[]): readonly string[] {
  const order = crds.map((crd, index) => {
    const waits = crd.dependsOn.length === 0 ? '' : ` ← ${crd.dependsOn.map(dependencyText).join(', ')}`;
    return `${index + 1}. ${pc.bold(crd.name)}  ${gvkString(crd.gvk)}${waits}`;
  });
  const shown = new Set<string>();
  const below = (crd: CompiledCrd, depth: number, edge: string): readonly string[] => {
    const line = `${'  '.repeat(depth)}${depth === 0 ? '' : '└─ '}${crd.name}${edge}`;
    if (shown.has(crd.name)) return [line];
    shown.add(crd.name);
    const waiting = crds.flatMap((other) => {
      const dependency = other.dependsOn.find(({ name }) => name === crd.name);
      if (dependency === undefined) return [];
      return below(other, depth + 1, dependency.condition === 'started' ? '' : ` (${dependency.condition})`);
    });
    return [line, ...waiting];
  };
  return [...order, '', ...crds.filter(({ dependsOn }) => dependsOn.length === 0).flatMap((crd) => below(crd, 0, ''))];
}
