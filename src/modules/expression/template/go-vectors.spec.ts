// What real Go answers (test/vectors/templates): every printf verb, and the core of the language.
import { ManualClock, type JsonObject } from '../../common';
import { compileTemplate } from './compile';
import { goFormat } from './go-format';
import { TemplateExecutionError, TemplateSyntaxError } from './template.errors';
import printfCases from './testing/vectors/printf.json';
import templateCases from './testing/vectors/templates.json';
import { type Value } from './value';

interface TemplateCase {
  readonly t: string;
  readonly out?: string;
  readonly parseErr?: boolean;
  readonly execErr?: boolean;
  readonly line?: number;
  readonly column?: number;
}

const data: JsonObject = {
  ...{ s: 'text', e: '', n: 3, z: 0, f: 2.5, t: true, u: false, nil: null },
  ...{ l: ['a', 'b', 'c'], li: [1, 2], el: [], m: { k: 'v', a: 'w' }, em: {}, d: { e: { f: 'deep' } } },
  objs: [{ name: 'x' }, { name: 'y' }],
};
const context = { clock: new ManualClock(), random: { next: () => 0.5 } };
/** What `len` says is a note of ours, not Go's built-in. */
const cases = templateCases as readonly TemplateCase[];

/** Line and column (from 1) of an offset, as a file would count them. */
function locate(text: string): (offset: number) => { file: string; line: number; column: number } {
  return (offset) => {
    const before = text.slice(0, offset).split('\n');
    return { file: 'f', line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  };
}

function run(text: string): string {
  return compileTemplate(text, { locate: locate(text) }).execute(data, context);
}

function failure(text: string): unknown {
  try {
    return run(text);
  } catch (error) {
    return error;
  }
}

describe('printf as Go has it', () => {
  it.each((printfCases as { f: string; a: Value[]; o: string }[]).map(({ f, a, o }) => [f, JSON.stringify(a), a, o]))(
    '%s of %s',
    (format, _args, args, expected) => {
      expect(goFormat(format, args)).toBe(expected);
    },
  );
});

describe('templates as Go has them', () => {
  it.each(cases.filter((c) => c.parseErr !== true && c.execErr !== true).map((c) => [c.t, c.out ?? '']))(
    'prints %j',
    (text, expected) => {
      expect(run(text)).toBe(expected);
    },
  );

  it.each(cases.filter((c) => c.parseErr === true).map((c) => [c.t, c.line]))(
    'refuses to compile %j, in line %d',
    (text, line) => {
      const error = failure(text);
      expect(error).toBeInstanceOf(TemplateSyntaxError);
      expect((error as TemplateSyntaxError).position?.line).toBe(line);
    },
  );

  it.each(cases.filter((c) => c.execErr === true).map((c) => [c.t, c.line]))(
    'fails on the data, or earlier, in line %2$d: %1$j',
    (text, line) => {
      const error = failure(text);
      expect(error instanceof TemplateExecutionError || error instanceof TemplateSyntaxError).toBe(true);
      expect((error as TemplateExecutionError).position?.line).toBe(line);
    },
  );
});
