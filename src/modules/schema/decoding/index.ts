/** What the decoders of an API server say of an object of a built-in kind. */
export { embeddedTypeProblem, metadataTypeProblem } from './metadata-problem';
export { goDocument, type GoDocument, type NumberTexts } from './go-document';
export { int32Problem, wrapInt32Fields } from './int32-fields';
export { strictFieldProblems } from './strict-fields';
export { typeProblem } from './type-problem';
