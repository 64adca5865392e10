import { configMaps } from './kinds/config-maps';
import { deployments } from './kinds/deployments';
import { services } from './kinds/services';
import { type ResourceKind } from './resource-kind';

/** Every kind that a block may declare. The order of writing is `facts.order`. */
export const resourceKinds: readonly ResourceKind[] = [deployments, services, configMaps];
