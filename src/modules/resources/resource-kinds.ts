import { clusterRoleBindings } from './kinds/cluster-role-bindings';
import { clusterRoles } from './kinds/cluster-roles';
import { configMaps } from './kinds/config-maps';
import { deployments } from './kinds/deployments';
import { namespaces } from './kinds/namespaces';
import { roleBindings } from './kinds/role-bindings';
import { roles } from './kinds/roles';
import { serviceAccounts } from './kinds/service-accounts';
import { pods } from './kinds/pods';
import { replicaSets } from './kinds/replica-sets';
import { services } from './kinds/services';
import { statefulSets } from './kinds/stateful-sets';
import { type ResourceKind } from './resource-kind';

/** Every kind that a block may declare. The order of writing is `facts.order`. */
export const resourceKinds: readonly ResourceKind[] = [
  deployments,
  services,
  configMaps,
  serviceAccounts,
  namespaces,
  roles,
  roleBindings,
  clusterRoles,
  clusterRoleBindings,
  replicaSets,
  statefulSets,
  pods,
];
