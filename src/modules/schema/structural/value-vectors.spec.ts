// What a real API server makes of values, and what it says of them (test/vectors/schema): defaults, pruning, validation,
// ratcheting.
import { type JsonObject } from '../../common';
import vectors from '../testing/vectors/values.json';
import { type FieldCause, type TypeSchema } from '../types/type-schema';
import { compileStructuralSchema } from './compile';
import { applyDefaults } from './defaults';
import { prune, unknownFields } from './prune';
import { validateEmbedded } from './validate/embedded';
import { validateLists } from './validate/list-types';
import { validateValue } from './validate/value';

interface Vector {
  readonly name: string;
  readonly spec: JsonObject;
  readonly before?: JsonObject;
  readonly values: readonly Answer[];
}

interface Answer {
  readonly value: JsonObject;
  readonly spec?: JsonObject;
  readonly warnings?: readonly string[];
  readonly causes?: readonly FieldCause[];
}

/** The server walks maps of Go: causes come in any order. */
function sorted(causes: readonly FieldCause[]): readonly string[] {
  return causes.map(({ field, reason, message }) => `${field} ${reason} ${message}`).sort();
}

function wrapped(spec: JsonObject): JsonObject {
  return { apiVersion: 'schema.example.com/v1', kind: 'Kind', metadata: { name: 'x' }, spec };
}

function causesOf(object: JsonObject, old: JsonObject | undefined, schema: TypeSchema): readonly FieldCause[] {
  const hadDuplicates = old !== undefined && validateLists(old, schema).length > 0;
  return [
    ...validateValue(object, schema, old === undefined ? {} : { old }),
    ...validateEmbedded(object, schema),
    ...(hadDuplicates ? [] : validateLists(object, schema)),
  ];
}

describe.each((vectors as unknown as readonly Vector[]).map((vector) => [vector.name, vector] as const))(
  '%s',
  (_, { spec, before, values }) => {
    const schema = compileStructuralSchema({ type: 'object', properties: { spec } });
    const old = before === undefined ? undefined : prune(applyDefaults(wrapped(before), schema), schema).value;

    it.each(values.map((answer) => [JSON.stringify(answer.value), answer] as const))('%s', (_text, answer) => {
      const sent = applyDefaults(wrapped(answer.value), schema);
      const { value: object } = prune(sent, schema);
      expect(sorted(causesOf(object, old, schema))).toEqual(sorted(answer.causes ?? []));
      if (answer.causes !== undefined) return;
      expect(object['spec']).toEqual(answer.spec);
      const warnings = unknownFields(sent, schema).map((path) => `unknown field "${path}"`);
      expect(warnings).toEqual(answer.warnings);
    });
  },
);
