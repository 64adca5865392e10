import { CLUSTER_COMMON, COMMON } from './common';
import { field, type FieldCase } from './field-case';

export const ANNOTATIONS: FieldCase = field(
  'annotations.*',
  'annotations: { example.org/a: "{{ .spec.tier }}" }',
  'metadata.annotations.example.org/a',
  'gold',
  'annotations: { §a b: x }',
  'not an annotation key',
);

export const SERVICE_ACCOUNT: readonly FieldCase[] = [
  ...COMMON,
  ANNOTATIONS,
  field(
    'imagePullSecrets[]',
    'imagePullSecrets: [registry, "{{ .spec.tier }}", "{{ .spec.gone }}"]',
    'imagePullSecrets',
    [{ name: 'registry' }, { name: 'gold' }],
    'imagePullSecrets: [§Registry]',
    'expected a name',
  ),
  field(
    'automountServiceAccountToken',
    'automountServiceAccountToken: false',
    'automountServiceAccountToken',
    false,
    'automountServiceAccountToken: §never',
    'expected true or false',
  ),
];

export const NAMESPACE: readonly FieldCase[] = [
  ...CLUSTER_COMMON,
  ANNOTATIONS,
  field(
    'finalizers[]',
    'finalizers: ["example.org/{{ .spec.tier }}"]',
    'metadata.finalizers',
    ['example.org/gold'],
    'finalizers: [§backup]',
    'expected a finalizer (example.org/name)',
  ),
];
