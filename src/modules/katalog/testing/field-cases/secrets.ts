import { COMMON } from './common';
import { copyCases } from './copies';
import { field, type FieldCase } from './field-case';
import { ANNOTATIONS } from './identity';

export const SECRET: readonly FieldCase[] = [
  ...COMMON,
  ANNOTATIONS,
  field('type', 'type: Kubernetes.io/TLS', 'type', 'kubernetes.io/tls', 'type: §a b', 'expected a type of Secrets'),
  field(
    'data.*',
    'data: { message: "{{ .spec.message }}", empty: "" }',
    'data',
    { message: 'aGVsbG8=', empty: '' },
    'data: { §a/b: x }',
    'not a key for data',
  ),
  ...copyCases('fromSecret'),
];
