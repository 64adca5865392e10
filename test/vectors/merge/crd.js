// A custom resource with every way in which lists and maps are merged, in two versions.
'use strict';

const text = { type: 'string' };
const schema = {
  type: 'object',
  properties: {
    spec: {
      type: 'object',
      properties: {
        replicas: { type: 'integer' },
        title: text,
        note: { type: 'string', nullable: true },
        ratio: { type: 'number' },
        enabled: { type: 'boolean' },
        port: { 'x-kubernetes-int-or-string': true },
        level: { type: 'string', default: 'info' },
        tags: { type: 'array', 'x-kubernetes-list-type': 'set', items: text },
        numbers: { type: 'array', 'x-kubernetes-list-type': 'set', items: { type: 'integer' } },
        order: { type: 'array', items: text },
        steps: { type: 'array', items: { type: 'object', properties: { name: text, run: text } } },
        ports: {
          type: 'array',
          'x-kubernetes-list-type': 'map',
          'x-kubernetes-list-map-keys': ['port', 'protocol'],
          items: {
            type: 'object',
            required: ['port'],
            properties: { port: { type: 'integer' }, protocol: { type: 'string', default: 'TCP' }, name: text },
          },
        },
        users: {
          type: 'array',
          'x-kubernetes-list-type': 'map',
          'x-kubernetes-list-map-keys': ['name'],
          items: {
            type: 'object',
            required: ['name'],
            properties: {
              name: text,
              role: text,
              groups: { type: 'array', 'x-kubernetes-list-type': 'set', items: text },
            },
          },
        },
        labels: { type: 'object', additionalProperties: text },
        limits: { type: 'object', 'x-kubernetes-map-type': 'atomic', additionalProperties: text },
        reference: { type: 'object', 'x-kubernetes-map-type': 'atomic', properties: { name: text, key: text } },
        nested: { type: 'object', additionalProperties: { type: 'object', properties: { a: text, b: text } } },
        free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
        half: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true, properties: { known: text } },
      },
    },
    status: {
      type: 'object',
      properties: {
        replicas: { type: 'integer' },
        phase: text,
        conditions: {
          type: 'array',
          'x-kubernetes-list-type': 'map',
          'x-kubernetes-list-map-keys': ['type'],
          items: { type: 'object', required: ['type'], properties: { type: text, status: text } },
        },
      },
    },
  },
};

const version = (name, storage) => ({
  name,
  served: true,
  storage,
  schema: { openAPIV3Schema: schema },
  subresources: {
    status: {},
    scale: { specReplicasPath: '.spec.replicas', statusReplicasPath: '.status.replicas' },
  },
});

const crd = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'things.merge.example.com' },
  spec: {
    group: 'merge.example.com',
    scope: 'Namespaced',
    names: { plural: 'things', singular: 'thing', kind: 'Thing', listKind: 'ThingList' },
    versions: [version('v1', true), version('v2', false)],
  },
};

module.exports = { crd, schema };
