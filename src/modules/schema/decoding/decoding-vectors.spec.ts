// What a real API server says when it decodes objects of built-in kinds (test/vectors/schema).
import fc from 'fast-check';
import { isJsonObject, type JsonObject, type JsonValue } from '../../common';
import { builtinKinds, builtinSchema } from '../openapi';
import vectors from '../testing/vectors/decoding.json';
import { type TypeSchema } from '../types/type-schema';
import { strictFieldProblems } from './strict-fields';
import { typeProblem } from './type-problem';

interface Vector {
  readonly object?: JsonObject;
  readonly text?: string;
  /** '' for an object that is decoded. */
  readonly problem: string;
}

function schemaOf({ apiVersion, kind }: JsonObject): TypeSchema {
  const [version, group = ''] = String(apiVersion).split('/').reverse() as [string, string?];
  return builtinSchema(group, version, String(kind))!;
}

const all = vectors as unknown as readonly Vector[];

describe('a value of a wrong type', () => {
  it.each(all.flatMap(({ object, problem }) => (object ? [[JSON.stringify(object), object, problem] as const] : [])))(
    '%s',
    (_, object, problem) => {
      expect(typeProblem(object, schemaOf(object)) ?? '').toBe(problem);
    },
  );

  it('never makes the decoder fail', () => {
    const kinds = builtinKinds();
    fc.assert(
      fc.property(fc.nat(kinds.length - 1), fc.jsonValue(), (index, value) => {
        const { group, version, kind } = kinds[index]!;
        const object = isJsonObject(value) ? value : { metadata: value as JsonValue, spec: value as JsonValue };
        const problem = typeProblem(object, builtinSchema(group, version, kind)!);
        expect(problem ?? 'json: ').toMatch(/^(json: |parsing time|quantities|unable|illegal|boolean)/);
      }),
    );
  });
});

describe('a field that strict decoding refuses', () => {
  it.each(all.flatMap(({ text, problem }) => (text === undefined ? [] : [[text, problem] as const])))(
    '%s',
    (text, problem) => {
      const found = strictFieldProblems(text, schemaOf(JSON.parse(text) as JsonObject));
      expect(found.length === 0 ? '' : `strict decoding error: ${found.join(', ')}`).toBe(problem);
    },
  );

  it('is found at any depth of any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify({ a: value, b: [value], c: 1, d: 2 }).replace(/"d":2}$/, '"c":2}');
        expect(strictFieldProblems(text, undefined)).toEqual(['duplicate field "c"']);
      }),
    );
  });

  it('is told once, and no more than 100 are told', () => {
    const text = `{${Array.from({ length: 150 }, (_, index) => `"x${index}":1`).join(',')}}`;
    expect(strictFieldProblems(text, { type: 'object' })).toHaveLength(100);
    expect(strictFieldProblems('{"a":1,"a":2,"a":3}', undefined)).toEqual(['duplicate field "a"']);
  });

  it('ends on a text that is cut off', () => {
    expect(strictFieldProblems('{"a":[1,{"b":"x', undefined)).toEqual([]);
  });
});
