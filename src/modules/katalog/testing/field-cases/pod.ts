import { field, type FieldCase } from './field-case';

export const POD = 'spec.template.spec';
export const CONTAINER = `${POD}.containers.0`;

export function probe(name: 'startup' | 'liveness' | 'readiness'): readonly FieldCase[] {
  const at = `${CONTAINER}.${name}Probe`;
  const of = (yaml: string): string => `probes: { ${name}: { ${yaml} } }`;
  const timing = (key: string, wrong: string): FieldCase =>
    field(
      `probes.${name}.${key}`,
      of(`path: /x, port: 80, ${key}: 1`),
      `${at}.${key}`,
      1,
      of(`path: /x, port: 80, ${key}: §${wrong}`),
      'expected integer',
    );
  return [
    field(
      `probes.${name}.type`,
      of('type: tcp, port: 80'),
      `${at}.tcpSocket.port`,
      80,
      of('type: §exec, port: 80'),
      'expected one of http, tcp',
    ),
    field(
      `probes.${name}.path`,
      of('path: /ready, port: 80'),
      `${at}.httpGet.path`,
      '/ready',
      of('type: tcp, port: 80, path: §/x'),
      'a tcp probe has no "path"',
    ),
    field(
      `probes.${name}.port`,
      of('path: /x, port: 81'),
      `${at}.httpGet.port`,
      81,
      of('path: /x, port: §70000'),
      'expected integer 1 to 65535',
    ),
    field(
      `probes.${name}.profile`,
      of('path: /x, port: 80, profile: patient'),
      `${at}.failureThreshold`,
      5,
      of('path: /x, port: 80, profile: §fsat'),
      '(did you mean "fast"?)',
    ),
    timing('initialDelaySeconds', '-1'),
    timing('periodSeconds', '0'),
    timing('failureThreshold', 'many'),
    timing('successThreshold', '0'),
    timing('timeoutSeconds', '1.5'),
  ];
}

export function security(
  block: 'securityContext' | 'podSecurity',
  at: string,
  profile: readonly [string, unknown],
): readonly FieldCase[] {
  const one = (key: string, right: unknown, wrong: string, says: string): FieldCase =>
    field(
      `${block}.${key}`,
      `${block}: { ${key}: ${String(right)} }`,
      `${at}.${key}`,
      right,
      `${block}: { ${key}: §${wrong} }`,
      says,
    );
  return [
    field(
      `${block}.profile`,
      `${block}: { profile: hardened }`,
      `${at}.${profile[0]}`,
      profile[1],
      `${block}: { profile: §hard }`,
      'unknown security profile "hard"',
    ),
    one('runAsNonRoot', true, 'root', 'expected true or false'),
    one('runAsUser', 1000, '-1', 'expected integer 0 or more'),
    one('runAsGroup', 1000, 'staff', 'expected integer 0 or more'),
  ];
}

export function envSource(key: 'secretRef' | 'configMapRef'): readonly FieldCase[] {
  const of = (yaml: string): string => `envFrom: { ${key}: [{ ${yaml} }] }`;
  const at = `${CONTAINER}.envFrom.0`;
  const reference = key === 'secretRef' ? 'secretKeyRef' : 'configMapKeyRef';
  return [
    field(
      `envFrom.${key}[].name`,
      of('name: "{{ .metadata.name }}-env"'),
      `${at}.${key}.name`,
      'shop-env',
      of('name: §""'),
      'the name of the source is empty',
    ),
    field(
      `envFrom.${key}[].prefix`,
      of('name: a, prefix: "P_"'),
      `${at}.prefix`,
      'P_',
      of('name: a, prefix: §{}'),
      'expected string, found a map',
    ),
    field(
      `envFrom.${key}[].suffix`,
      of('name: a, keys: [k], suffix: _S'),
      `${CONTAINER}.env.0.name`,
      'k_S',
      `envFrom: { ${key}: [§{ name: a, suffix: _S }] }`,
      '"suffix" needs "keys"',
    ),
    field(
      `envFrom.${key}[].keys[]`,
      of('name: a, keys: [k]'),
      `${CONTAINER}.env.0.valueFrom.${reference}.key`,
      'k',
      of('name: a, keys: [§"{{ .spec.k }}"]'),
      'templates are not allowed here',
    ),
    field(
      `envFrom.${key}[].optional`,
      of('name: a, optional: true'),
      `${at}.${key}.optional`,
      true,
      of('name: a, optional: §perhaps'),
      'expected true or false',
    ),
  ];
}

export function keyReference(key: 'secretKeyRef' | 'configMapKeyRef'): readonly FieldCase[] {
  const of = (yaml: string): string => `env: [{ name: A, valueFrom: { ${key}: { ${yaml} } } }]`;
  const at = `${CONTAINER}.env.0.valueFrom.${key}`;
  return [
    field(
      `env[].valueFrom.${key}.name`,
      of('name: "{{ .metadata.name }}", key: k'),
      `${at}.name`,
      'shop',
      of('name: §"", key: k'),
      'the name of the reference is empty',
    ),
    field(
      `env[].valueFrom.${key}.key`,
      of('name: a, key: k'),
      `${at}.key`,
      'k',
      of('name: a, key: §"{{ .k }}"'),
      'templates are not allowed here',
    ),
    field(
      `env[].valueFrom.${key}.optional`,
      of('name: a, key: k, optional: false'),
      `${at}.optional`,
      false,
      of('name: a, key: k, optional: §no'),
      'expected true or false',
    ),
  ];
}

export function volume(source: string, key: string, at: string, wrong: string, says: string): FieldCase {
  const path = `${POD}.volumes.0.${at}`;
  const isFlag = key === 'readOnly';
  const named = source === 'persistentVolumeClaim' ? 'claimName: v' : 'path: /v';
  const rest = isFlag || key === 'type' ? `${named}, ` : '';
  const right = isFlag ? 'true' : key === 'type' ? 'Directory' : key === 'path' ? '/v' : '"{{ .metadata.name }}"';
  const value = isFlag ? true : key === 'type' ? 'Directory' : key === 'path' ? '/v' : 'shop';
  return field(
    `volumes[].${source}.${key}`,
    `volumes: [{ name: v, ${source}: { ${rest}${key}: ${right} } }]`,
    path,
    value,
    `volumes: [{ name: v, ${source}: { ${rest}${key}: §${wrong} } }]`,
    says,
  );
}
