// Notes that a Katalog declares: what they give to its templates, and what is said about their mistakes.
import { type JsonObject } from '../../common';
import { builtinFunctions, TemplateExecutionError } from '../../expression';
import {
  build,
  compile,
  EVALUATION,
  indent,
  katalogWith,
  onlyCrd,
  type Outcome,
  WEBSITE,
} from '../testing/katalog-source';

/** A Katalog with these notes whose one ConfigMap holds the templates under `data`. */
function withNotes(notes: string, data: Readonly<Record<string, string>>, more = ''): string {
  const lines = Object.entries(data).map(([key, template]) => `      ${key}: '${template}'`);
  const box = ['onReconcile:', '  configMaps:', '    - name: web', '      data:', ...lines.map((line) => `  ${line}`)];
  return `${katalogWith([...box, ...(more === '' ? [] : [more])].join('\n'))}notes:\n${indent(notes, 2)}\n`;
}

function functions(...notes: readonly (readonly [name: string, expression: string])[]): string {
  return ['functions:', ...notes.map(([name, text]) => `  - { name: ${name}, expression: '${text}' }`)].join('\n');
}

/** What the ConfigMap of the Katalog holds for a CR. */
function rendered(outcome: Outcome, data: JsonObject = WEBSITE): unknown {
  const [entry] = onlyCrd(outcome).onReconcile.entries;
  return entry === undefined ? undefined : build(entry, data)['data'];
}

function expectError(outcome: Outcome, ...messages: readonly string[]): void {
  expect(outcome.errors).toEqual(messages.map((message) => `${outcome.marked ?? 'no mark'} ${message}`));
}

const TIER = ['tier', '{{ if gt .spec.replicas 5 }}big{{ else }}small{{ end }}'] as const;

describe('a note of the Katalog', () => {
  it('is called like any function, in values, names, conditions, status and labels', () => {
    const text = withNotes(
      functions(TIER, ['isSmall', '{{ eq tier "small" }}'], ['site', '{{ tier }}-{{ .metadata.name }}']),
      {
        tier: '{{ tier }}',
        upper: '{{ tier | toUpper }}',
        list: '{{ range .spec.zones }}{{ . }}={{ site }};{{ end }}',
      },
      'status: { fields: [{ path: tier, value: "{{ tier }}", when: [{ field: "{{ isSmall }}", equals: "true" }] }] }',
    );
    const outcome = compile(text);
    expect(outcome.warnings).toEqual([]);
    expect(rendered(outcome)).toEqual({ tier: 'small', upper: 'SMALL', list: 'north=small-shop;south=small-shop;' });
    const [field] = onlyCrd(outcome).status.fields;
    expect(field?.value.resolve(WEBSITE, EVALUATION)).toBe('small');
    expect(field?.conditions.evaluate(WEBSITE, EVALUATION)).toBe(true);
    expect(field?.conditions.evaluate({ ...WEBSITE, spec: { replicas: 6 } }, EVALUATION)).toBe(false);
  });

  it('reads the data of the template that calls it, not what dot is there, and item variables too', () => {
    const text = withNotes(functions(['who', '{{ .metadata.name }}{{ $.item }}']), {
      inRange: '{{ range .spec.zones }}{{ who }}{{ end }}',
      inTemplate: '{{ define "t" }}{{ . }}{{ who }}{{ end }}{{ template "t" "x" }}',
    }).replace('- name: web', '- name: "web-{{ who }}"\n              forEach: { field: spec.zones }');
    const [entry] = onlyCrd(compile(text)).onReconcile.entries;
    expect(entry?.reads).toEqual([
      ['metadata', 'name'],
      ['spec', 'zones'],
    ]);
    const built = entry === undefined ? {} : build(entry, { ...WEBSITE, item: '!' });
    expect(built['data']).toEqual({ inRange: 'shop!shop!', inTemplate: 'xshop!' });
  });

  it('gives a text without white space at its ends and without missing values, or a boolean', () => {
    const text = withNotes(
      functions(['padded', '  {{ .spec.gone }} x {{ .spec.gone }}  '], ['no', ' {{ false }} '], ['four', '4']),
      { padded: '[{{ padded }}]', no: '{{ if no }}yes{{ else }}no{{ end }}', kind: '{{ printf "%T %T" no four }}' },
    );
    expect(rendered(compile(text))).toEqual({ padded: '[x]', no: 'no', kind: 'bool string' });
  });

  it('may be written in short, and call notes that stand below it', () => {
    const text = withNotes("functions:\n  a: '{{ b }}!'\n  b: '{{ .spec.tier }}'", { a: '{{ a }}' });
    expect(rendered(compile(text))).toEqual({ a: 'gold!' });
  });

  it('takes part in what a template reads, and depends on the time or on randomness as its parts do', () => {
    const notes = functions(['stamp', '{{ weekday }}{{ .spec.zone }}'], ['label', '{{ stamp }}']);
    const outcome = compile(withNotes(notes, { at: '{{ label }}' }));
    const [entry] = onlyCrd(outcome).onReconcile.entries;
    expect(entry?.reads).toEqual([['spec', 'zone']]);
    expect(entry?.bodyPurity).toBe('clock');
    expect(outcome.warnings).toEqual([expect.stringContaining('reads the clock')]);
    const random = compile(withNotes(functions(['password', '{{ randomAlphanumeric 12 }}']), { p: '{{ password }}' }));
    expect(random.errors).toEqual([expect.stringContaining('random notes are allowed only')]);
  });

  it('belongs to its Katalog: the built-in functions stay as they are', () => {
    const { katalog } = compile(withNotes(functions(TIER), { tier: '{{ tier }}' }));
    expect(katalog?.notes).toEqual([
      expect.objectContaining({ name: 'tier', expression: TIER[1], purity: 'pure', calls: [] }),
    ]);
    expect(builtinFunctions.has('tier')).toBe(false);
    expect(compile(katalogWith('onReconcile: { configMaps: [{ data: { a: "{{ tier }}" } }] }')).errors).toHaveLength(1);
  });

  it('changes the hash of the Katalog', () => {
    const hash = (text: string): string | undefined => compile(text).katalog?.hash;
    const one = withNotes(functions(['a', 'x']), { a: '{{ a }}' });
    expect(hash(one)).not.toBe(hash(withNotes(functions(['a', 'y']), { a: '{{ a }}' })));
    expect(hash(one)).toBe(hash(one));
  });
});

