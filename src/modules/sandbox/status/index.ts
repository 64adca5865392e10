export * from './api-status';
