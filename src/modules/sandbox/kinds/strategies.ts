// Which strategy each built-in resource has. What is not here is stored as its schema says.
import * as access from './access';
import { autoscalers, disruptionBudgets } from './autoscaling';
import { cronJobs, jobs } from './batch';
import { type Strategies } from './builtin-resources';
import * as cluster from './cluster-kinds';
import { configMaps, secrets, serviceAccounts } from './config-kinds';
import { events, newerEvents } from './events';
import { ingresses, networkPolicies } from './networking';
import { pods } from './pods';
import { services } from './services';
import { claims, storageClasses, volumes } from './volume-kinds';
import * as workloads from './workloads';

const RBAC = 'rbac.authorization.k8s.io';
const ADMISSION = 'admissionregistration.k8s.io';
const ANSWERED = { hasGeneration: false, returnsDeleted: true } as const;

export const STRATEGIES: Strategies = {
  '/configmaps': configMaps,
  '/endpoints': cluster.endpoints,
  '/events': events,
  '/limitranges': cluster.limitRanges,
  '/namespaces': cluster.namespaces,
  '/nodes': cluster.nodes,
  '/persistentvolumeclaims': claims,
  '/persistentvolumes': volumes,
  '/pods': pods,
  '/podtemplates': workloads.podTemplates,
  '/replicationcontrollers': workloads.replicationControllers,
  '/resourcequotas': cluster.resourceQuotas,
  '/secrets': secrets,
  '/serviceaccounts': serviceAccounts,
  '/services': { ...services, hasGeneration: false, returnsDeleted: true, allowsCreateOnUpdate: true },
  [`${ADMISSION}/mutatingwebhookconfigurations`]: access.mutatingWebhooks,
  [`${ADMISSION}/validatingwebhookconfigurations`]: access.validatingWebhooks,
  [`${ADMISSION}/validatingadmissionpolicies`]: { statusKeeps: 'metadata' },
  'apiregistration.k8s.io/apiservices': { hasGeneration: false },
  'apps/controllerrevisions': { hasGeneration: false },
  'apps/daemonsets': workloads.daemonSets,
  'apps/deployments': workloads.deployments,
  'apps/replicasets': workloads.replicaSets,
  'apps/statefulsets': workloads.statefulSets,
  'authentication.k8s.io/selfsubjectreviews': access.selfReviews,
  'authorization.k8s.io/localsubjectaccessreviews': access.accessReviews,
  'authorization.k8s.io/selfsubjectaccessreviews': access.accessReviews,
  'authorization.k8s.io/selfsubjectrulesreviews': access.rulesReviews,
  'authorization.k8s.io/subjectaccessreviews': access.accessReviews,
  'autoscaling/horizontalpodautoscalers': autoscalers,
  'batch/cronjobs': cronJobs,
  'batch/jobs': jobs,
  'certificates.k8s.io/certificatesigningrequests': { hasGeneration: false },
  'coordination.k8s.io/leases': cluster.leases,
  'discovery.k8s.io/endpointslices': cluster.endpointSlices,
  'events.k8s.io/events': newerEvents,
  'flowcontrol.apiserver.k8s.io/flowschemas': { statusKeeps: 'metadata' },
  'flowcontrol.apiserver.k8s.io/prioritylevelconfigurations': { statusKeeps: 'metadata' },
  'networking.k8s.io/ingresses': ingresses,
  'networking.k8s.io/ipaddresses': { hasGeneration: false },
  'networking.k8s.io/networkpolicies': networkPolicies,
  'networking.k8s.io/servicecidrs': { hasGeneration: false, statusKeeps: 'metadata' },
  'node.k8s.io/runtimeclasses': { hasGeneration: false, allowsCreateOnUpdate: true, allowsUnconditionalUpdate: false },
  'policy/poddisruptionbudgets': disruptionBudgets,
  [`${RBAC}/clusterrolebindings`]: access.clusterRoleBindings,
  [`${RBAC}/clusterroles`]: access.clusterRoles,
  [`${RBAC}/rolebindings`]: access.roleBindings,
  [`${RBAC}/roles`]: access.roles,
  'resource.k8s.io/resourceclaims': { ...ANSWERED, statusKeeps: 'metadata' },
  'resource.k8s.io/resourceclaimtemplates': ANSWERED,
  'scheduling.k8s.io/priorityclasses': cluster.priorityClasses,
  'storage.k8s.io/csidrivers': { ...ANSWERED, allowsUnconditionalUpdate: false },
  'storage.k8s.io/csinodes': { ...ANSWERED, allowsUnconditionalUpdate: false },
  'storage.k8s.io/csistoragecapacities': { hasGeneration: false, allowsUnconditionalUpdate: false },
  'storage.k8s.io/storageclasses': storageClasses,
  'storage.k8s.io/volumeattachments': { ...ANSWERED, allowsUnconditionalUpdate: false, statusKeeps: 'metadata' },
  'storage.k8s.io/volumeattributesclasses': ANSWERED,
};
