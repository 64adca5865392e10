// Conditions of specs, against the schema of a resource with a field of every type.
import { type JsonValue, ProblemList } from '../../../../common';
import { sourceOf } from '../../../../common/testing/source-of';
import { compileStructuralSchema } from '../../../../schema';
import { typeOfSchema } from '../../../type/schema-type';
import { type Type } from '../../../type/type';
import { compileConditions } from '../../compile-conditions';
import { conditionList } from '../../condition-fields';
import { type CompiledConditions } from '../../condition.types';

export const DATA = typeOfSchema(
  compileStructuralSchema({
    type: 'object',
    properties: {
      spec: {
        type: 'object',
        properties: {
          size: { type: 'integer' },
          few: { type: 'integer', minimum: 1, maximum: 5 },
          ratio: { type: 'number' },
          on: { type: 'boolean' },
          tier: { type: 'string', enum: ['gold', 'silver'] },
          image: { type: 'string' },
          memory: { type: 'string', pattern: '^[0-9]+(Mi|Gi)$' },
          port: { 'x-kubernetes-int-or-string': true },
          hosts: { type: 'array', items: { type: 'string' } },
          labels: { type: 'object', additionalProperties: { type: 'string' } },
          extra: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
        },
      },
    },
  }),
);

export interface Found {
  readonly conditions: CompiledConditions;
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

/** Errors and warnings as `code path: message`. */
export function compile(when: JsonValue, or?: JsonValue, data: Type | undefined = DATA): Found {
  const problems = new ProblemList();
  const decode = (value: JsonValue | undefined, path: string): ReturnType<typeof conditionList.decode> =>
    value === undefined ? undefined : conditionList.decode(sourceOf(value, path), { problems });
  const source = { when: decode(when, 'when'), or: decode(or, 'or') };
  const conditions = compileConditions(source, problems, data === undefined ? {} : { data });
  const texts = (list: ProblemList['errors']): readonly string[] =>
    list.map(({ code, path, message }) => `${code} ${path}: ${message}`);
  return { conditions, errors: texts(problems.errors), warnings: texts(problems.warnings) };
}
