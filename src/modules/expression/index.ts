/**
 * L1: the language inside the Katalog's strings: Go text/template, its functions (notes), and conditions. Everything
 * compiles to closures once; nothing here does I/O or knows Nest.
 */
export { ALWAYS, CODE_CONDITION, compileConditions } from './condition/compile-conditions';
export { CODE_NEVER, CODE_ODD } from './condition/facts/check-conditions';
export { type ConditionFacts, type Fact } from './condition/facts/fact';
export { candidateTexts, excludeEachOther, witnessOf } from './condition/facts/together';
export { numberComparisons, textComparisons } from './condition/comparison-fields';
export { conditionList } from './condition/condition-fields';
export { crossSource, secretRef } from './condition/cross-source.fields';
export { fieldText } from './condition/field-text';
export type {
  CompiledConditions,
  ConditionFields,
  ConditionsSource,
  ConditionTrace,
} from './condition/condition.types';
export { builtinFunctions, FunctionRegistry, noteSignature, type NoteSpec } from './note';
export { evaluationCounter } from './template/action-template';
export { nextFire } from './note/time/schedule';
export { rootReferences, type RootReference, type TemplatePart, templateParts } from './template/root-references';
export { compileTemplate, compileText, type CompileOptions } from './template/compile';
export { CODE_TEMPLATE_SYNTAX } from './template/report-template';
export { normalise as normalisePaths } from './template/reads';
export { excerptOf, TemplateExecutionError, TemplateSyntaxError } from './template/template.errors';
export {
  CODE_NOTE,
  CODE_NOTE_UNUSED,
  compileUserNotes,
  type UserNote,
  type UserNotes,
} from './user-note/compile-user-notes';
export { type UserNoteFields, userNoteList } from './user-note/user-note.fields';
export type {
  CompiledTemplate,
  DataPath,
  EvaluationContext,
  Peers,
  Purity,
  TemplateData,
} from './template/template.types';
export { checkDataPath } from './type/data-path';
export { TYPE_CODE } from './type/finding';
export { type ResultForm } from './type/result-form';
export { typeOfSchema } from './type/schema-type';
export { elementsOf } from './type/steps';
export { type Fields, INT, kindWords, mapOf, membersOf, objectOf, TEXT, textOf, type Type, UNKNOWN } from './type/type';
export { versionSatisfies } from './note/version/version-satisfies';