describe('notes of several files', () => {
  it('come from an included file first', () => {
    const katalog = withNotes("include: ./notes/common.yaml\nfunctions: { mine: '{{ shared }}!' }", {
      a: '{{ mine }}',
    });
    const shared =
      "functions:\n  - name: shared\n    expression: '{{ .spec.tier }}'\n  - { name: idle, expression: x }\n";
    const outcome = compile({ 'katalog.yaml': katalog, 'notes/common.yaml': shared });
    expect(outcome.warnings).toEqual([]);
    expect(rendered(outcome)).toEqual({ a: 'gold!' });
  });

  it.each([
    ['§./none.yaml', 'include: <folder>/none.yaml: no such file'],
    ['§./empty.yaml', 'include: empty.yaml: expected one document that is a map'],
  ])('are a problem when include is %s', (include, message) => {
    const outcome = compile({ 'katalog.yaml': withNotes(`include: ${include}`, { a: 'x' }), 'empty.yaml': '' });
    expectError(outcome, message.replace('<folder>/', ''));
  });

  it('are told apart: a mistake is shown in the file where it stands', () => {
    const katalog = withNotes('include: ./more.yaml', { a: '{{ bad }}' });
    const outcome = compile({ 'katalog.yaml': katalog, 'more.yaml': "functions:\n  bad: '{{ §nope }}'\n" });
    expect(outcome.errors).toEqual(['more.yaml:2:12 template: function "nope" is not defined']);
  });

  it('are one set when the files run together', () => {
    const first = withNotes(functions(TIER), { a: '{{ tier }}' });
    const second = katalogWith('onReconcile: { configMaps: [{ name: b, data: { a: "{{ tier }}" } }] }')
      .replace('website:', 'shop:')
      .replaceAll('Website', 'Shop')
      .replaceAll('websites', 'shops');
    const both = { 'katalog.yaml': first, 'other.yaml': second };
    expect(compile(both, {}, ['katalog.yaml', 'other.yaml']).errors).toEqual([]);
    const twice = { ...both, 'other.yaml': `${second}notes: { functions: { §tier: x } }\n` };
    const outcome = compile(twice, {}, ['katalog.yaml', 'other.yaml']);
    expect(outcome.errors).toEqual([
      expect.stringMatching(/^other.yaml:11:23 note "tier" is declared at katalog.yaml:17:15 already$/),
    ]);
  });
});

