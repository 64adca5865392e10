// Profiles that a Katalog declares: for every field of every class a right value that reaches the object of an entry which
// names the profile, and a wrong one.
import { field, type FieldCase } from './field-case';
import { CONTAINER, POD } from './pod';

/** The cases of one class, and an entry that names the profile `own` of it. */
export interface ProfileCases {
  /** Where the name stands: the list, and the smallest entry with the name in it. */
  readonly list: string;
  readonly entry: string;
  /** What a profile of the class needs beside its name, by field. */
  readonly smallest?: Readonly<Record<string, string>>;
  readonly cases: readonly FieldCase[];
}

const WORKLOAD = 'name: web, image: acme/web:1';

function integer(key: string, right: number, at: string, wrong: string): FieldCase {
  return field(key, `${key}: ${right}`, at, right, `${key}: §${wrong}`, 'expected integer');
}

function truth(key: string, at: string): FieldCase {
  return field(key, `${key}: true`, at, true, `${key}: §perhaps`, 'expected true or false');
}

function quantities(key: 'requests' | 'limits'): FieldCase {
  const at = `${CONTAINER}.resources.${key}`;
  return field(`${key}.*`, `${key}: { cpu: 70m }`, at, { cpu: '70m' }, `${key}: { cpu: §lots }`, 'expected a quantity');
}

const TIMINGS: readonly (readonly [string, string])[] = [
  ['initialDelaySeconds', '-1'],
  ['periodSeconds', '0'],
  ['failureThreshold', 'many'],
  ['successThreshold', '0'],
  ['timeoutSeconds', '1.5'],
];

function speed(direction: 'scaleUp' | 'scaleDown'): readonly FieldCase[] {
  const at = `spec.behavior.${direction}`;
  const of = (yaml: string): string => `behavior: { ${direction}: { ${yaml} } }`;
  const policy = (yaml: string): string => of(`policies: [{ ${yaml} }]`);
  return [
    field(
      `behavior.${direction}.stabilizationWindowSeconds`,
      of('stabilizationWindowSeconds: 10'),
      `${at}.stabilizationWindowSeconds`,
      10,
      of('stabilizationWindowSeconds: §4000'),
      'expected integer 0 to 3600',
    ),
    field(
      `behavior.${direction}.selectPolicy`,
      of('selectPolicy: Min'),
      `${at}.selectPolicy`,
      'Min',
      of('selectPolicy: §Least'),
      'expected one of Max, Min, Disabled',
    ),
    field(
      `behavior.${direction}.policies[].type`,
      policy('type: Percent, value: 10, periodSeconds: 60'),
      `${at}.policies`,
      [{ type: 'Percent', value: 10, periodSeconds: 60 }],
      policy('type: §Share, value: 10, periodSeconds: 60'),
      'expected one of Pods, Percent',
    ),
    field(
      `behavior.${direction}.policies[].value`,
      policy('type: Pods, value: 3, periodSeconds: 60'),
      `${at}.policies.0.value`,
      3,
      policy('type: Pods, value: §0, periodSeconds: 60'),
      'expected integer',
    ),
    field(
      `behavior.${direction}.policies[].periodSeconds`,
      policy('type: Pods, value: 3, periodSeconds: 61'),
      `${at}.policies.0.periodSeconds`,
      61,
      policy('type: Pods, value: 3, periodSeconds: §1801'),
      'expected integer 1 to 1800',
    ),
  ];
}

function bound(key: string, at: string): FieldCase {
  return field(key, `${key}: 20%`, at, '20%', `${key}: §a few`, 'expected a whole number or a percentage');
}

function rules(direction: 'ingress' | 'egress', peers: 'from' | 'to'): readonly FieldCase[] {
  const at = `spec.${direction}.0`;
  const rule = (key: string, right: string, place: string, value: unknown, wrong: string, says: string): FieldCase =>
    field(
      `${direction}[].${key}`,
      `${direction}: [{ ${right} }]`,
      `${at}.${place}`,
      value,
      `${direction}: [{ ${wrong} }]`,
      says,
    );
  return [
    rule(
      `${peers}[].podSelector.*`,
      `${peers}: [{ podSelector: { app: a } }]`,
      peers,
      [{ podSelector: { matchLabels: { app: 'a' } } }],
      `${peers}: [{ podSelector: { app: §"{{ .spec.app }}" } }]`,
      'templates are not allowed here',
    ),
    rule(
      `${peers}[].namespaceSelector.*`,
      `${peers}: [{ namespaceSelector: { team: web } }]`,
      peers,
      [{ namespaceSelector: { matchLabels: { team: 'web' } } }],
      `${peers}: [{ namespaceSelector: { team: §"x y" } }]`,
      'expected a label value',
    ),
    rule(
      `${peers}[].ipBlock.cidr`,
      `${peers}: [{ ipBlock: { cidr: 10.0.0.0/8 } }]`,
      peers,
      [{ ipBlock: { cidr: '10.0.0.0/8' } }],
      `${peers}: [{ ipBlock: { cidr: §10.0.0.0/33 } }]`,
      'expected addresses',
    ),
    rule(
      `${peers}[].ipBlock.except[]`,
      `${peers}: [{ ipBlock: { cidr: 10.0.0.0/8, except: [10.1.0.0/16] } }]`,
      `${peers}.0.ipBlock.except`,
      ['10.1.0.0/16'],
      `${peers}: [{ ipBlock: { cidr: 10.0.0.0/8, except: [§10.1.0.0] } }]`,
      'expected addresses',
    ),
    rule(
      'ports[].protocol',
      'ports: [{ protocol: udp, port: 53 }]',
      'ports',
      [{ protocol: 'UDP', port: 53 }],
      'ports: [{ protocol: §DNS }]',
      'expected a protocol',
    ),
    rule('ports[].port', 'ports: [{ port: 53 }]', 'ports.0.port', 53, 'ports: [{ port: §70000 }]', 'expected a port'),
    rule(
      'ports[].endPort',
      'ports: [{ port: 80, endPort: 90 }]',
      'ports.0.endPort',
      90,
      'ports: [§{ endPort: 90 }]',
      '"endPort" needs "port"',
    ),
  ];
}

