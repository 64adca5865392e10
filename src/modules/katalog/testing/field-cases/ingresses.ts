import { COMMON } from './common';
import { field, type FieldCase } from './field-case';
import { ANNOTATIONS } from './identity';

const PATH = 'spec.rules.0.http.paths.0';

export const INGRESS: readonly FieldCase[] = [
  ...COMMON,
  ANNOTATIONS,
  field(
    'host',
    'host: "{{ .metadata.name }}.example.org"',
    'spec.rules.0.host',
    'shop.example.org',
    'host: §"*.*.org"',
    'expected a host name',
  ),
  field(
    'serviceName',
    'serviceName: "{{ .metadata.name }}-svc"',
    `${PATH}.backend.service.name`,
    'shop-svc',
    'serviceName: §""',
    'serviceName is empty',
  ),
  field(
    'servicePort',
    'servicePort: 8080',
    `${PATH}.backend.service.port`,
    { number: 8080 },
    'servicePort: §http',
    'expected a port',
  ),
  field('path', 'path: /shop', `${PATH}.path`, '/shop', 'path: §[]', 'expected string, found a list'),
  field('pathType', 'pathType: exact', `${PATH}.pathType`, 'Exact', 'pathType: §Regex', 'expected a path type'),
  field(
    'ingressClass',
    'ingressClass: nginx',
    'spec.ingressClassName',
    'nginx',
    'ingressClass: §{}',
    'expected string, found a map',
  ),
  field(
    'tls.create',
    'host: a.org\ntls: { create: false }',
    'spec.tls',
    undefined,
    'tls: { create: §maybe }',
    'expected true or false',
  ),
  field(
    'tls.secretName',
    'tls: { secretName: "{{ .metadata.name }}-cert" }',
    'spec.tls',
    [{ secretName: 'shop-cert' }],
    'tls: { secretName: §My_Cert }',
    'expected a name',
  ),
  field(
    'tls.hosts[]',
    'tls: { hosts: ["*.example.org"] }',
    'spec.tls',
    [{ hosts: ['*.example.org'], secretName: 'shop-tls' }],
    'tls: { hosts: [§"a b"] }',
    'expected a host name',
  ),
];
