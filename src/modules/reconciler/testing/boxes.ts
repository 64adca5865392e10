/** Boxes that several specs use: the children of a website. */
export const BOX = {
  configMap: `        onReconcile:
          configMaps:
            - name: "{{ .metadata.name }}-content"
              data: { index.html: "{{ .spec.message }}" }
`,
  website: `        onReconcile:
          configMaps:
            - name: "{{ .metadata.name }}-content"
              data: { index.html: "{{ .spec.message }}" }
          deployments:
            - name: "{{ .metadata.name }}"
              image: "{{ .spec.image }}"
              replicas: "{{ .spec.replicas }}"
              port: 80
          services:
            - name: "{{ .metadata.name }}"
              port: 80
        status:
          fields:
            - { path: phase, value: Pending }
            - path: phase
              value: Ready
              when: [{ field: children.deployment.status.readyReplicas, greaterThanOrEqual: "{{ .spec.replicas }}" }]
`,
} as const;
