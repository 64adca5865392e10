// What the signatures say is what the functions do: every result of the catalogue's examples and of the cases that Go
// answered is of its type, and none of the calls that work is called wrong.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type JsonObject, ManualClock } from '../../common';
import { builtinFunctions, FunctionRegistry, type NoteSpec } from '../note';
import { compileTemplate } from '../template/compile';
import { parseTemplate } from '../template/parser';
import conformance from '../template/testing/conformance.json';
import { TemplateExecutionError, TemplateSyntaxError } from '../template/template.errors';
import { type EvaluationContext } from '../template/template.types';
import { type Value } from '../template/value';
import { resultType } from './note-types';
import { mayBe } from './steps';
import { typeOfData } from './testing/data-type';
import { checkTypes } from './type-checker';
import { membersOf, type Type } from './type';

interface Vectors {
  readonly now: string;
  readonly data: JsonObject;
  readonly cases: readonly { readonly t: string; readonly failed?: boolean }[];
}

interface Sample {
  readonly template: string;
  readonly data: JsonObject;
  readonly now: number;
}

const FOLDER = join(__dirname, '../note/testing/vectors');
const examples = builtinFunctions.all().map(({ example, card }): Sample => ({
  template: example,
  data: card?.data ?? {},
  now: 0,
}));
const vectors = readdirSync(FOLDER).flatMap((file): readonly Sample[] => {
  const { now, data, cases } = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Vectors;
  return cases.map(({ t }) => ({ template: t, data, now: Date.parse(now) }));
});
const cases = (conformance as unknown as readonly { readonly t: string; readonly d: JsonObject }[]).map(
  ({ t, d }): Sample => ({ template: t, data: d, now: 0 }),
);
const all = [...examples, ...vectors, ...cases].filter(({ template }) => template.includes('{{'));

/** Whether it works; what it fails on is none of our business. */
function runs({ template, data, now }: Sample, functions = builtinFunctions): boolean {
  try {
    compileTemplate(template, { functions }).execute(data, {
      clock: new ManualClock(now),
      random: { next: () => 0.5 },
    });
    return true;
  } catch (error) {
    if (error instanceof TemplateExecutionError || error instanceof TemplateSyntaxError) return false;
    throw error;
  }
}

const working = all.filter((sample) => runs(sample));

function covers(type: Type, result: Value): boolean {
  const found = membersOf(typeOfData(result)) ?? [];
  return found.every(({ kind }) => mayBe(type, kind) || (kind === 'object' && mayBe(type, 'map')));
}

/** The functions, each of which tells a result that is not of the type that was known before the call. */
function watched(tell: (what: string) => void): FunctionRegistry {
  return new FunctionRegistry(
    builtinFunctions.all().map((spec): NoteSpec => {
      const call = (args: readonly Value[], context: EvaluationContext): Value => {
        const result = spec.call(args, context);
        const typed = args.map((value) => ({
          type: typeOfData(value),
          ...(typeof value === 'string' ? { text: value } : {}),
        }));
        const type = resultType(spec, typed);
        if (!covers(type, result)) tell(`${spec.name} gives ${JSON.stringify(result)}, not ${JSON.stringify(type)}`);
        return result;
      };
      return { ...spec, call };
    }),
  );
}

describe('functions', () => {
  it('give what their signatures say', () => {
    const wrong = new Set<string>();
    const functions = watched((what) => wrong.add(what));
    for (const sample of all) runs(sample, functions);
    expect(all.length).toBeGreaterThan(2_000);
    expect([...wrong]).toEqual([]);
  });

  it('are not called wrong where they work', () => {
    const fail = (reason: string, offset: number): TemplateSyntaxError =>
      new TemplateSyntaxError(reason, { offset, excerpt: '' });
    const alarms = working.flatMap(({ template, data }) => {
      const tree = parseTemplate(template, { functions: builtinFunctions, fail });
      const found = checkTypes(tree, { functions: builtinFunctions, data: typeOfData(data) });
      return found.filter(({ severity }) => severity === 'error').map(({ message }) => `${template}: ${message}`);
    });
    expect(working.length).toBeGreaterThan(1_500);
    expect(alarms).toEqual([]);
  });
});
