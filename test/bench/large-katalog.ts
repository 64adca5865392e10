// A Katalog of many CRDs, as a platform has one that grew for years: each CRD has three children, conditions and a status,
// and a manifest of its own when that is wanted. No two CRDs share a text that names them; what is the same everywhere
// stays the same, as in real ones.

/** Texts with `{{` in one CRD of {@link largeKatalog}; the spec of this file counts them. */
export const TEMPLATES_PER_CRD = 20;

/** Files by path: `katalog.yaml` with `crds` CRDs, and the manifest of each; without manifests it names their types itself. */
export function largeKatalog(crds: number, hasManifests: boolean): ReadonlyMap<string, string> {
  const names = Array.from({ length: crds }, (_, number) => `app${String(number).padStart(4, '0')}`);
  const manifests = names.map((name): [string, string] => [`crds/${name}.yaml`, manifest(name)]);
  return new Map([['katalog.yaml', katalog(names, hasManifests)], ...(hasManifests ? manifests : [])]);
}

function katalog(names: readonly string[], hasManifests: boolean): string {
  return `apiVersion: orkestra.orkspace.io/v1
kind: Katalog
metadata:
  name: large
spec:
  crds:
${names.map((name) => entry(name, hasManifests)).join('')}`;
}

function entry(name: string, hasManifests: boolean): string {
  const types = `apiTypes: { group: platform.example.org, version: v1, kind: ${kindOf(name)}, plural: ${name}s }`;
  return `    ${name}:
      ${hasManifests ? `crdFile: ./crds/${name}.yaml` : types}
      operatorBox:
        reconciler:
          workers: 2
          resync: 1m
        onReconcile:
          configMaps:
            - name: "{{ .metadata.name }}-${name}"
              labels:
                tier: "{{ .spec.tier | default \\"dev\\" }}"
              data:
                index.html: "<h1>${name}</h1>{{ .spec.message }}"
                settings.json: '{"name":"{{ .metadata.name }}","replicas":{{ .spec.replicas | default 1 }}}'
                motd: "{{ if eq .spec.tier \\"production\\" }}Careful, {{ .metadata.name }} is live{{ else }}Play with ${name}{{ end }}"
          deployments:
            - name: "{{ .metadata.name }}-${name}"
              image: "{{ .spec.image | default \\"registry.example.org/${name}:1.0\\" }}"
              replicas: "{{ .spec.replicas | default 1 }}"
              port: "{{ .spec.port | default 8080 }}"
              command: [serve, "--name={{ .metadata.name }}", "--tier={{ .spec.tier }}"]
              env:
                - name: APP
                  value: "{{ .metadata.namespace }}/{{ .metadata.name }}/${name}"
                - name: TIER
                  value: "{{ .spec.tier | toUpper }}"
              annotations:
                example.org/address: "{{ printf \\"%s-%s\\" .metadata.name .spec.image }}"
          services:
            - name: "{{ .metadata.name }}-${name}"
              port: "{{ .spec.port | default 8080 }}"
              when:
                - field: spec.replicas
                  greaterThan: "0"
        status:
          fields:
            - path: phase
              value: Pending
            - path: phase
              value: Ready
              when:
                - field: children.deployment.status.readyReplicas
                  greaterThanOrEqual: "{{ .spec.replicas | default 1 }}"
            - path: readyReplicas
              value: "{{ .children.deployment.status.readyReplicas | default 0 }}"
              type: int
            - path: url
              value: "http://{{ .metadata.name }}-${name}.{{ .metadata.namespace }}.svc:{{ .spec.port | default 8080 }}"
            - path: summary
              value: "{{ .metadata.name }}: {{ .spec.replicas | default 1 }} of {{ .spec.image | toLower }}"
`;
}

function kindOf(name: string): string {
  return `A${name.slice(1)}`;
}

function manifest(name: string): string {
  const kind = kindOf(name);
  return `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: ${name}s.platform.example.org
spec:
  group: platform.example.org
  scope: Namespaced
  names: { kind: ${kind}, listKind: ${kind}List, plural: ${name}s, singular: ${name} }
  versions:
    - name: v1
      served: true
      storage: true
      subresources: { status: {} }
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              properties:
                image: { type: string }
                replicas: { type: integer, minimum: 0 }
                port: { type: integer }
                tier: { type: string, enum: [dev, staging, production] }
                message: { type: string }
            status:
              type: object
              properties:
                phase: { type: string }
                readyReplicas: { type: integer }
                url: { type: string }
                summary: { type: string }
                observedGeneration: { type: integer }
                conditions: { type: array, items: { type: object, x-kubernetes-preserve-unknown-fields: true } }
`;
}
