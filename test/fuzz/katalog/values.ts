// Values for any place, most of them wrong in most places, and keys of the language.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Random } from '../random';

const SCHEMAS = join(__dirname, '../../../schemas');

/** Every key that the JSON Schemas of the language know, and names that objects of JavaScript have. */
// prettier-ignore
export const KEYS: readonly string[] = [...keysOfSchemas(), '__proto__', 'constructor', 'toString', 'hasOwnProperty', '', ' ', '{{ .x }}', '<<', 'a.b', 'a[0]', '1', 'true', 'null'];

function keysOfSchemas(): ReadonlySet<string> {
  const keys = new Set<string>();
  const visit = (schema: unknown): void => {
    if (typeof schema !== 'object' || schema === null) return;
    for (const [key, value] of Object.entries(schema)) {
      if (key === 'properties') Object.keys(value as object).forEach((name) => keys.add(name));
      visit(value);
    }
  };
  for (const name of readdirSync(SCHEMAS)) {
    if (name.endsWith('.json')) visit(JSON.parse(readFileSync(join(SCHEMAS, name), 'utf8')));
  }
  return keys;
}

// prettier-ignore
const SCALARS: readonly unknown[] = [
  null, true, false, 0, 1, -1, 2, 3, 1.5, 80, 65_536, 1e21, 1e308, -1e-7, Infinity, NaN, 2 ** 53, 9007199254740993n,
  '', ' ', 'a', 'x'.repeat(300), 'x'.repeat(20_000), 'A B', 'a,b', 'a b', '-', '--help', '\u0000', '\u001b[31mred', 'é\u0301', '\u202e', '😀', 'a\nb\nc', '\r\n', '\t', 'true', 'null', '12', '~',
  '{{', '}}', '{{ }}', '{{ .metadata.name }}', '{{ .spec.image }}', '{{ .spec.nope.deeper }}', '{{ if .a }}x', '{{ range $i, $e := .spec.zones }}{{ $e }}{{ end }}', '{{ .a | nope }}', '{{ .inputs.size }}', '{{ .inputs.none }}', '{{ printf "%s" }}', '{{ template "a" . }}', '{{/* x */}}', '{{ "a', '{{ $x }}', '{{ .children.deployment.status.readyReplicas }}', '{{ now }}', '{{ 1 2 }}', '{{ (((((1))))) }}',
  '30s', '5m', '0s', '-1s', '1h60m', '9999999h', '1.5h', '10d', '1w', '1y', 'soon', '100ms', '5', 'P1D', '0.0000001ns', '1e9s',
  'v1', 'v1beta1', 'Deployment', 'apps/v1', 'web.example.org', 'websites', 'a.b.c', 'UPPER', '-a', 'a'.repeat(254), 'metadata.name', 'spec.replicas', '.spec', 'spec[0]', 'status.conditions[?(@.type=="Ready")].status', 'spec..x',
  '100m', '1Gi', '1.5Ki', '-1Mi', '1e3', '10%', '101%', '80/tcp', '0x10',
  '>=1.0.0 <2', '^2', '1.x', '1.2.3-rc.1+b', '> 1 ||', '* * * * *', '60 24 * * *', '@hourly', '*/0 * * * *', '2026-02-30', '2026-12-31', 'Mon 09:00', 'Europe/Berlin',
  '(a+)+$', '(', '[a', 'a{1,99999}', '^\\d+$', 'self.spec.x > 1', 'self.', 'has(self.a) && self.all(x, x', '$NAME', '${NAME}', '$', '$$', '${',
  'equals', 'exists', 'in', 'regex', 'unique', 'gt', 'healthy', 'started', 'Ignore', 'Fail', 'orkestra', 'always', 'Retain', 'gold',
  'http://', 'https://[', 'https://h:99999/x', 'http://user:pass@h/x', 'https://h/a b', 'ftp://h', 'oci://', 'oci://h/p:1', 'oci://h/p@sha256:00', 'oci://H/P', 'git@h:a/b.git', 'git+ssh://h/a@v1', 'ext::sh -c true', 'file:///tmp', 'configmap://a/b', 'configmap://', '<stdin>', 'h/p', 'x!/y', '!/', './', '..', '/', '../../../../../../x', '/dev/zero', 'crd.yaml', 'katalog.yaml', 'motifs/outer.yaml', 'none.yaml', 'C:\\x', 'a\u0000b',
];

/** Any value; not of the size that only a machine would write. */
export function sampleValue(random: Random): unknown {
  if (random.chance(0.75)) return random.pick(SCALARS);
  const size = random.int(4);
  if (random.chance(0.5)) return Array.from({ length: size }, () => sampleValue(random));
  return Object.fromEntries(Array.from({ length: size }, () => [random.pick(KEYS), sampleValue(random)]));
}
