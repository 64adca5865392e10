/** Causes of Invalid answers, worded as an API server does. */
export * from './field-causes';
export { goFloat, goJson, goNumber } from './go-text';
