import { type JsonObject, type JsonValue } from '../../../common';
import { compile, katalogWith, type Outcome } from '../../testing/katalog-source';

const HEAD = 'apiVersion: orkestra.orkspace.io/v1\nkind: Motif\nmetadata: { name: cache }\n';
const IMPORTS = 'imports:\n  - motif: ./motif.yaml';

/** Compiles a Katalog that imports one Motif. */
function importing(motif: string, withValues = '', files: Readonly<Record<string, string>> = {}, box = ''): Outcome {
  const imports = withValues === '' ? IMPORTS : `${IMPORTS}\n    with: ${withValues}`;
  return compile({ 'katalog.yaml': katalogWith(box, imports), 'motif.yaml': HEAD + motif, ...files });
}

/** The CRD entry after expansion. */
function expanded({ katalog, errors }: Outcome): JsonObject {
  if (katalog === undefined) throw new Error(errors.join('\n'));
  const { crds } = katalog.expanded['spec'] as { readonly crds: Readonly<Record<string, JsonObject>> };
  return crds['website'] as JsonObject;
}

function boxOf(outcome: Outcome): JsonObject {
  return expanded(outcome)['operatorBox'] as JsonObject;
}

const input = (name: string, rest = ''): string => `inputs: [{ name: ${name}${rest} }]\n`;
const maps = (...items: readonly string[]): string =>
  `resources:\n  configMaps:\n${items.map((item) => `    - ${item}`).join('\n')}\n`;

/** The config maps of onReconcile after expansion. */
function configMaps(outcome: Outcome): readonly JsonValue[] {
  const block = boxOf(outcome)['onReconcile'] as { readonly configMaps?: readonly JsonValue[] } | undefined;
  return block?.configMaps ?? [];
}

describe('what a Motif brings to a CRD entry', () => {
  it('comes behind what the entry says itself', () => {
    const outcome = importing(
      [
        'resources:',
        '  configMaps: [{ name: motif }]',
        '  onCreate:',
        '    configMaps: [{ name: motif-once }]',
        'status:',
        '  conditions: false',
        '  fields: [{ path: b, value: motif }]',
      ].join('\n'),
      '',
      {},
      [
        'onReconcile: { configMaps: [{ name: own }] }',
        'onCreate: { configMaps: [{ name: own-once }] }',
        'status: { conditions: classic, fields: [{ path: a, value: own }] }',
      ].join('\n'),
    );
    expect(boxOf(outcome)).toEqual({
      onReconcile: { configMaps: [{ name: 'own' }, { name: 'motif' }] },
      onCreate: { configMaps: [{ name: 'own-once' }, { name: 'motif-once' }] },
      status: {
        conditions: 'classic',
        fields: [
          { path: 'a', value: 'own' },
          { path: 'b', value: 'motif' },
        ],
      },
    });
    expect(expanded(outcome)).not.toHaveProperty('imports');
    expect(outcome.katalog?.crds[0]?.status.fields).toHaveLength(2);
  });

  it('keeps "conditions" of a status without fields', () => {
    const motif = 'status: { conditions: true, fields: [{ path: a, value: b }] }';
    const { status } = boxOf(importing(motif, '', {}, 'status: { conditions: false }'));
    expect(status).toEqual({ conditions: false, fields: [{ path: 'a', value: 'b' }] });
    expect(boxOf(importing(motif)).status).toMatchObject({ conditions: true });
  });

  it('is rules and calls of admission', () => {
    const motif = [
      'admission:',
      '  validation:',
      '    rules: [{ field: spec.b, message: b, exists: true }]',
      '    external: [{ name: motif, url: "http://b.example" }]',
      '  mutation: { mutateFirst: false, rules: [{ field: spec.b, default: b }] }',
    ].join('\n');
    const crd =
      'validation: { external: [{ name: own, url: "http://a.example" }], rules: [{ field: spec.a, message: a, operator: exists }] }\n' +
      `${IMPORTS}\nmutation: { mutateFirst: true, rules: [{ field: spec.a, default: a }] }`;
    const outcome = compile({
      'katalog.yaml': katalogWith('', crd),
      'motif.yaml': HEAD + motif.replace('exists: true', 'operator: exists'),
    });
    expect(expanded(outcome)).toMatchObject({
      validation: { rules: [{ field: 'spec.a' }, { field: 'spec.b' }], external: [{ name: 'own' }, { name: 'motif' }] },
      mutation: { mutateFirst: true, rules: [{ field: 'spec.a' }, { field: 'spec.b' }] },
    });
  });

  it('is an onDelete: stages come after those of the entry, which become one', () => {
    const motif =
      'resources:\n  onDelete: { ordered: true, timeout: 1m, groups: [{ name: b, configMaps: [{ name: b }] }] }';
    expect(boxOf(importing(motif))['onDelete']).toMatchObject({ ordered: true, groups: [{ name: 'b' }] });
    const own = 'onDelete: { ordered: true, configMaps: [{ name: a }] }';
    expect(boxOf(importing(motif, '', {}, own))['onDelete']).toEqual({
      ordered: true,
      timeout: '1m',
      groups: [{ configMaps: [{ name: 'a' }] }, { name: 'b', configMaps: [{ name: 'b' }] }],
    });
  });

  it('is of several Motifs in their order, and includes files beside the Motif', () => {
    const outcome = compile({
      'katalog.yaml': katalogWith('', 'imports: [{ motif: parts/a }, { motif: parts/b.yaml }]'),
      'parts/a/motif.yaml': `${HEAD}status: { include: status.yaml }\n`,
      'parts/a/status.yaml': 'fields: [{ path: a, value: a }]',
      'parts/b.yaml': `${HEAD}status: { fields: [{ path: b, value: b }] }\n`,
    });
    expect(boxOf(outcome)['status']).toMatchObject({ fields: [{ path: 'a' }, { path: 'b' }] });
  });
});

