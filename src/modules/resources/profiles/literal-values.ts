// What a declared profile stands for: made once, at load, because its texts are literals.
import { deepFreeze, type ProblemList, systemClock, systemRandom } from '../../common';
import { EntryCompiler } from '../parts/common-entry';
import { type BuildScope } from '../resource-kind';
import { type DeclaredProfile, type ProfileClass } from './profile-class';
import { ProfileRegistry } from './profile-registry';

/** There is nothing in a literal to look up. */
const NO_DATA: BuildScope = {
  data: {},
  evaluation: { clock: systemClock, random: systemRandom },
  name: '',
  namespace: undefined,
  ownerName: '',
  systemLabels: {},
  live: undefined,
  copySource: undefined,
};

/** The frozen values; undefined after a problem, which stands in the list. */
export function literalValues<V, D extends DeclaredProfile>(
  profiles: ProfileClass<V, D>,
  declared: D,
  problems: ProblemList,
): V | undefined {
  const before = problems.errors.length;
  const compiler = new EntryCompiler({
    problems,
    options: {},
    phase: 'onReconcile',
    workloads: [],
    forceConflict: true,
    profiles: new ProfileRegistry(),
    profileUses: [],
    kindOf: () => undefined,
  });
  const build = profiles.compile(declared, compiler);
  return problems.errors.length > before ? undefined : deepFreeze(build(NO_DATA));
}
