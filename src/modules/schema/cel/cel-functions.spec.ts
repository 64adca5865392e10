// The functions and macros of CEL in Kubernetes, one expression after the other: what a real API server makes of each as a
// rule about a default (test/vectors/schema/cases/cel-functions.js).
import { type JsonObject } from '../../common';
import { crdSchemaCauses } from '../structural/crd-schema/crd-schema';
import base from '../testing/cel-functions-schema.json';
import vectors from '../testing/vectors/cel-functions.json';

function withRule(rule: string): JsonObject {
  const { spec } = base.properties;
  const ruled = { ...spec, 'x-kubernetes-validations': [{ rule }] } as unknown as JsonObject;
  return { type: 'object', properties: { spec: ruled } };
}

it.each(vectors.map(({ rule, refused }) => [rule, refused] as const))('%s', (rule, refused) => {
  const found = crdSchemaCauses(withRule(rule), { path: 'spec.validation.openAPIV3Schema' });
  expect(found.map(({ field, reason }) => `${field} ${reason}`).sort()).toEqual([...refused].sort());
});
