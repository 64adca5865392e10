export * from './name-rules';
export { parseFieldSelector } from './field-selector';
export { type LabelMatcher, parseLabelSelector } from './label-selector';
export { compileSelection, type Selection, type SelectorTexts } from './selection';
