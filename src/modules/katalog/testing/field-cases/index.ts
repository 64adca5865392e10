import { COMMON } from './common';
import { copyCases } from './copies';
import { CUSTOM } from './custom';
import { field, type FieldCase } from './field-case';
import { ANNOTATIONS, NAMESPACE, SERVICE_ACCOUNT } from './identity';
import { INGRESS } from './ingresses';
import { LIMIT_RANGE, NETWORK_POLICY, RESOURCE_QUOTA } from './policies';
import { CLUSTER_ROLE, CLUSTER_ROLE_BINDING, ROLE, ROLE_BINDING } from './rights';
import { CRON_JOB, JOB } from './jobs';
import { AUTOSCALER, BUDGET } from './scaling';
import { SECRET } from './secrets';
import { DEPLOYMENT, POD_KIND, REPLICA_SET, STATEFUL_SET } from './workloads';
import { PERSISTENT_VOLUME, PERSISTENT_VOLUME_CLAIM } from './storage';

export { type FieldCase } from './field-case';

const SERVICE: readonly FieldCase[] = [
  ...COMMON,
  ANNOTATIONS,
  field('type', 'type: nodeport', 'spec.type', 'NodePort', 'type: §ExternalName', 'expected a Service type'),
  field('headless', 'headless: true', 'spec.clusterIP', 'None', 'headless: §maybe', 'expected true or false'),
  field('protocol', 'protocol: sctp', 'spec.ports.0.protocol', 'SCTP', 'protocol: §HTTP', 'expected a protocol'),
  field('port', 'port: 8080', 'spec.ports.0.port', 8080, 'port: §0', 'expected a port'),
  field('targetPort', 'targetPort: 8081', 'spec.ports.0.targetPort', 8081, 'targetPort: §http', 'expected a port'),
  field(
    'selector.*',
    'selector: { tier: "{{ .spec.tier }}" }',
    'spec.selector',
    { tier: 'gold', 'orkestra-owner': 'shop' },
    'selector: { tier: §-x }',
    'not a label value',
  ),
];

const CONFIG_MAP: readonly FieldCase[] = [
  ...COMMON,
  ANNOTATIONS,
  field(
    'data.*',
    'data: { index.html: "{{ .spec.message }}" }',
    'data',
    { 'index.html': 'hello' },
    'data: { §a/b: x }',
    'not a key for data',
  ),
  ...copyCases('fromConfigMap'),
];

/** By list key. */
export const FIELD_CASES: Readonly<Record<string, readonly FieldCase[]>> = {
  deployments: DEPLOYMENT,
  services: SERVICE,
  configMaps: CONFIG_MAP,
  serviceAccounts: SERVICE_ACCOUNT,
  namespaces: NAMESPACE,
  roles: ROLE,
  roleBindings: ROLE_BINDING,
  clusterRoles: CLUSTER_ROLE,
  clusterRoleBindings: CLUSTER_ROLE_BINDING,
  replicaSets: REPLICA_SET,
  statefulSets: STATEFUL_SET,
  pods: POD_KIND,
  jobs: JOB,
  cronJobs: CRON_JOB,
  hpa: AUTOSCALER,
  pdb: BUDGET,
  resourceQuotas: RESOURCE_QUOTA,
  limitRanges: LIMIT_RANGE,
  networkPolicies: NETWORK_POLICY,
  persistentVolumes: PERSISTENT_VOLUME,
  persistentVolumeClaims: PERSISTENT_VOLUME_CLAIM,
  ingresses: INGRESS,
  secrets: SECRET,
  custom: CUSTOM,
};

const CONTAINERS = { name: 'name: web', image: 'image: acme/web:1' };

/** The smallest entry of a kind, by field. */
export const SMALLEST: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  deployments: CONTAINERS,
  services: { name: 'name: web', port: 'port: "80"', selector: 'selector: { app: web }' },
  configMaps: { name: 'name: web' },
  serviceAccounts: { name: 'name: web' },
  namespaces: { name: 'name: web' },
  roles: { name: 'name: web' },
  roleBindings: { name: 'name: web', roleRef: 'roleRef: { name: reader }' },
  clusterRoles: { name: 'name: web' },
  clusterRoleBindings: { name: 'name: web', roleRef: 'roleRef: { name: reader }' },
  replicaSets: CONTAINERS,
  statefulSets: CONTAINERS,
  pods: CONTAINERS,
  jobs: CONTAINERS,
  cronJobs: { ...CONTAINERS, schedule: 'schedule: "0 2 * * *"' },
  hpa: { name: 'name: web', scaleTargetRef: 'scaleTargetRef: { kind: Deployment, name: web }' },
  pdb: { name: 'name: web', selector: 'selector: { app: web }', behavior: 'behavior: { profile: rolling }' },
  resourceQuotas: { name: 'name: web' },
  limitRanges: { name: 'name: web' },
  networkPolicies: { name: 'name: web' },
  persistentVolumes: { name: 'name: web', capacity: 'capacity: 1Gi', hostPath: 'hostPath: /data' },
  secrets: { name: 'name: web', data: 'data: { key: value }' },
  custom: { apiVersion: 'apiVersion: acme.io/v1', kind: 'kind: Widget', metadata: 'metadata: { name: web }' },
  persistentVolumeClaims: { name: 'name: web', storage: 'storage: 1Gi' },
  ingresses: { name: 'name: web', serviceName: 'serviceName: web', servicePort: 'servicePort: 80' },
};
