export { asOrkestraError, type ErrorKind, OrkestraError, type OrkestraErrorInit } from './orkestra-error';
export { type ErrorPolicy, policyOf } from './error-policy';
export { didYouMean, nearestName } from './nearest-name';
export { formatProblem, KatalogInvalidError, type Problem, ProblemList } from './problem';
export { formatPosition, formatUse, type SourcePosition } from './source-position';
