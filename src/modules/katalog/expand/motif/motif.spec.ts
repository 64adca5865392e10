import { type JsonObject, type JsonValue } from '../../../common';
import { compile, katalogWith } from '../../testing/katalog-source';
import {
  boxOf,
  configMaps,
  expanded,
  expandedNode,
  HEAD,
  importing,
  IMPORTS,
  input,
  maps,
} from '../../testing/motif-source';

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
    // A rule has to be there when nothing is left of the default.
    const override = expected === null ? 'override: b, ' : '';
    const rules = `[{ field: spec.a, ${override}default: "{{ .inputs.x }}" }]`;
    const { mutation } = expandedNode(`${input('x', rest)}admission: { mutation: { rules: ${rules} } }`, values) as {
      readonly mutation: { readonly rules: readonly JsonObject[] };
    };
    expect(mutation.rules[0]?.['default']).toEqual(expected);
  });

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
