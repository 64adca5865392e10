// What a real API server says of rules and by rules (test/vectors/schema): the verdict and the paths of the causes are the
// same, and the words where they are the rule's own.
import { type JsonObject } from '../../common';
import { compileStructuralSchema } from '../structural/compile';
import { crdSchemaCauses } from '../structural/crd-schema/crd-schema';
import { applyDefaults } from '../structural/defaults';
import objectVectors from '../testing/vectors/cel-objects.json';
import schemaVectors from '../testing/vectors/cel-schemas.json';
import { type FieldCause } from '../types/type-schema';
import { compileRules, hasRules, validateCustomResource } from '.';

interface SchemaVector {
  readonly name: string;
  readonly schema: JsonObject;
  readonly causes: readonly FieldCause[];
}

interface Answer {
  readonly value: JsonObject;
  readonly old?: JsonObject;
  readonly causes?: readonly FieldCause[];
}

interface ObjectVector {
  readonly name: string;
  readonly spec: JsonObject;
  readonly before?: JsonObject;
  readonly values: readonly Answer[];
  readonly updates?: readonly Answer[];
}

const PATH = 'spec.validation.openAPIV3Schema';
/** What rules cost is not estimated. */
const isAboutCost = ({ message }: FieldCause): boolean => /cost/.test(message);
/** Mistakes of evaluation have the words of the library. */
const hasOwnWords = ({ message }: FieldCause): boolean => !/evaluating rule: /.test(message);

function sorted(causes: readonly FieldCause[], showsWords: (cause: FieldCause) => boolean): readonly string[] {
  return causes.map((cause) => `${cause.field} ${cause.reason} ${showsWords(cause) ? cause.message : ''}`).sort();
}

describe('the rules of a CRD', () => {
  it.each((schemaVectors as unknown as readonly SchemaVector[]).map((vector) => [vector.name, vector] as const))(
    'are taken or refused as by a real server: %s',
    (_, { schema, causes }) => {
      const found = crdSchemaCauses(schema, { path: PATH });
      const expected = causes.filter((cause) => !isAboutCost(cause));
      expect(sorted(found, () => false)).toEqual(sorted(expected, () => false));
    },
  );
});

function wrapped(spec: JsonObject): JsonObject {
  return { apiVersion: 'schema.example.com/v1', kind: 'Kind', metadata: { name: 'x' }, spec };
}

describe.each((objectVectors as unknown as readonly ObjectVector[]).map((vector) => [vector.name, vector] as const))(
  'rules about %s',
  (_, { spec, before, values, updates = [] }) => {
    const schema = compileStructuralSchema({ type: 'object', properties: { spec } });
    const asked = [...values.map((answer) => ({ old: before, ...answer })), ...updates];

    it.each(asked.map((answer) => [JSON.stringify([answer.old ?? null, answer.value]), answer] as const))(
      '%s',
      (_text, { value, old, causes = [] }) => {
        const object = applyDefaults(wrapped(value), schema);
        const found = validateCustomResource(object, schema, { old: old === undefined ? undefined : wrapped(old) });
        expect(sorted(found, hasOwnWords)).toEqual(sorted(causes, hasOwnWords));
      },
    );
  },
);

describe('a schema without rules', () => {
  it('has no rule set', () => {
    const schema = compileStructuralSchema({ type: 'object', properties: { spec: { type: 'object' } } });
    expect(hasRules(schema)).toBe(false);
    expect(compileRules(schema)).toBeUndefined();
  });
});
