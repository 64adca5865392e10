import { type JsonObject } from '../../../../src/modules/common';

/** The `profiles` of the Katalog of all kinds; one has the name of the CR, because an entry asks for it by template. */
export const ROW_PROFILES: readonly string[] = [
  'profiles:',
  '  resources: [{ name: all, requests: { cpu: 1000m }, limits: { memory: 0.5Gi } }]',
  '  probes: [{ name: rows, initialDelaySeconds: 0, periodSeconds: 2, successThreshold: 1 }]',
  '  containerSecurity: [{ name: rows, allowPrivilegeEscalation: false, capabilities: { drop: [NET_RAW] } }]',
  '  podSecurity: [{ name: rows, runAsGroup: 1001, fsGroup: 1002 }]',
  '  rollingUpdate: [{ name: rows, maxSurge: 10%, maxUnavailable: 1 }]',
  '  pdb: [{ name: rows, minAvailable: 50% }]',
  '  resourceQuotas: [{ name: rows, hard: { count/widgets.example.org: 5000m } }]',
  '  limitRanges: [{ name: rows, limits: [{ type: PersistentVolumeClaim, max: { storage: 0.5Ti } }] }]',
  '  networkPolicies:',
  '    - name: rows',
  '      podSelector: { app: web }',
  '      ingress: [{ from: [{ podSelector: { app: proxy } }, {}], ports: [{ port: 80 }, { port: http }] }]',
  '      egress: []',
];

const PORTS = [
  { protocol: 'TCP', port: 80 },
  { protocol: 'TCP', port: 'http' },
];

/** What stands in `spec` of the objects because of them, as a server gives it back; by list. */
export const OF_PROFILES: Readonly<Record<string, JsonObject>> = {
  deployments: {
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '10%', maxUnavailable: 1 } },
    template: {
      spec: {
        securityContext: { runAsGroup: 1001, fsGroup: 1002 },
        containers: [
          {
            resources: { requests: { cpu: '1' }, limits: { memory: '512Mi' } },
            readinessProbe: {
              periodSeconds: 2,
              failureThreshold: 3,
              successThreshold: 1,
              timeoutSeconds: 10,
            },
            securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['NET_RAW'] } },
          },
        ],
      },
    },
  },
  pdb: { minAvailable: '50%' },
  resourceQuotas: { hard: { 'count/widgets.example.org': '5' } },
  limitRanges: { limits: [{ type: 'PersistentVolumeClaim', max: { storage: '512Gi' } }] },
  networkPolicies: {
    podSelector: { matchLabels: { app: 'web' } },
    ingress: [{ from: [{ podSelector: { matchLabels: { app: 'proxy' } } }, { podSelector: {} }], ports: PORTS }],
    policyTypes: ['Ingress', 'Egress'],
  },
};
