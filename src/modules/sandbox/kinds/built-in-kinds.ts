// All kinds that a new sandbox serves.
import { type ResourceDefinition } from '../registry';
import { configMaps } from './config-maps';
import { namespaces } from './namespaces';

export function builtInKinds(): readonly ResourceDefinition[] {
  return [namespaces, configMaps];
}
