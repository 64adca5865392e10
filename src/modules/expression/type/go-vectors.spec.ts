// No false alarm: what real Go executes without a failure, on data of which only the types are told, has no error.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { FunctionRegistry } from '../note';
import { builtinLen, builtinNotes } from '../note/language/builtin.notes';
import { comparisonNotes } from '../note/language/comparison.notes';
import { compileTree } from '../template/compiler';
import { parseTemplate } from '../template/parser';
import { TemplateSyntaxError } from '../template/template.errors';
import { goData, type GoResult } from '../template/testing/go-agreement';
import { type TypeFinding } from './finding';
import { typeOfData } from './testing/data-type';
import { checkTypes } from './type-checker';
import { UNKNOWN } from './type';

interface Case extends GoResult {
  readonly t: string;
  readonly d: string;
}

const file = join(__dirname, '../template/testing/vectors/templates.json.gz');
const { data, cases } = JSON.parse(gunzipSync(readFileSync(file)).toString()) as {
  readonly data: Readonly<Record<string, unknown>>;
  readonly cases: readonly Case[];
};
const types = new Map(Object.entries(data).map(([name, value]) => [name, typeOfData(goData(value))]));
const functions = new FunctionRegistry([...builtinNotes, builtinLen, ...comparisonNotes]);

function treeOf(text: string): ReturnType<typeof parseTemplate> {
  const fail = (reason: string, offset: number): TemplateSyntaxError =>
    new TemplateSyntaxError(reason, { offset, excerpt: '' });
  return parseTemplate(text, { functions, fail });
}

function errors({ t, d }: Case): readonly TypeFinding[] {
  const type = types.get(d) ?? UNKNOWN;
  return checkTypes(treeOf(t), { functions, data: type }).filter(({ severity }) => severity === 'error');
}

describe('templates that real Go was asked about', () => {
  const fine = cases.filter(({ err }) => err === undefined);
  // Imaginary numbers are refused by us only.
  const failing = cases.filter(({ err, t }) => err === 'exec' && parses(t));

  function parses(text: string): boolean {
    try {
      treeOf(text);
      return true;
    } catch {
      return false;
    }
  }

  it('finds no error in what Go executes', () => {
    const alarms = fine.map((each) => ({ template: each.t, errors: errors(each) }));
    expect(alarms.length).toBeGreaterThan(3_000);
    expect(alarms.filter((alarm) => alarm.errors.length > 0)).toEqual([]);
  });

  it('finds most of what Go fails on, before there is data', () => {
    const found = failing.filter(
      (each) => compileTree(treeOf(each.t), functions).defects.length + errors(each).length > 0,
    );
    expect(failing.length).toBeGreaterThan(3_000);
    // The rest depends on values: an index out of range, a missing map on the way.
    expect(found.length / failing.length).toBeGreaterThan(0.8);
  });
});
