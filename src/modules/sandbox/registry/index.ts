export type { ResourceDefinition, ServedVersion } from './resource-definition';
export { ResourceRegistry, type ServedResource } from './resource-registry';