describe('an input', () => {
  it.each<[string, string, string, JsonValue]>([
    ['a text', ', type: string', '{ x: a }', 'a'],
    ['a text of digits', '', '{ x: 8080 }', '8080'],
    ['a whole number', ', type: integer', '{ x: 3 }', 3],
    ['a number', ', type: number', '{ x: 0.5 }', 0.5],
    ['a boolean', ', type: bool', '{ x: true }', true],
    ['a boolean in quotes', ', type: boolean', '{ x: "false" }', false],
    ['a template', ', type: integer', '{ x: "{{ .spec.replicas }}" }', '{{ .spec.replicas }}'],
    ['its default', ', type: integer, default: 7', '', 7],
    ['no value', '', '', ''],
    ['no value of a number', ', type: integer', '', null],
    ['an empty text that counts', ', required: true', '{ x: "" }', ''],
  ])('is %s', (_what, rest, values, expected) => {
    const outcome = importing(
      `${input('x', rest)}status: { fields: [{ path: p, value: a }] }\nadmission: { mutation: { rules: [{ field: spec.a, default: "{{ .inputs.x }}" }] } }`,
      values,
    );
    const { mutation } = expanded(expected === null ? compileMutation(rest) : outcome) as {
      readonly mutation: { readonly rules: readonly JsonObject[] };
    };
    expect(mutation.rules[0]?.['default']).toEqual(expected);
  });

  function compileMutation(rest: string): Outcome {
    return importing(
      `${input('x', rest)}admission: { mutation: { rules: [{ field: spec.a, override: b, default: "{{ inputs.x }}" }] } }`,
    );
  }

  it.each<[string, string, string]>([
    ['{{ .metadata.name }}-{{ .inputs.x }}', 'a', '{{ .metadata.name }}-a'],
    ['{{ .metadata.name }}-{{ $.inputs.x }}', '{{ .spec.a }}', '{{ .metadata.name }}-{{ .spec.a }}'],
    ['{{ inputs.x }}s', 'a', 'as'],
    ['{{ toUpper .inputs.x }}', 'ab', 'AB'],
    ['{{ if eq .inputs.x "a" }}is{{ else }}is not{{ end }} it', 'a', 'is it'],
    ['a{{- .inputs.x -}} b', 'x', 'axb'],
    ['{{ printf "%s-%s" .metadata.name .inputs.x }}', 'a"b', '{{ printf "%s-%s" .metadata.name "a\\"b" }}'],
    ['{{ toUpper .inputs.x }}', '{{ .spec.a }}', '{{ toUpper (.spec.a) }}'],
    ['{{ toUpper .inputs.x }}', '5%-{{ .spec.a }}', '{{ toUpper (printf "5%%-%v" (.spec.a)) }}'],
    ['{{ .inputs.x | default "d" }}', '', 'd'],
    ['{{ toUpper "own" }}', 'a', '{{ toUpper "own" }}'],
    ['{{ myNote .inputs.x }}', 'a', '{{ myNote "a" }}'],
  ])('in %s is put in as %s: %s', (template, value, expected) => {
    const { problems, katalog } = importing(
      `${input('x')}status: { fields: [{ path: p, value: ${JSON.stringify(template)} }] }`,
      `{ x: ${JSON.stringify(value)} }`,
    );
    if (expected.includes('myNote')) {
      expect(problems[0]?.message).toContain('myNote');
      return;
    }
    const entry = (katalog?.expanded['spec'] as { crds: Record<string, { operatorBox: JsonObject }> }).crds['website'];
    expect(entry?.operatorBox['status']).toEqual({ fields: [{ path: 'p', value: expected }] });
  });

  it('may be a number in a template, and a key', () => {
    const outcome = importing(
      `${input('n', ', type: integer')}resources: { configMaps: [{ name: c, data: { "k{{ .inputs.n }}": "{{ add .inputs.n 1 }}" } }] }`,
      '{ n: 2 }',
    );
    expect(configMaps(outcome)).toEqual([{ name: 'c', data: { k2: '3' } }]);
  });
});