function amount(key: string): FieldCase {
  return field(
    `limits[].${key}.*`,
    `limits: [{ type: Container, ${key}: { cpu: 3 } }]`,
    `spec.limits.0.${key}.cpu`,
    '3',
    `limits: [{ type: Container, ${key}: { cpu: §much } }]`,
    'expected a quantity',
  );
}

/** By class; that of the reconciler has no children: profiles.spec.ts. */
export const PROFILE_CASES: Readonly<Record<string, ProfileCases>> = {
  resources: {
    list: 'deployments',
    entry: `{ ${WORKLOAD}, resources: { profile: own } }`,
    cases: [quantities('requests'), quantities('limits')],
  },
  probes: {
    list: 'deployments',
    entry: `{ ${WORKLOAD}, port: 80, probes: { readiness: { path: /, profile: own } } }`,
    cases: TIMINGS.map(([key, wrong]) => integer(key, 7, `${CONTAINER}.readinessProbe.${key}`, wrong)),
  },
  containerSecurity: {
    list: 'deployments',
    entry: `{ ${WORKLOAD}, securityContext: { profile: own } }`,
    cases: [
      ...['allowPrivilegeEscalation', 'readOnlyRootFilesystem', 'runAsNonRoot'].map((key) =>
        truth(key, `${CONTAINER}.securityContext.${key}`),
      ),
      ...['runAsUser', 'runAsGroup'].map((key) => integer(key, 1001, `${CONTAINER}.securityContext.${key}`, '-1')),
      ...['add', 'drop'].map((key) =>
        field(
          `capabilities.${key}[]`,
          `capabilities: { ${key}: [NET_ADMIN] }`,
          `${CONTAINER}.securityContext.capabilities.${key}`,
          ['NET_ADMIN'],
          `capabilities: { ${key}: [§NET_ADMN] }`,
          '(did you mean "NET_ADMIN"?)',
        ),
      ),
    ],
  },
  podSecurity: {
    list: 'deployments',
    entry: `{ ${WORKLOAD}, podSecurity: { profile: own } }`,
    cases: [
      truth('runAsNonRoot', `${POD}.securityContext.runAsNonRoot`),
      ...['runAsUser', 'runAsGroup', 'fsGroup'].map((key) => integer(key, 1001, `${POD}.securityContext.${key}`, 'me')),
    ],
  },
  hpa: {
    list: 'hpa',
    entry: '{ name: web, scaleTargetRef: { kind: Deployment, name: web }, behavior: { profile: own } }',
    smallest: { maxReplicas: 'maxReplicas: 9' },
    cases: [
      integer('minReplicas', 2, 'spec.minReplicas', '0'),
      integer('maxReplicas', 4, 'spec.maxReplicas', 'some'),
      integer('targetCPUUtilizationPercentage', 55, 'spec.metrics.0.resource.target.averageUtilization', '0'),
      ...speed('scaleUp'),
      ...speed('scaleDown'),
    ],
  },
  pdb: {
    list: 'pdb',
    entry: '{ name: web, selector: { app: web }, behavior: { profile: own } }',
    cases: [bound('minAvailable', 'spec.minAvailable'), bound('maxUnavailable', 'spec.maxUnavailable')],
  },
  rollingUpdate: {
    list: 'deployments',
    entry: `{ ${WORKLOAD}, rollingUpdate: { profile: own } }`,
    cases: ['maxSurge', 'maxUnavailable'].map((key) => bound(key, `spec.strategy.rollingUpdate.${key}`)),
  },
  resourceQuotas: {
    list: 'resourceQuotas',
    entry: '{ name: web, profile: own }',
    cases: [
      field(
        'hard.*',
        'hard: { pods: 2, requests.cpu: 500m }',
        'spec.hard',
        { pods: '2', 'requests.cpu': '500m' },
        'hard: { §request.cpu: 1 }',
        '(did you mean "requests.cpu"?)',
      ),
    ],
  },
  networkPolicies: {
    list: 'networkPolicies',
    entry: '{ name: web, profile: own }',
    cases: [
      field(
        'podSelector.*',
        'podSelector: { app: web }',
        'spec.podSelector',
        { matchLabels: { app: 'web' } },
        'podSelector: { §a b: web }',
        'is not a label key',
      ),
      ...rules('ingress', 'from'),
      ...rules('egress', 'to'),
      field(
        'policyTypes[]',
        'policyTypes: [Egress]\ningress: []',
        'spec.policyTypes',
        ['Egress'],
        'policyTypes: [§Engress]',
        'expected one of Ingress, Egress',
      ),
    ],
  },
  limitRanges: {
    list: 'limitRanges',
    entry: '{ name: web, profile: own }',
    cases: [
      field(
        'limits[].type',
        'limits: [{ type: Pod, max: { cpu: 1 } }]',
        'spec.limits',
        [{ type: 'Pod', max: { cpu: '1' } }],
        'limits: [{ type: §Pot }]',
        '(did you mean "Pod"?)',
      ),
      ...['max', 'min', 'default', 'defaultRequest', 'maxLimitRequestRatio'].map(amount),
    ],
  },
};
