/** What the decoders of an API server say of an object of a built-in kind. */
export { embeddedTypeProblem, metadataTypeProblem } from './metadata-problem';
export { goDocument, type GoDocument, type NumberTexts } from './go-document';
export { strictFieldProblems } from './strict-fields';
export { typeProblem } from './type-problem';