describe('a condition of a resource of a Motif', () => {
  const entry = (conditions: string): string => maps(`{ name: c, ${conditions} }`);

  it.each<[string, string, JsonValue]>([
    ['when: [{ field: "{{ .inputs.x }}", equals: pro }]', 'pro', { name: 'c' }],
    ['when: [{ field: "{{ .inputs.x }}", equals: pro }]', 'free', null],
    ['when: [{ field: "{{ .inputs.x }}", notEquals: pro }]', 'free', { name: 'c' }],
    ['when: [{ field: "{{ .inputs.x }}", in: "a, b" }]', 'b', { name: 'c' }],
    ['when: [{ field: "{{ .inputs.x }}", in: "a, b" }]', 'c', null],
    ['when: [{ field: "{{ .inputs.x }}", greaterThan: 5 }]', '7', { name: 'c' }],
    ['when: [{ field: "{{ .inputs.x }}", greaterThan: 5 }]', '3', null],
    ['when: [{ field: "{{ .inputs.x }}", regex: "^v[0-9]" }]', 'v2', { name: 'c' }],
    ['when: [{ field: "{{ .inputs.x }}", exists: true }]', '', null],
    ['when: [{ field: "{{ .inputs.x }}", exists: false }]', '', { name: 'c' }],
    ['when: [{ field: "{{ .inputs.x }}", equals: pro, negate: true }]', 'pro', null],
    ['when: [{ field: "{{ eq .inputs.x \\"pro\\" }}", equals: true }]', 'pro', { name: 'c' }],
    ['when: [{ field: pro, equals: "{{ .inputs.x }}" }]', 'pro', { name: 'c' }],
    ['or: [{ field: "{{ .inputs.x }}", equals: a }, { field: "{{ .inputs.x }}", equals: b }]', 'b', { name: 'c' }],
    ['or: [{ field: "{{ .inputs.x }}", equals: a }, { field: "{{ .inputs.x }}", equals: b }]', 'c', null],
    [
      'when: [{ field: "{{ .inputs.x }}", equals: pro }, { field: "{{ .spec.cache }}", equals: "true" }]',
      'pro',
      { name: 'c', when: [{ field: '{{ .spec.cache }}', equals: 'true' }] },
    ],
    [
      'or: [{ field: "{{ .inputs.x }}", equals: pro }, { field: "{{ .spec.cache }}", equals: "true" }]',
      'pro',
      { name: 'c' },
    ],
    [
      'or: [{ field: "{{ .inputs.x }}", equals: pro }, { field: "{{ .spec.cache }}", equals: "true" }]',
      'free',
      { name: 'c', or: [{ field: '{{ .spec.cache }}', equals: 'true' }] },
    ],
    [
      'when: [{ field: "{{ .inputs.x }}", equals: "{{ .spec.tier }}" }]',
      'pro',
      { name: 'c', when: [{ field: '{{ "pro" }}', equals: '{{ .spec.tier }}' }] },
    ],
    ['when: [{ dayOfWeek: { weekday: true } }]', '', { name: 'c', when: [{ dayOfWeek: { weekday: true } }] }],
    [
      'when: [{ field: spec.host, operator: unique }]',
      '',
      { name: 'c', when: [{ field: 'spec.host', operator: 'unique' }] },
    ],
  ])('%s with "%s"', (conditions, x, expected) => {
    const outcome = importing(input('x') + entry(conditions), `{ x: "${x}" }`);
    expect(configMaps(outcome)).toEqual(expected === null ? [] : [expected]);
    expect(outcome.warnings.filter((warning) => warning.includes('no path of the CR'))).toEqual([]);
  });

  it('that looks like a path is taken for a text, with a warning', () => {
    const outcome = importing(entry('when: [{ field: §spec.tier, equals: gold }]'));
    expect(configMaps(outcome)).toEqual([]);
    expect(outcome.warnings).toContainEqual(
      `motif.yaml:6:34 in a resource of a Motif "spec.tier" is a text, and no path of the CR: write "{{ .spec.tier }}"`,
    );
  });

  it('with a mistake stays, and is told', () => {
    const { errors, marked } = importing(entry('when: [{ field: pro, operator: §equalls, value: pro }]'));
    expect(errors).toEqual([`${String(marked)} unknown operator "equalls" (did you mean "equals"?)`]);
  });

  it('outside of resources keeps its path, and takes an input for a text', () => {
    const motif = `${input('x')}status: { fields: [{ path: p, value: a, when: [{ field: spec.tier, equals: gold }, { field: "{{ .inputs.x }}", equals: pro }] }] }`;
    expect(boxOf(importing(motif, '{ x: pro }'))['status']).toEqual({
      fields: [
        {
          path: 'p',
          value: 'a',
          when: [
            { field: 'spec.tier', equals: 'gold' },
            { field: '{{ "pro" }}', equals: 'pro' },
          ],
        },
      ],
    });
  });

  it('of a block is one of each of its entries', () => {
    const motif = [
      'resources:',
      '  when: [{ field: "{{ .spec.a }}", equals: x }]',
      '  or: [{ field: "{{ .spec.b }}", equals: x }, { field: "{{ .spec.c }}", equals: x }]',
      '  configMaps:',
      '    - { name: c }',
      '    - { name: d, when: [{ field: "{{ .spec.d }}", equals: x }], or: [{ field: "{{ .spec.e }}", equals: x }] }',
      '  onCreate:',
      '    configMaps: [{ name: e }]',
    ].join('\n');
    const at = (name: string): JsonObject => ({ field: `{{ .spec.${name} }}`, equals: 'x' });
    const outcome = importing(motif);
    expect(configMaps(outcome)).toEqual([
      { name: 'c', when: [at('a')], or: [at('b'), at('c')] },
      { name: 'd', when: [at('a'), at('d'), at('e')], or: [at('b'), at('c')] },
    ]);
    expect(boxOf(outcome)['onCreate']).toEqual({
      configMaps: [{ name: 'e', when: [at('a')], or: [at('b'), at('c')] }],
    });
  });

  it('of a block with alternatives does not go with alternatives of an entry', () => {
    const or = '[{ field: "{{ .spec.b }}", equals: x }, { field: "{{ .spec.c }}", equals: x }]';
    const { errors, marked } = importing(`resources:\n  or: ${or}\n  configMaps:\n    - name: c\n      or: §${or}\n`);
    expect(errors).toEqual([expect.stringContaining(`${String(marked)} this entry and its block have alternatives`)]);
  });
});

