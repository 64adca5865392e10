// Conditions of specs, against the schema of a resource with a field of every type.
import { type JsonValue, ProblemList, type SourceNode } from '../../../../common';
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

/** Errors and warnings as `code path: message`. */
export interface Found {
  readonly conditions: CompiledConditions;
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

export type Compile = (when: JsonValue, or?: JsonValue, data?: Type) => Found;

/** `sourceOf`: a tree of values that stand nowhere. */
export function factCompiler(sourceOf: (value: JsonValue, path: string) => SourceNode): Compile {
  return (when, or, data = DATA) => {
    const problems = new ProblemList();
    const decode = (value: JsonValue | undefined, path: string): ReturnType<typeof conditionList.decode> =>
      value === undefined ? undefined : conditionList.decode(sourceOf(value, path), { problems });
    const source = { when: decode(when, 'when'), or: decode(or, 'or') };
    const conditions = compileConditions(source, problems, { data });
    const texts = (list: ProblemList['errors']): readonly string[] =>
      list.map(({ code, path, message }) => `${code} ${path}: ${message}`);
    return { conditions, errors: texts(problems.errors), warnings: texts(problems.warnings) };
  };
}
