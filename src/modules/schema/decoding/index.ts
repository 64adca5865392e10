/** What the decoders of an API server say of an object of a built-in kind. */
export { embeddedTypeProblem, metadataTypeProblem } from './metadata-problem';
export { strictFieldProblems } from './strict-fields';
export { typeProblem } from './type-problem';