describe('a mistake', () => {
  it.each<[string, string, string, string]>([
    [
      'a name of no input',
      input('size') + maps('{ name: "{{ §.inputs.sise }}" }'),
      '',
      'the Motif has no input "sise" (did you mean "size"?)',
    ],
    [
      'inputs as a whole',
      input('a') + maps('{ name: "{{ index §.inputs \\"a\\" }}" }'),
      '',
      'an input is taken by its name: .inputs.<name>',
    ],
    ['a Motif without inputs', maps('{ name: "{{ §.inputs.a }}" }'), '', 'the Motif has no input "a"; it has none'],
    [
      'two inputs of one name',
      'inputs: [{ name: a }, { name: §a }]',
      '',
      'input "a" is declared at motif.yaml:4:18 already',
    ],
    [
      'a default of another type',
      'inputs: [{ name: a, type: integer, default: §x }]',
      '',
      'input "a" takes a whole number, found "x"',
    ],
    [
      'an unknown type',
      'inputs: [{ name: a, type: §int }]',
      '',
      'expected one of string, integer, number, bool, boolean, found "int"',
    ],
    ['an unknown key', '§resource: {}', '', 'unknown field "resource" in Motif (did you mean "resources"?)'],
    ['a key of a block', 'resources: { configMaps: [], §ordered: true }', '', 'unknown field "ordered" in block'],
    [
      'a value with a branch in braces of others',
      `${input('a')}status: { fields: [{ path: p, value: "{{ toUpper §.inputs.a }}" }] }`,
      '{ a: "{{ if .spec.a }}x{{ end }}" }',
      'can only stand in braces of its own',
    ],
    [
      'a template',
      'status: { fields: [{ path: p, value: "a {{ §nope }}" }] }',
      '',
      'template: function "nope" is not defined',
    ],
  ])('in the Motif is told at its place: %s', (_what, motif, values, message) => {
    const { errors, marked, problems } = importing(motif, values);
    expect(errors.join('\n')).toContain(`${String(marked)} `);
    expect(errors.join('\n')).toContain(message);
    expect(errors).toHaveLength(1);
    expect(problems[0]?.position.usedAt).toMatchObject({ line: 10, column: 18 });
  });

  it('behind a value that was put in is told at its place', () => {
    const motif = `${input('a')}status: { fields: [{ path: p, value: "{{ .inputs.a }}-{{ §nope }}" }] }`;
    const { errors, marked } = importing(motif, '{ a: a-long-value }');
    expect(errors).toEqual([expect.stringContaining(`${String(marked)} template: function "nope" is not defined`)]);
  });

  it.each<[string, string, string, string]>([
    [
      'an unknown input',
      input('size'),
      'with: { §sise: a }',
      'Motif "cache" has no input "sise" (did you mean "size"?)',
    ],
    [
      'a value of another type',
      input('n', ', type: integer'),
      'with: { n: §a }',
      'input "n" takes a whole number, found "a"',
    ],
    [
      'half a number',
      input('n', ', type: integer'),
      'with: { n: §1.5 }',
      'input "n" takes a whole number, found "1.5"',
    ],
    [
      'a boolean of another word',
      input('n', ', type: bool'),
      'with: { n: §yes }',
      'input "n" takes true or false, found "yes"',
    ],
    ['a list', input('n'), 'with: { n: §[a] }', 'expected string'],
    ['a version of a file', '', 'version: §v1', 'a file has no version'],
    ['a login for a file', '', 'auth: §{ type: bearer, fromEnv: T }', 'auth is for packages and URLs'],
  ])('at the import is told there: %s', (_what, motif, more, message) => {
    const { errors, marked } = compile({
      'katalog.yaml': katalogWith('', `imports:\n  - motif: motif.yaml\n    ${more}`),
      'motif.yaml': HEAD + motif,
    });
    expect(errors).toEqual([expect.stringContaining(`${String(marked)} ${message}`)]);
  });

  it('is a value that is missing', () => {
    const { errors } = importing(input('size', ', required: true'), '{}');
    expect(errors).toEqual(['katalog.yaml:10:11 Motif "cache" needs a value for its input "size"']);
  });

  it.each<[string, string, string]>([
    ['no file', '', 'motif: none.yaml: no such file'],
    ['another kind', 'kind: Katalog', 'expected kind: Motif, found "Katalog"'],
    ['no kind', 'metadata: { name: x }', 'expected kind: Motif, found no kind'],
    ['no name', 'apiVersion: orkestra.orkspace.io/v1\nkind: Motif\nmetadata: {}', 'missing required field "name"'],
    ['another version', 'apiVersion: v2\nkind: Motif\nmetadata: { name: x }', 'unknown apiVersion "v2"'],
    ['no YAML', 'a: [', ''],
  ])('is a file that is no Motif: %s', (_what, text, message) => {
    const { errors } = compile({
      'katalog.yaml': katalogWith('', 'imports: [{ motif: none.yaml }]'),
      ...(text === '' ? {} : { 'none.yaml': text }),
    });
    expect(errors[0]).toContain(message);
    expect(errors[0]).toMatch(text === '' ? /^katalog.yaml:9:26 / : /^none.yaml:/);
  });
});

