/** Causes of Invalid answers, worded as an API server does. */
export * from './field-causes';
export { goFloat, goJson, goNumber } from './go-text';
export { goBool, goInt, type GoMembers, goPointer, goSlice, goString, goStruct, type GoType } from './go-struct';
