// Built-in profiles of quotas and network policies: names that stand for explicit values.
import { type JsonObject } from '../../common';

export const RESOURCE_QUOTA_PROFILES: Readonly<Record<string, JsonObject>> = {
  small: hard('10', '2', '4Gi', '1', '2Gi'),
  medium: hard('20', '4', '8Gi', '2', '4Gi'),
  large: hard('50', '8', '16Gi', '4', '8Gi'),
  xlarge: hard('100', '16', '32Gi', '8', '16Gi'),
};

/** Limits are as much as there is, requests half of it. */
function hard(pods: string, cpu: string, memory: string, requestedCpu: string, requestedMemory: string): JsonObject {
  return {
    pods,
    cpu,
    memory,
    'requests.cpu': requestedCpu,
    'requests.memory': requestedMemory,
    'limits.cpu': cpu,
    'limits.memory': memory,
  };
}

const DNS_PORTS = [
  { protocol: 'UDP', port: 53 },
  { protocol: 'TCP', port: 53 },
];

/** Everything of a policy but the pods that it is for. */
export const NETWORK_POLICY_PROFILES: Readonly<Record<string, JsonObject>> = {
  'deny-all': { policyTypes: ['Ingress', 'Egress'] },
  'deny-all-ingress': { policyTypes: ['Ingress'] },
  'deny-all-egress': { policyTypes: ['Egress'] },
  'allow-same-namespace': { ingress: [{ from: [{ podSelector: {} }] }], policyTypes: ['Ingress'] },
  'allow-dns-egress': { egress: [{ ports: DNS_PORTS }], policyTypes: ['Egress'] },
};