describe('Motifs in Motifs', () => {
  const nested = (imports: string, more = ''): string => `${HEAD}${more}imports: [${imports}]\n`;

  it('come behind the one that imports them, with values of its inputs', () => {
    const outcome = importing(
      `${input('size', ', type: integer')}imports: [{ motif: inner/motif.yaml, with: { name: "c-{{ .inputs.size }}" } }]\n${maps('{ name: outer }')}`,
      '{ size: 3 }',
      { 'inner/motif.yaml': HEAD + input('name') + maps('{ name: "{{ .inputs.name }}" }') },
    );
    expect(configMaps(outcome)).toEqual([{ name: 'outer' }, { name: 'c-3' }]);
  });

  it('that go round in a circle are told with the way', () => {
    const { errors, marked, problems } = compile({
      'katalog.yaml': katalogWith('', 'imports: [{ motif: a.yaml }]'),
      'b.yaml': nested('{ motif: §a.yaml }'),
      'a.yaml': nested('{ motif: b.yaml }'),
    });
    expect(errors).toEqual([`${String(marked)} Motifs go round in a circle: a.yaml -> b.yaml -> a.yaml`]);
    expect(problems[0]?.position.usedAt?.usedAt).toMatchObject({ line: 9 });
  });
});

describe('Motifs of spec.imports', () => {
  const notes = 'notes: { functions: { shout: "{{ toUpper .metadata.name }}" } }\n';
  const shared = (text: string): string => text.replace('spec:\n', 'spec:\n  imports: [{ motif: motif.yaml }]\n');
  const box = 'status: { fields: [{ path: p, value: "{{ shout }}" }] }';

  it('bring notes, and nothing else', () => {
    const { katalog, errors, warnings } = compile({
      'katalog.yaml': shared(katalogWith(box)),
      'motif.yaml': HEAD + input('x', ', required: true') + notes + maps('{ name: c }'),
    });
    expect(errors).toEqual([]);
    expect(katalog?.notes.map(({ name }) => name)).toEqual(['shout']);
    expect(katalog?.crds[0]?.onReconcile.entries).toEqual([]);
    expect(warnings.filter((warning) => !warning.includes('plural'))).toEqual([]);
  });

  it('are overruled by a note of the Katalog', () => {
    const own = 'notes: { functions: [{ name: shout, expression: own }] }\n';
    const { katalog } = compile({ 'katalog.yaml': shared(katalogWith(box)) + own, 'motif.yaml': HEAD + notes });
    expect(katalog?.notes.map(({ expression }) => expression)).toEqual(['own']);
  });

  it('may not bring one note twice', () => {
    const { errors } = compile({
      'katalog.yaml': katalogWith(box).replace(
        'spec:\n',
        'spec:\n  imports: [{ motif: motif.yaml }, { motif: b.yaml }]\n',
      ),
      'motif.yaml': HEAD + notes,
      'b.yaml': HEAD + notes,
    });
    expect(errors).toEqual([expect.stringContaining('note "shout" is declared at motif.yaml:4:23 already')]);
  });

  it('that bring nothing are a warning, and so are notes at a CRD entry, once they come from nowhere else', () => {
    const idle = compile({ 'katalog.yaml': shared(katalogWith('')), 'motif.yaml': HEAD + maps('{ name: c }') });
    expect(idle.warnings.join('\n')).toContain('katalog.yaml:6:22 Motif "cache" has neither notes nor profiles');
    const lost = importing(notes);
    expect(lost.warnings.join('\n')).toContain('motif.yaml:4:8 notes and profiles of Motif "cache" count where');
    const both = compile({ 'katalog.yaml': shared(katalogWith(box, IMPORTS)), 'motif.yaml': HEAD + notes });
    expect(both.warnings.join('\n')).not.toContain('count where');
  });
});
