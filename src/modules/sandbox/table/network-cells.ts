// The columns of services and what leads to them.
import { isJsonObject, type JsonObject, scalarText } from '../../common';
import { items, numberAt, part, parts, textAt } from '../kinds';
import { type Cells, orNone, pairs, selectorText, specOf, statusOf } from './cell';

function externalAddress(service: JsonObject): string {
  const spec = specOf(service);
  const own = items(spec, 'externalIPs').map(scalarText).join(',');
  switch (textAt(spec, 'type')) {
    case 'ExternalName':
      return textAt(spec, 'externalName');
    case 'LoadBalancer': {
      const given = parts(part(statusOf(service), 'loadBalancer'), 'ingress').map(
        (ingress) => textAt(ingress, 'ip') || textAt(ingress, 'hostname'),
      );
      return [...given, ...(own === '' ? [] : [own])].join(',') || '<pending>';
    }
    default:
      return orNone(own);
  }
}

function portsText(service: JsonObject): string {
  const texts = parts(specOf(service), 'ports').map((port) => {
    const node = numberAt(port, 'nodePort') ?? 0;
    return `${numberAt(port, 'port') ?? 0}${node === 0 ? '' : `:${node}`}/${textAt(port, 'protocol')}`;
  });
  return orNone(texts.join(','));
}

export const serviceCells: Cells = {
  Type: (object) => textAt(specOf(object), 'type'),
  'Cluster-IP': (object) => orNone(textAt(specOf(object), 'clusterIP')),
  'External-IP': externalAddress,
  'Port(s)': portsText,
  Selector: (object) => pairs(specOf(object)?.['selector']),
};

function hostsText(ingress: JsonObject): string {
  const hosts = parts(specOf(ingress), 'rules').map((rule) => textAt(rule, 'host') || '*');
  return hosts.length === 0 ? '*' : [...new Set(hosts)].join(',');
}

export const ingressCells: Cells = {
  Class: (object) => orNone(textAt(specOf(object), 'ingressClassName')),
  Hosts: hostsText,
  Address: (object) =>
    parts(part(statusOf(object), 'loadBalancer'), 'ingress')
      .map((entry) => textAt(entry, 'ip') || textAt(entry, 'hostname'))
      .join(','),
  Ports: (object) => (items(specOf(object), 'tls').length > 0 ? '80, 443' : '80'),
};

export const networkPolicyCells: Cells = {
  'Pod-Selector': (object) => selectorText(part(specOf(object), 'podSelector')),
};

export const endpointsCells: Cells = {
  Endpoints: (object) => {
    const addresses = parts(object, 'subsets').flatMap((subset) => {
      const ports = parts(subset, 'ports').map((port) => `:${numberAt(port, 'port') ?? 0}`);
      const own = parts(subset, 'addresses').map((address) => textAt(address, 'ip'));
      return ports.length === 0 ? own : ports.flatMap((port) => own.map((address) => address + port));
    });
    const more = addresses.length > 3 ? ` + ${addresses.length - 3} more...` : '';
    return orNone(addresses.slice(0, 3).join(',') + more);
  },
};

export const endpointSliceCells: Cells = {
  AddressType: (object) => textAt(object, 'addressType'),
  Ports: (object) =>
    shortList(
      parts(object, 'ports').map((port) => String(numberAt(port, 'port') ?? '*')),
      '<unset>',
    ),
  Endpoints: (object) =>
    shortList(
      parts(object, 'endpoints').flatMap((one) => items(one, 'addresses')),
      '<unset>',
    ),
};

function shortList(list: readonly unknown[], empty: string): string {
  if (list.length === 0) return empty;
  const texts = list.filter((item) => !isJsonObject(item)).map(String);
  return texts.slice(0, 3).join(',') + (texts.length > 3 ? ` + ${texts.length - 3} more...` : '');
}
