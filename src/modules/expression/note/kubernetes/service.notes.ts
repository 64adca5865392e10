// Services, their endpoints and Ingresses (docs/reference/notes.md, service and ingress).
import { type Value } from '../../template/value';
import { notesOf } from '../notes-of';
import { type NoteSpec } from '../registry';
import { at, countAt, joined, listAt, textAt } from './object';
import { pathNotes } from './path-notes';

const CHILDREN = {
  children: {
    service: {
      spec: { clusterIP: '10.96.0.7', ports: [{ port: 80, nodePort: 31234 }] },
      status: { loadBalancer: { ingress: [{ ip: '203.0.113.9', hostname: 'lb.example.io' }] } },
      _endpoints: [
        { ip: '10.0.0.1', port: 8080, ready: true },
        { ip: '10.0.0.2', port: 8080, ready: false },
      ],
      _backingPods: [{ name: 'web-0' }, { name: 'web-1' }],
    },
    endpoints: { subsets: [{ addresses: [{ ip: '10.0.0.1' }] }] },
    ingress: {
      spec: {
        ingressClassName: 'nginx',
        rules: [{ host: 'a.io' }, { host: 'b.io' }],
        tls: [{ hosts: ['a.io', 'b.io'] }],
      },
      status: { loadBalancer: { ingress: [{ ip: '203.0.113.9', hostname: 'lb.example.io' }] } },
      _loadBalancerIPs: ['203.0.113.9'],
      _tlsSecrets: [{}],
    },
  },
};
const service = pathNotes(notesOf('service'), '.children.service', CHILDREN);
const endpoints = pathNotes(notesOf('service'), '.children.endpoints', CHILDREN);
const ingress = pathNotes(notesOf('ingress'), '.children.ingress', CHILDREN);

function endpointTexts(object: Value): readonly string[] {
  return listAt(object, '_endpoints').map((endpoint) => {
    const ip = textAt(endpoint, 'ip');
    return ip === '' ? '' : `${ip}:${countAt(endpoint, 'port')}`;
  });
}

/** An Endpoints object has its subsets at the top; a status may hold them, too. */
function endpointsReady(object: Value): boolean {
  const subsets = [...listAt(object, 'subsets'), ...listAt(object, 'status', 'subsets')];
  return subsets.some((subset) => listAt(subset, 'addresses').length > 0);
}

function ingressReady(object: Value): boolean {
  return listAt(object, 'status', 'loadBalancer', 'ingress').some(
    (entry) => textAt(entry, 'ip') !== '' || textAt(entry, 'hostname') !== '',
  );
}

function tlsHosts(object: Value): string {
  const hosts = listAt(object, 'spec', 'tls').flatMap((entry) => listAt(entry, 'hosts'));
  return joined(hosts.map((host) => textAt(host)));
}

export const serviceNotes: readonly NoteSpec[] = [
  service.text('serviceClusterIP', 'spec.clusterIP', 'The cluster IP.', '10.96.0.7'),
  service.count('serviceNodePort', 'spec.ports.0.nodePort', 'The node port of the first port, else 0.', '31234'),
  service.text(
    'serviceLoadBalancerIP',
    'status.loadBalancer.ingress.0.ip',
    'The first IP of the load balancer.',
    '203.0.113.9',
  ),
  service.text(
    'serviceLoadBalancerHost',
    'status.loadBalancer.ingress.0.hostname',
    'The first host name of the load balancer.',
    'lb.example.io',
  ),
  endpoints.of('endpointsReady(object any) bool', 'Whether Endpoints hold a ready address.', 'true', endpointsReady),
  service.of('hasEndpoints(object any) bool', 'Whether an endpoint is ready (enrich: endpoints).', 'true', (object) =>
    listAt(object, '_endpoints').some((endpoint) => at(endpoint, 'ready') === true),
  ),
  service.of(
    'serviceEndpoints(object any) string',
    'All endpoints with an address, ready or not, as ip:port (enrich: endpoints).',
    '10.0.0.1:8080, 10.0.0.2:8080',
    (object) => joined(endpointTexts(object)),
  ),
  service.size('serviceEndpointCount', '_endpoints', 'How many endpoints (enrich: endpoints).', '2'),
  service.of(
    'serviceFirstEndpoint(object any) string',
    'The first endpoint as ip:port (enrich: endpoints).',
    '10.0.0.1:8080',
    (object) => endpointTexts(object)[0] ?? '',
  ),
  service.size('backingPodCount', '_backingPods', 'How many pods the selector finds (enrich: backingpods).', '2'),
  service.texts(
    'backingPodNames',
    '_backingPods',
    'name',
    'The names of these pods (enrich: backingpods).',
    'web-0, web-1',
  ),
];

export const ingressNotes: readonly NoteSpec[] = [
  ingress.text('ingressClassName', 'spec.ingressClassName', 'The class.', 'nginx'),
  ingress.text('ingressIP', 'status.loadBalancer.ingress.0.ip', 'The first IP of the load balancer.', '203.0.113.9'),
  ingress.text(
    'ingressHost',
    'status.loadBalancer.ingress.0.hostname',
    'The first host name of the load balancer.',
    'lb.example.io',
  ),
  ingress.of(
    'ingressReady(object any) bool',
    'Whether the load balancer has an address or a host name.',
    'true',
    ingressReady,
  ),
  ingress.texts('ingressRules', 'spec.rules', 'host', 'The hosts of the rules.', 'a.io, b.io'),
  ingress.of('ingressTLSHosts(object any) string', 'The hosts with TLS.', 'a.io, b.io', tlsHosts),
  ingress.texts(
    'ingressLoadBalancerIPs',
    '_loadBalancerIPs',
    '',
    'All IPs of the load balancer (enrich: ingress).',
    '203.0.113.9',
  ),
  ingress.size('ingressTLSSecretCount', '_tlsSecrets', 'How many TLS secrets it names (enrich: ingress).', '1'),
];
