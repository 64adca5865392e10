import { type JsonObject, ManualClock, type ObjectKey, ProblemList } from '../../common';
import { sourceOf } from '../../common/testing/source-of';
import { conditionList } from './condition-fields';
import { type CompiledConditions } from './condition.types';
import { compileConditions } from './compile-conditions';

function compile(when: JsonObject[]): { conditions: CompiledConditions; problems: readonly string[] } {
  const problems = new ProblemList();
  const decoded = conditionList.decode(sourceOf(when, 'when'), { problems });
  const conditions = compileConditions({ when: decoded }, problems);
  return { conditions, problems: problems.errors.map(({ path, message }) => `${path}: ${message}`) };
}

const HOST = { field: 'spec.host', operator: 'unique' };
const alone = { clock: new ManualClock(), random: { next: () => 0 } };

/** `default/other` has the host "a" and the port 80. */
const asked: string[] = [];
const peers = {
  otherWith: (path: readonly string[], text: string): ObjectKey | undefined => {
    asked.push(`${path.join('.')}=${text}`);
    return ['spec.host=a', 'spec.port=80', 'spec.hosts=[a b]'].includes(asked.at(-1) ?? '')
      ? 'default/other'
      : undefined;
  },
};
const among = { ...alone, peers };

describe('operator unique', () => {
  it.each<[JsonObject, JsonObject, string | undefined]>([
    [HOST, { host: 'b' }, undefined],
    [HOST, { host: 'a' }, 'spec.host "a" is used by default/other, too'],
    [HOST, {}, undefined],
    [HOST, { host: '' }, undefined],
    [HOST, { host: null }, undefined],
    [{ field: 'spec.port', operator: 'unique' }, { port: 80 }, 'spec.port "80" is used by default/other, too'],
    [
      { field: 'spec.hosts', operator: 'unique' },
      { hosts: ['a', 'b'] },
      'spec.hosts "[a b]" is used by default/other, too',
    ],
    [{ ...HOST, negate: true }, { host: 'a' }, undefined],
    [{ ...HOST, negate: true }, { host: 'b' }, 'not: spec.host "b" is used by no other'],
    [{ ...HOST, negate: true }, {}, 'not: spec.host is not set, so no other has it'],
  ])('%j of %j: %s', (condition, spec, why) => {
    const { conditions, problems } = compile([condition]);
    expect(problems).toEqual([]);
    expect(conditions.whyNot({ spec }, among)).toBe(why);
    expect(conditions.evaluate({ spec }, among)).toBe(why === undefined);
  });

  it('holds where nobody knows the others', () => {
    expect(compile([HOST]).conditions.evaluate({ spec: { host: 'a' } }, alone)).toBe(true);
  });

  it('asks for no value that is not there, and tells which fields have to be looked up', () => {
    const { conditions } = compile([
      HOST,
      { field: 'spec.host', exists: true },
      { field: 'metadata.name', operator: 'unique' },
    ]);
    asked.length = 0;
    conditions.evaluate({ spec: {} }, among);
    expect(asked).toEqual([]);
    expect(conditions.uniqueFields).toEqual([
      ['spec', 'host'],
      ['metadata', 'name'],
    ]);
    expect(conditions.reads).toEqual([
      ['metadata', 'name'],
      ['spec', 'host'],
    ]);
    expect(conditions.purity).toBe('pure');
  });

  it.each<[JsonObject, string]>([
    [{ ...HOST, value: 'a' }, 'when[0]: operator "unique" takes no "value"'],
    [{ operator: 'unique' }, 'when[0]: a condition needs "field" (or time, dayOfWeek)'],
    [{ field: '{{ .spec.host }}', operator: 'unique' }, 'when[0].field: "unique" needs a plain path, not a template'],
    [
      { field: 'item.host', operator: 'unique' },
      'when[0].field: "unique" compares a field of the resource with those of the others: expected a path below metadata, spec, status, found "item.host"',
    ],
    [{ field: 'spec.host', operator: 'uniqe' }, 'when[0].operator: unknown operator "uniqe" (did you mean "unique"?)'],
  ])('%j is refused', (condition, problem) => {
    expect(compile([condition]).problems).toEqual([problem]);
  });
});
