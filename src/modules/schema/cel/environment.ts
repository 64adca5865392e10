// The functions that rules may use, registered once; each node with rules extends a copy by its own types.
import { registerLists } from './functions/lists';
import { registerNamedFormats } from './functions/named-formats';
import { registerNetwork } from './functions/network';
import { registerOptionals } from './functions/optionals';
import { registerQuantities } from './functions/quantities';
import { registerSemver } from './functions/semver';
import { registerStrings } from './functions/strings';
import { registerTwoVariables } from './functions/two-variables';
import { type CelEnvironment, type CelLibrary } from './library';

const LIMITS = {
  maxAstNodes: 10_000,
  maxDepth: 100,
  maxListElements: 1_000,
  maxMapEntries: 1_000,
  maxCallArguments: 32,
};

/** `isHomogeneous`: lists in expressions have items of one type; format() alone may take others. */
export function newEnvironment(library: CelLibrary, isHomogeneous = true): CelEnvironment {
  const environment = new library.Environment({
    enableOptionalTypes: true,
    homogeneousAggregateLiterals: isHomogeneous,
    unlistedVariablesAreDyn: false,
    limits: LIMITS,
  });
  registerStrings(environment);
  registerQuantities(environment);
  registerNetwork(environment);
  registerLists(environment);
  registerTwoVariables(environment);
  registerOptionals(environment, library);
  registerNamedFormats(environment, library);
  registerSemver(environment);
  return environment;
}
