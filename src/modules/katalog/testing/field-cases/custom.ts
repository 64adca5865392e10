import { COMMON } from './common';
import { field, type FieldCase } from './field-case';

/** Of these the common case holds; name, namespace and labels stand elsewhere. */
const SHARED = ['id', 'when', 'or', 'reconcile', 'once', 'deletionPolicy', 'forceConflict'];

/** Objects of any kind. */
export const CUSTOM: readonly FieldCase[] = [
  ...COMMON.filter((it) => SHARED.includes(it.field)),
  field('apiVersion', 'apiVersion: acme.io/v1beta1', 'apiVersion', 'acme.io/v1beta1', 'apiVersion: §acme.io', 'v1'),
  field('kind', 'kind: Gadget', 'kind', 'Gadget', 'kind: §gadget', 'expected a kind'),
  field(
    'metadata.name',
    'metadata: { name: "{{ .metadata.name }}-x" }',
    'metadata.name',
    'shop-x',
    'metadata: { name: §Shop_1 }',
    'expected a name for a',
  ),
  field(
    'metadata.namespace',
    'metadata: { name: web, namespace: other }',
    'metadata.namespace',
    'other',
    'metadata: { namespace: §a.b }',
    'expected a namespace',
  ),
  field(
    'metadata.labels.*',
    'metadata: { labels: { tier: "{{ .spec.tier }}" } }',
    'metadata.labels.tier',
    'gold',
    'metadata: { labels: { a: §"x y" } }',
    'not a label value',
  ),
  field(
    'metadata.annotations.*',
    'metadata: { annotations: { example.org/a: "{{ .spec.tier }}" } }',
    'metadata.annotations.example.org/a',
    'gold',
    'metadata: { annotations: { §a b: x } }',
    'not an annotation key',
  ),
  field(
    'forEach.field',
    'metadata: { name: "{{ .item }}" }\nforEach: { field: spec.zones }',
    'entry:forEach.field',
    ['spec', 'zones'],
    'metadata: { name: "{{ .item }}" }\nforEach: { field: §.spec.zones }',
    'expected a path like spec.zones',
  ),
  field(
    'forEach.as',
    'metadata: { name: "{{ .zone }}" }\nforEach: { field: spec.zones, as: zone }',
    'entry:forEach.as',
    'zone',
    'metadata: { name: "{{ .spec }}" }\nforEach: { field: spec.zones, as: §spec }',
    '"spec" has a meaning already',
  ),
  field(
    'spec',
    'spec: { size: 3, zones: "{{ toJson .spec.zones }}", tier: ["{{ .spec.tier }}"] }',
    'spec',
    { size: 3, zones: ['north', 'south'], tier: ['gold'] },
    'spec: { §"{{ .spec.tier }}": 1 }',
    'keys are no templates',
  ),
  // Checked, and refused by name when it would run.
  field(
    'status',
    'status: { phase: New }',
    'status',
    undefined,
    'status: { §"{{ .spec.tier }}": 1 }',
    'keys are no templates',
  ),
  field(
    'hasStatus',
    'hasStatus: false',
    'entry:facts.hasNoStatus',
    true,
    'hasStatus: §maybe',
    'expected true or false',
  ),
  field(
    'namespaced',
    'namespaced: false',
    'entry:facts.isSaidNamespaced',
    false,
    'namespaced: §Cluster',
    'expected true or false',
  ),
  field(
    '*',
    'data: { replicas: "{{ .spec.replicas }}" }',
    'data.replicas',
    2,
    '§labels: { a: b }',
    '"labels" stands under metadata here',
  ),
];
