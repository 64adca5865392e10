// Objects that many cases send; small, so that a golden file shows what the case is about.
type Fields = Readonly<Record<string, unknown>>;

export function configMap(name: string, data: Fields = { a: '1' }, metadata: Fields = {}): Fields {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, ...metadata }, data };
}

export function podSpec(fields: Fields = {}): Fields {
  return { containers: [{ name: 'main', image: 'nginx:1' }], ...fields };
}

export function pod(name: string, spec: Fields = {}, metadata: Fields = {}): Fields {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, ...metadata }, spec: podSpec(spec) };
}

export function podTemplate(labels: Fields = { app: 'a' }, spec: Fields = {}): Fields {
  return { metadata: { labels }, spec: podSpec(spec) };
}

/** Of a kind whose controller never runs in the suite, so that nobody else writes to it. */
export function statefulSet(name: string, spec: Fields = {}, metadata: Fields = {}): Fields {
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name, ...metadata },
    spec: { serviceName: 'a', selector: { matchLabels: { app: 'a' } }, template: podTemplate(), ...spec },
  };
}

export function deployment(name: string, spec: Fields = {}, metadata: Fields = {}): Fields {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, ...metadata },
    spec: { replicas: 0, selector: { matchLabels: { app: 'a' } }, template: podTemplate(), ...spec },
  };
}

export function service(name: string, spec: Fields = {}, metadata: Fields = {}): Fields {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, ...metadata },
    spec: { ports: [{ port: 80 }], ...spec },
  };
}
