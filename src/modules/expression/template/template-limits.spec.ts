// Hostile templates end with a clear error, and reach nothing but their data.
import { ManualClock, type JsonObject, ProblemList, type SourceText } from '../../common';
import { compileTemplate, compileText } from './compile';
import { TemplateExecutionError, TemplateSyntaxError } from './template.errors';

const context = { clock: new ManualClock(), random: { next: () => 0.5 } };

function run(text: string, data: JsonObject = {}): string {
  return compileTemplate(text).execute(data, context);
}

/** A block scalar from line 1, column 1. */
function sourceText(text: string): SourceText {
  const position = { file: 'f.yaml', line: 1, column: 1 };
  const locate = (offset: number): typeof position => {
    const before = text.slice(0, offset).split('\n');
    return { file: 'f.yaml', line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  };
  return { text, node: { kind: 'scalar', position, path: 'a', value: text, text, style: 'block', locate } };
}

describe('the budget of a template', () => {
  it.each([
    ['a loop that would not end', '{{ range 9223372036854775807 }}{{ end }}', /stopped after 100000 steps/],
    ['loops in loops', '{{ range 1000 }}{{ range 1000 }}{{ end }}{{ end }}', /stopped after 100000 steps/],
    [
      'a template that calls itself',
      '{{ define "T" }}{{ template "T" }}{{ end }}{{ template "T" }}',
      /maximum template depth/,
    ],
    ['output without end', '{{ range 90000 }}{{ "0123456789abcdefghij" }}{{ end }}', /output is larger than/],
    ['a wide printf', '{{ printf "%1000000d%1000000d" 1 2 }}', /result is larger than/],
    [
      'a text that doubles',
      `{{ $x := "aaaaaaaaaa" }}{{ range 30 }}{{ $x = print $x $x }}{{ end }}`,
      /result is larger than/,
    ],
  ])('stops %s', (_what, text, message) => {
    expect(() => run(text)).toThrow(TemplateExecutionError);
    expect(() => run(text)).toThrow(message);
  });

  const LARGE: JsonObject = {
    s: 'x'.repeat(500_000),
    l: Array.from({ length: 20_000 }, (_, i) => i),
    m: Object.fromEntries(Array.from({ length: 2_000 }, (_, i) => [`k${i}`, 'some text'])),
  };
  it.each([
    ['a list that is printed again and again', '{{ range 100000 }}{{ $x := print $.l }}{{ end }}', /stopped after/],
    ['a text that is split again and again', '{{ range 100000 }}{{ $x := split $.s "" }}{{ end }}', /stopped after/],
    [
      'a map that is written as JSON again and again',
      '{{ range 100000 }}{{ $x := toJson $.m }}{{ end }}',
      /stopped after/,
    ],
    [
      'a long text that is hashed again and again',
      '{{ range 100000 }}{{ $x := sha256sum $.s }}{{ end }}',
      /stopped after/,
    ],
    [
      'keys that are sorted again and again',
      '{{ range 100000 }}{{ range $.m }}{{ break }}{{ end }}{{ end }}',
      /stopped after/,
    ],
    ['a repetition without end', '{{ repeat "x" 9007199254740991 }}', /repeat: result is larger than/],
    ['a width for each of many items', '{{ printf "%900000d" .l }}', /printf: result is larger than/],
    ['a replacement that grows with its square', '{{ replace .s "x" .s }}', /replace: result is larger than/],
    [
      'templates that double each other',
      '{{ define "a" }}{{ template "b" }}{{ template "b" }}{{ end }}{{ define "b" }}{{ template "a" }}{{ template "a" }}{{ end }}{{ template "a" }}',
      /maximum template depth/,
    ],
  ])('stops %s within seconds', (_what, text, message) => {
    const began = performance.now();
    expect(() => run(text, LARGE)).toThrow(message);
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  it('ignores a width that is no number to Go', () => {
    expect(run('{{ printf "%1000000000d" 1 }}')).toContain('%!');
  });

  it('formats a float with a huge precision in time', () => {
    expect(run('{{ len (printf "%.100000f" 2.5) }}')).toBe('100002');
  });

  it.each([
    ['parentheses', `{{ ${'('.repeat(300)}1${')'.repeat(300)} }}`],
    ['conditions', '{{ if 1 }}'.repeat(300) + '{{ end }}'.repeat(300)],
  ])('refuses %s that are nested too deeply', (_what, text) => {
    expect(() => compileTemplate(text)).toThrow(TemplateSyntaxError);
    expect(() => compileTemplate(text)).toThrow(/nested deeper than 200/);
  });
});

describe('what a template can reach', () => {
  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf'])('no %s', (name) => {
    expect(run(`{{ .${name} }}`)).toBe('<no value>');
    expect(run(`{{ index . "${name}" }}`)).toBe('<no value>');
    expect(run(`{{ .m.${name} }}`, { m: {} })).toBe('<no value>');
    expect(() => run(`{{ .s.${name} }}`, { s: 'text' })).toThrow(/can't evaluate field/);
    expect(() => run(`{{ .l.${name} }}`, { l: [] })).toThrow(/can't evaluate field/);
  });

  it.each(['process', 'require', 'constructor', 'globalThis', 'eval'])('no function %s', (name) => {
    expect(() => compileTemplate(`{{ ${name} }}`)).toThrow(/is not defined/);
  });

  it('no inherited key', () => {
    const inherited = Object.create({ secret: 'x' }) as JsonObject;
    expect(run('{{ .secret }}{{ len . }}{{ range . }}x{{ end }}', inherited)).toBe('<no value>0');
  });
});

describe('integers beyond 2^53', () => {
  it('keep their digits', () => {
    const data = { big: 9007199254740993n } as unknown as JsonObject;
    expect(
      run(
        '{{ .big }} {{ printf "%d %x" .big .big }} {{ eq .big 9007199254740993 }} {{ lt 9007199254740992 .big }}',
        data,
      ),
    ).toBe('9007199254740993 9007199254740993 20000000000001 true true');
    expect(run('{{ 9223372036854775807 }} {{ -9223372036854775808 }}')).toBe(
      '9223372036854775807 -9223372036854775808',
    );
  });

  it('are another kind than floats', () => {
    expect(run('{{ printf "%T %T %T" .n 1 1.0 }}', { n: 1 })).toBe('int64 int float64');
    expect(() => run('{{ eq .n 1.0 }}', { n: 1 })).toThrow(/incompatible types for comparison: int64 and float64/);
  });
});

describe('what is wrong with a template', () => {
  it('is said all at once, with the line and a caret', () => {
    const problems = new ProblemList();
    compileText(sourceText('{{ nope }}\n{{ 1 }}{{ prinf "x" }}{{ $gone }}\n'), problems);
    expect(
      problems.errors.map(({ message, position, excerpt }) => [position.line, position.column, message, excerpt]),
    ).toEqual([
      [1, 4, 'template: function "nope" is not defined', '\n    {{ nope }}\n       ^'],
      [2, 11, 'template: function "prinf" is not defined (did you mean "print"?)', expect.stringContaining('^')],
      [2, 26, 'template: undefined variable "$gone"', expect.stringContaining('^')],
    ]);
  });

  it('that no data makes right is a problem of the load, in dead branches too', () => {
    const problems = new ProblemList();
    compileText(sourceText('{{ if .x }}{{ not 1 2 }}{{ template "T" }}{{ end }}'), problems);
    expect(problems.errors.map(({ message }) => message)).toEqual([
      'template: wrong number of args for not: want 1 got 2',
      'template: template "T" not defined',
    ]);
    expect(run('{{ if .x }}{{ not 1 2 }}{{ end }}ok')).toBe('ok');
  });

  it('takes an index from the data in slice, which Go does not', () => {
    expect(run('{{ slice .s 0 .n }}', { s: 'abcdef', n: 3 })).toBe('abc');
  });
});
