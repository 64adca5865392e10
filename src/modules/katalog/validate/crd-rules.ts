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

/** Names of dependsOn that are no CRD, or a disabled one. `declared`: all names of the Katalog, and whether each is enabled. */
export function checkDependencies(
  crds: readonly CompiledCrd[],
  declared: ReadonlyMap<string, boolean>,
  problems: ProblemList,
): void {
  for (const { dependsOn, name: dependent } of crds) {
    for (const { name, position } of dependsOn) {
      const isEnabled = declared.get(name);
      if (isEnabled === true) continue;
      const reason =
        isEnabled === false
          ? 'which is disabled'
          : `which is not a CRD of this Katalog${didYouMean(name, declared.keys())}`;
      const message = `dependsOn names "${name}", ${reason}`;
      const path = `spec.crds.${dependent}.dependsOn`;
      problems.add({ severity: 'error', code: CODE.dependsOn, message, position, path });
    }
  }
}

/** Start order: dependencies first, the file's order as tie break. A cycle is a problem that shows its path. */
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
