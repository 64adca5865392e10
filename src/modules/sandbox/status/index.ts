export * from './api-status';
export * from './field-causes';
