import { Counter, type Registry } from 'prom-client';
import { type RequestObserver } from './transport';

/** `orkestra_kube_requests_total`: what this process asks of the API server, by verb and resource. */
export function countRequests(registry: Registry): RequestObserver {
  const counter = new Counter({
    name: 'orkestra_kube_requests_total',
    help: 'Requests to the API server; code 0: no answer.',
    labelNames: ['verb', 'resource', 'code'],
    registers: [registry],
  });
  return ({ verb, group, resource, code }) =>
    counter.inc({ verb, resource: group === '' ? resource : `${resource}.${group}`, code: String(code) });
}
