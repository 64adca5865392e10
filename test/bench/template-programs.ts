// The templates of the template rows; our engine and Go's get the same text and data.
import { type JsonObject } from '../../src/modules/common';

export interface TemplateProgram {
  readonly name: string;
  readonly text: string;
  readonly data: JsonObject;
}

const METADATA = { name: 'web', namespace: 'prod', labels: { app: 'web', tier: 'front' } };

/** 200 characters, as users write them. */
const TWO_HUNDRED =
  '{{ if .spec.host }}https://{{ .spec.host | default "localhost" }}{{ else }}http://{{ .metadata.name }}.svc{{ end }}' +
  '/{{ range $i, $p := .spec.paths }}{{ if $i }},{{ end }}{{ printf "%s;" $p }}{{ end }}';

const MANIFEST = `{{- $name := .metadata.name -}}
{"name":{{ printf "%q" $name }},"image":"{{ .spec.registry | default "docker.io" }}/{{ .spec.repository }}:{{ .spec.tag | default "latest" }}",
{{- if and .spec.ingress .spec.ingress.enabled }}
"hosts":[{{ range $i, $h := .spec.ingress.hosts }}{{ if $i }},{{ end }}"{{ toLower $h }}"{{ end }}],
{{- end }}
"ports":[{{ range $i, $p := .spec.ports }}{{ if $i }},{{ end }}{"name":"{{ $p.name }}","port":{{ $p.port }}{{ with $p.protocol }},"protocol":"{{ . }}"{{ end }}}{{ end }}],
"labels":{ {{- range $k, $v := .metadata.labels }}"{{ $k }}":"{{ $v }}",{{ end }}"part-of":"{{ trimSuffix $name "-web" }}"},
"replicas":{{ if gt .spec.replicas 3 }}{{ .spec.replicas }}{{ else if eq .spec.tier "gold" }}3{{ else }}1{{ end }}}`;

export const TEMPLATE_PROGRAMS = {
  twoHundred: {
    name: '200 characters: if, range, printf',
    text: TWO_HUNDRED,
    data: { metadata: METADATA, spec: { host: 'example.org', paths: ['a', 'b', 'c'] } },
  },
  nameAndVersion: {
    name: 'name and version with a default',
    text: '{{ .metadata.name }}-{{ .spec.version | default "7" }}',
    data: { metadata: METADATA, spec: {} },
  },
  rangeOf100: {
    name: 'range over 100 items with printf',
    text: '{{ range .spec.items }}{{ printf "%s-%d;" .name .port }}{{ end }}',
    data: {
      metadata: METADATA,
      spec: { items: Array.from({ length: 100 }, (_, i) => ({ name: `item${i}`, port: 8000 + i })) },
    },
  },
  manifest: {
    name: 'a manifest of 800 characters',
    text: MANIFEST,
    data: {
      metadata: METADATA,
      spec: {
        repository: 'team/web',
        tag: '1.27',
        tier: 'gold',
        replicas: 2,
        ingress: { enabled: true, hosts: ['A.example.org', 'b.example.org'] },
        ports: [
          { name: 'http', port: 8080, protocol: 'TCP' },
          { name: 'metrics', port: 9090 },
        ],
      },
    },
  },
} as const satisfies Readonly<Record<string, TemplateProgram>>;

export type TemplateProgramName = keyof typeof TEMPLATE_PROGRAMS;
