import { field, type FieldCase } from './field-case';

/** Fields that every kind has. */
export const COMMON: readonly FieldCase[] = [
  field('id', 'id: main', 'entry:id', 'main', 'id: §no blanks', 'expected an id'),
  field('name', 'name: "{{ .metadata.name }}-x"', 'metadata.name', 'shop-x', 'name: §Shop_1', 'expected a name for a'),
  field('namespace', 'namespace: other', 'metadata.namespace', 'other', 'namespace: §a.b', 'expected a namespace'),
  field(
    'labels.*',
    'labels: { tier: "{{ .spec.tier }}" }',
    'metadata.labels.tier',
    'gold',
    'labels: { a: §"x y" }',
    'not a label value',
  ),
  field(
    'when',
    'when: [{ field: spec.a, equals: b }]',
    'entry:conditions.isAlways',
    false,
    'when: [{ field: spec.a, operator: §eqals }]',
    'unknown operator "eqals" (did you mean "equals"?)',
  ),
  field(
    'or',
    'or: [{ field: spec.a }]',
    'entry:conditions.isAlways',
    false,
    'or: [§{ equals: x }]',
    'a condition needs "field"',
  ),
  field(
    'forEach.field',
    'name: "{{ .item }}"\nforEach: { field: spec.zones }',
    'entry:forEach.field',
    ['spec', 'zones'],
    'name: "{{ .item }}"\nforEach: { field: §.spec.zones }',
    'expected a path like spec.zones',
  ),
  field(
    'forEach.as',
    'name: "{{ .zone }}"\nforEach: { field: spec.zones, as: zone }',
    'entry:forEach.as',
    'zone',
    'name: "{{ .spec }}"\nforEach: { field: spec.zones, as: §spec }',
    '"spec" has a meaning already',
  ),
  field('reconcile', 'reconcile: true', 'entry:isReconciled', true, 'reconcile: §sometimes', 'expected true or false'),
  field('once', 'once: true', 'entry:isReconciled', false, 'once: §[]', 'expected boolean, found a list'),
  field(
    'deletionPolicy',
    'deletionPolicy: retain',
    'entry:deletionPolicy',
    'retain',
    'deletionPolicy: §retian',
    '(did you mean "retain"?)',
  ),
  field(
    'forceConflict',
    'forceConflict: false',
    'entry:forceConflict',
    false,
    'forceConflict: §1',
    'expected true or false',
  ),
];

/** Those of kinds that stand in no namespace. */
export const CLUSTER_COMMON: readonly FieldCase[] = COMMON.filter((it) => it.field !== 'namespace');
