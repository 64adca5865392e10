import { COMMON } from './common';
import { copyCases } from './copies';
import { field, type FieldCase } from './field-case';
import { ANNOTATIONS } from './identity';

export const RESOURCE_QUOTA: readonly FieldCase[] = [
  ...COMMON,
  ANNOTATIONS,
  field(
    'hard.*',
    'hard: { pods: "{{ .spec.replicas }}", requests.cpu: 500m, count/jobs.batch: 3 }',
    'spec.hard',
    { pods: '2', 'requests.cpu': '500m', 'count/jobs.batch': '3' },
    'hard: { §request.cpu: 1 }',
    '(did you mean "requests.cpu"?)',
  ),
  field(
    'profile',
    'profile: small',
    'spec.hard.limits.memory',
    '4Gi',
    'profile: §smal',
    'unknown resource quota profile "smal" (did you mean "small"?)',
  ),
  field(
    'scopes[]',
    'hard: { pods: 1 }\nscopes: [BestEffort]',
    'spec.scopes',
    ['BestEffort'],
    'scopes: [§BestEfort]',
    '(did you mean "BestEffort"?)',
  ),
  ...copyCases('fromResourceQuota'),
];

function amount(key: string): FieldCase {
  return field(
    `limits[].${key}.*`,
    `limits: [{ type: Container, ${key}: { cpu: "{{ .spec.replicas }}" } }]`,
    `spec.limits.0.${key}.cpu`,
    '2',
    `limits: [{ type: Container, ${key}: { cpu: §much } }]`,
    'expected a quantity',
  );
}

export const LIMIT_RANGE: readonly FieldCase[] = [
  ...COMMON,
  ANNOTATIONS,
  field(
    'limits[].type',
    'limits: [{ type: Pod, max: { memory: 1Gi } }]',
    'spec.limits',
    [{ type: 'Pod', max: { memory: '1Gi' } }],
    'limits: [{ type: §Pot }]',
    '(did you mean "Pod"?)',
  ),
  ...['max', 'min', 'default', 'defaultRequest', 'maxLimitRequestRatio'].map(amount),
  {
    ...field(
      'profile',
      'profile: desk',
      'spec.limits',
      [{ type: 'Pod', max: { cpu: '1' } }],
      'profile: §dsk',
      '"desk"?',
    ),
    top: 'profiles: { limitRanges: [{ name: desk, limits: [{ type: Pod, max: { cpu: 1 } }] }] }',
  },
  ...copyCases('fromLimitRange'),
];

/** Both directions say the same in other words. */
function rules(direction: 'ingress' | 'egress', peers: 'from' | 'to'): readonly FieldCase[] {
  const rule = (text: string): string => `${direction}: [{ ${text} }]`;
  return [
    field(
      `${direction}[].${peers}[].podSelector.*`,
      rule(`${peers}: [{ podSelector: { app: "{{ .metadata.name }}" } }, {}]`),
      `spec.${direction}.0.${peers}`,
      [{ podSelector: { matchLabels: { app: 'shop' } } }, { podSelector: {} }],
      rule(`${peers}: [{ podSelector: { app: §"x y" } }]`),
      'expected a label value',
    ),
    field(
      `${direction}[].${peers}[].namespaceSelector.*`,
      rule(`${peers}: [{ namespaceSelector: { team: web } }, { namespaceSelector: {} }]`),
      `spec.${direction}.0.${peers}`,
      [{ namespaceSelector: { matchLabels: { team: 'web' } } }, { namespaceSelector: {} }],
      rule(`${peers}: [{ namespaceSelector: { §a b: x } }]`),
      'is not a label key',
    ),
    field(
      `${direction}[].${peers}[].ipBlock.cidr`,
      rule(`${peers}: [{ ipBlock: { cidr: 10.0.0.0/8 } }]`),
      `spec.${direction}.0.${peers}`,
      [{ ipBlock: { cidr: '10.0.0.0/8' } }],
      rule(`${peers}: [{ ipBlock: { cidr: §10.0.0.0/33 } }]`),
      'expected addresses such as 10.0.0.0/8',
    ),
    field(
      `${direction}[].${peers}[].ipBlock.except[]`,
      rule(`${peers}: [{ ipBlock: { cidr: 10.0.0.0/8, except: [10.1.0.0/16] } }]`),
      `spec.${direction}.0.${peers}.0.ipBlock.except`,
      ['10.1.0.0/16'],
      rule(`${peers}: [{ ipBlock: { cidr: 10.0.0.0/8, except: [§10.1.0.0] } }]`),
      'expected addresses such as 10.0.0.0/8',
    ),
    field(
      `${direction}[].ports[].protocol`,
      rule('ports: [{ protocol: udp, port: 53 }]'),
      `spec.${direction}.0.ports`,
      [{ protocol: 'UDP', port: 53 }],
      rule('ports: [{ protocol: §DNS }]'),
      'expected a protocol',
    ),
    field(
      `${direction}[].ports[].port`,
      rule('ports: [{ port: http }]'),
      `spec.${direction}.0.ports`,
      [{ protocol: 'TCP', port: 'http' }],
      rule('ports: [{ port: §70000 }]'),
      'expected a port',
    ),
    field(
      `${direction}[].ports[].endPort`,
      rule('ports: [{ port: 80, endPort: 90 }]'),
      `spec.${direction}.0.ports.0.endPort`,
      90,
      rule('ports: [§{ endPort: 90 }]'),
      '"endPort" needs "port"',
    ),
  ];
}

export const NETWORK_POLICY: readonly FieldCase[] = [
  ...COMMON,
  ANNOTATIONS,
  field(
    'podSelector.*',
    'podSelector: { tier: "{{ .spec.tier }}" }',
    'spec.podSelector',
    { matchLabels: { tier: 'gold' } },
    'podSelector: { tier: §"x y" }',
    'expected a label value',
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
  field(
    'profile',
    'profile: allow-same-namespace',
    'spec',
    { podSelector: {}, ingress: [{ from: [{ podSelector: {} }] }], policyTypes: ['Ingress'] },
    'profile: §deny-al',
    '(did you mean "deny-all"?)',
  ),
  ...copyCases('fromNetworkPolicy'),
];