describe('a mistake in a note', () => {
  it.each([
    [
      'functions: [{ name: §my-note, expression: x }]',
      '"my-note" is not a name for a note: expected a letter or "_", then letters, digits, "_"',
    ],
    [
      'functions: [{ name: §range, expression: x }]',
      'a note cannot be named "range": it is a word of the template language',
    ],
    [
      'functions: [{ name: §default, expression: x }]',
      'a note cannot be named "default": there is a built-in function of that name',
    ],
    ['functions: [{ name: a, expression: §"" }]', 'note "a" has an empty expression'],
    ["functions: [{ name: §'{{ a }}', expression: x }]", 'templates are not allowed here, found "{{ a }}"'],
    ['functions: [§{ name: a }]', 'missing required field "expression" (string)'],
    [
      'functions: [{ name: a, expression: x, §params: [] }]',
      'unknown field "params" in note; allowed: description, expression, name',
    ],
    ['functions: §5', 'expected a list of note, found "5"'],
    ["functions: { a: '{{ §nope }}' }", 'template: function "nope" is not defined'],
    ["functions: { a: '{{ §toUpper }}' }", 'template: wrong number of args for toUpper: want 1 got 0'],
    ["functions: { a: '{{ if .x }}'§ }", 'template: unexpected EOF: {{end}} is missing'],
    ["functions: { a: '{{ §b }}' }", 'template: function "b" is not defined (did you mean "a"?)'],
  ])('%s', (notes, message) => {
    expectError(compile(withNotes(notes, { x: 'y' })), message);
  });

  it('is told once, not again at the places that call the note', () => {
    const text = withNotes("functions: { a: '{{ §nope }}', b: '{{ a }}' }", { x: '{{ a }}{{ b }}' });
    expectError(compile(text), 'template: function "nope" is not defined');
  });

  it('is found with every other one of the load', () => {
    const outcome = compile(withNotes("functions: { a: '{{ nope }} {{ nape }}', if: x }", { x: '{{ nupe }}' }));
    expect(outcome.errors).toHaveLength(4);
  });

  it.each([
    ["functions: { §a: '{{ a }}' }", 'a -> a'],
    ["functions: { §a: '{{ b }}', b: '{{ if true }}{{ c }}{{ end }}', c: '{{ a | toUpper }}' }", 'a -> b -> c -> a'],
    ["functions: { in: '{{ a }}', §a: '{{ b }}', b: '{{ a }}' }", 'a -> b -> a'],
  ])('%s goes round in a circle', (notes, circle) => {
    expectError(compile(withNotes(notes, { x: '{{ a }}' })), `notes go round in a circle: ${circle}`);
  });

  it('may be that nothing calls it, not even a CRD that is not enabled', () => {
    const notes = functions(['used', '{{ inner }}'], ['inner', 'x'], ['idle', '{{ further }}'], ['further', 'y']);
    const { warnings } = compile(withNotes(notes, { a: '{{ used }}', b: 'idle', c: '{{ .spec.idle }}' }));
    expect(warnings.map((line) => line.replace(/^\S+ /, ''))).toEqual([
      'nothing calls the note "idle"',
      'nothing calls the note "further"',
    ]);
    const disabled = withNotes(functions(['used', 'x']), { a: '{{ used }}' }).replace(
      'website:',
      'website:\n      enabled: false',
    );
    expect(compile(disabled).warnings).toEqual([]);
  });

  it('is counted: a note takes no argument', () => {
    const text = withNotes(functions(TIER), { a: '{{ tier }}{{ §tier 1 }}' });
    expectError(compile(text), 'template: wrong number of args for tier: want 0 got 1');
  });

  it('at run time names the note and the place of its call', () => {
    const notes =
      "functions:\n  - name: inner\n    expression: '{{ .spec.gone.deeper }}'\n  - name: outer\n    expression: |\n      a\n      {{ inner }}";
    const outcome = compile(withNotes(notes, { a: 'x {{ outer }}' }));
    const entry = onlyCrd(outcome).onReconcile.entries[0];
    const render = (): unknown => (entry === undefined ? undefined : build(entry));
    expect(render).toThrow(TemplateExecutionError);
    expect(render).toThrow(
      'template: nil pointer evaluating interface {}.deeper: .spec.gone is missing, in note "inner" at katalog.yaml:18:28, in note "outer" at katalog.yaml:22:12',
    );
    try {
      render();
    } catch (error) {
      const { position, excerpt } = error as TemplateExecutionError;
      expect(position).toMatchObject({ line: 14, column: 26 });
      expect(excerpt.split('\n').filter((line) => line !== '')).toEqual([
        '    x {{ outer }}',
        '         ^',
        '  in note "outer" at katalog.yaml:22:12:',
        '    {{ inner }}',
        '       ^',
        '  in note "inner" at katalog.yaml:18:28:',
        '    {{ .spec.gone.deeper }}',
        '            ^',
      ]);
    }
  });

  it('cannot make a template run without end: notes take from the budget of their caller', () => {
    const doubling = Array.from(
      { length: 20 },
      (_, index) => [`n${index}`, `{{ n${index + 1} }}{{ n${index + 1} }}`] as const,
    );
    const notes = functions(...doubling, ['n20', '']).replace("'' }", "'x' }");
    const [entry] = onlyCrd(compile(withNotes(notes, { a: '{{ n0 }}' }))).onReconcile.entries;
    expect(() => (entry === undefined ? undefined : build(entry))).toThrow('stopped after 100000 steps');
  });
});
