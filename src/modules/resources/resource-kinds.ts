import { clusterRoleBindings } from './kinds/cluster-role-bindings';
import { clusterRoles } from './kinds/cluster-roles';
import { configMaps } from './kinds/config-maps';
import { deployments } from './kinds/deployments';
import { cronJobs } from './kinds/cron-jobs';
import { hpa } from './kinds/hpa';
import { jobs } from './kinds/jobs';
import { ingresses } from './kinds/ingresses';
import { limitRanges } from './kinds/limit-ranges';
import { namespaces } from './kinds/namespaces';
import { networkPolicies } from './kinds/network-policies';
import { persistentVolumeClaims } from './kinds/persistent-volume-claims';
import { persistentVolumes } from './kinds/persistent-volumes';
import { resourceQuotas } from './kinds/resource-quotas';
import { roleBindings } from './kinds/role-bindings';
import { roles } from './kinds/roles';
import { secrets } from './kinds/secrets';
import { serviceAccounts } from './kinds/service-accounts';
import { pdb } from './kinds/pdb';
import { pods } from './kinds/pods';
import { replicaSets } from './kinds/replica-sets';
import { services } from './kinds/services';
import { statefulSets } from './kinds/stateful-sets';
import { type ResourceKind } from './resource-kind';

/** Every kind with a language of its own. The order of writing is `facts.order`. */
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
  jobs,
  cronJobs,
  hpa,
  pdb,
  resourceQuotas,
  limitRanges,
  networkPolicies,
  persistentVolumes,
  persistentVolumeClaims,
  ingresses,
  secrets,
];
