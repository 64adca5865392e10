// Rules about CRDs among each other.
import { didYouMean, gvkString, type ProblemList } from '../../common';
import { type CompiledCrd } from '../compile/compiled-katalog';
import { CODE } from './codes';

export function checkUniqueGvk(crds: readonly CompiledCrd[], problems: ProblemList): void {
  const seen = new Map<string, CompiledCrd>();
  for (const crd of crds) {
    const gvk = gvkString(crd.gvk);
    const first = seen.get(gvk);
    if (first !== undefined) {
      report(
        crd,
        CODE.duplicateGvk,
        `declares ${gvk}, which "${first.name}" (line ${first.position.line}) declares already`,
        problems,
      );
    }
    seen.set(gvk, first ?? crd);
  }
}

/** Start order: dependencies first, the file's order as tie break. Unknown names and cycles are problems. */
export function orderByDependency(crds: readonly CompiledCrd[], problems: ProblemList): readonly CompiledCrd[] {
  const byName = new Map(crds.map((crd) => [crd.name, crd]));
  const ordered: CompiledCrd[] = [];
  const state = new Map<string, 'visiting' | 'done'>();
  const visit = (crd: CompiledCrd, path: readonly string[]): void => {
    if (state.get(crd.name) === 'done') return;
    if (state.get(crd.name) === 'visiting') {
      const cycle = [...path.slice(path.indexOf(crd.name)), crd.name];
      report(crd, CODE.dependsOn, `dependsOn goes round in a circle: ${cycle.join(' -> ')}`, problems);
      return;
    }
    state.set(crd.name, 'visiting');
    for (const { name } of crd.dependsOn) {
      const target = byName.get(name);
      if (target !== undefined) visit(target, [...path, crd.name]);
      else {
        report(
          crd,
          CODE.dependsOn,
          `dependsOn names "${name}", which is not an enabled CRD of this Katalog${didYouMean(name, byName.keys())}`,
          problems,
        );
      }
    }
    state.set(crd.name, 'done');
    ordered.push(crd);
  };
  for (const crd of crds) visit(crd, []);
  return ordered;
}

function report(crd: CompiledCrd, code: string, message: string, problems: ProblemList): void {
  problems.add({ severity: 'error', code, message, position: crd.position, path: `spec.crds.${crd.name}` });
}
