export * from './name-rules';
export { compileSelection, type Selection, type SelectorTexts } from './selection';
