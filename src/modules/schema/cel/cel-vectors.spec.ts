// What a real API server says of rules and by rules (test/vectors/schema): the verdict and the paths of the causes are the
// same, and the words where they are the rule's own.
import { type JsonObject } from '../../common';
import { compileStructuralSchema } from '../structural/compile';
import { crdSchemaCauses } from '../structural/crd-schema/crd-schema';
import { applyDefaults } from '../structural/defaults';
import { validateValue } from '../structural/validate/value';
import objectVectors from '../testing/vectors/cel-objects.json';
import schemaVectors from '../testing/vectors/cel-schemas.json';
import { type FieldCause, type TypeSchema } from '../types/type-schema';
import { compileRules, hasRules, type RuleSet } from '.';

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
    async (_, { schema, causes }) => {
      const own = crdSchemaCauses(schema, { path: PATH });
      const rules = await compileRules(compileStructuralSchema(schema));
      const found = [...own, ...(own.length > 0 ? [] : (rules?.problems(PATH) ?? []))];
      const expected = causes.filter((cause) => !isAboutCost(cause));
      expect(sorted(found, () => false)).toEqual(sorted(expected, () => false));
    },
  );
});

function wrapped(spec: JsonObject): JsonObject {
  return { apiVersion: 'schema.example.com/v1', kind: 'Kind', metadata: { name: 'x' }, spec };
}

function causesOf(
  object: JsonObject,
  old: JsonObject | undefined,
  schema: TypeSchema,
  rules: RuleSet,
): readonly FieldCause[] {
  const update = old === undefined ? {} : { old };
  const earlier = validateValue(object, schema, update);
  return [...earlier, ...rules.validate(object, { ...update, earlier })];
}

describe.each((objectVectors as unknown as readonly ObjectVector[]).map((vector) => [vector.name, vector] as const))(
  'rules about %s',
  (_, { spec, before, values, updates = [] }) => {
    const schema = compileStructuralSchema({ type: 'object', properties: { spec } });
    const asked = [...values.map((answer) => ({ old: before, ...answer })), ...updates];

    it.each(asked.map((answer) => [JSON.stringify([answer.old ?? null, answer.value]), answer] as const))(
      '%s',
      async (_text, { value, old, causes = [] }) => {
        const rules = (await compileRules(schema))!;
        const object = applyDefaults(wrapped(value), schema);
        const found = causesOf(object, old === undefined ? undefined : wrapped(old), schema, rules);
        expect(sorted(found, hasOwnWords)).toEqual(sorted(causes, hasOwnWords));
      },
    );
  },
);

describe('a schema without rules', () => {
  it('has no rule set', async () => {
    const schema = compileStructuralSchema({ type: 'object', properties: { spec: { type: 'object' } } });
    expect(hasRules(schema)).toBe(false);
    expect(await compileRules(schema)).toBeUndefined();
  });
});
