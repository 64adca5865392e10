import {
  type JsonObject,
  type JsonValue,
  type MapNode,
  type ProblemList as Problems,
  ProblemList,
} from '../../../common';
import { formatProblem, OrkestraError } from '../../../common';
import { parseYamlDocuments } from '../../source/parse-yaml';
import { segmentsOf } from '../../generations';
import { type SourceTexts } from '../../source/source-texts';
import { toJson } from '../../source/to-json';
import { compile, katalogWith, onlyCrd } from '../../testing/katalog-source';
import { expandIncludes } from './expand-includes';
import { type IncludeRow, KATALOG_INCLUDES, MOTIF_INCLUDES } from './include-table';

function mapOf(yaml: string, problems: Problems): MapNode {
  const [root] = parseYamlDocuments(yaml, '/k/katalog.yaml', problems);
  if (root?.kind !== 'map') throw new Error('not a map');
  return root;
}

function textsOf(files: Readonly<Record<string, string>>): SourceTexts {
  return {
    read(location) {
      const text = files[location];
      if (text !== undefined) return text;
      throw new OrkestraError({ code: 'X', kind: 'UserError', message: `${location}: no such file` });
    },
    files: () => undefined,
    variable: () => undefined,
  };
}

function expand(
  yaml: string,
  files: Readonly<Record<string, string>>,
  rows: readonly IncludeRow[] = KATALOG_INCLUDES,
): { readonly value: JsonValue; readonly problems: readonly string[] } {
  const problems = new ProblemList();
  const tree = expandIncludes(mapOf(yaml, problems), rows, { texts: textsOf(files), problems });
  return { value: toJson(tree), problems: problems.errors.map(formatProblem) };
}

/** A document with one value at a place. */
function documentWith(place: string, value: JsonValue): JsonObject {
  const nested = segmentsOf(place).reduceRight<JsonValue>(
    (inner, step) => (step === '[]' ? [inner] : { [step === '*' ? 'any' : step]: inner }),
    value,
  );
  return nested as JsonObject;
}

const blocks = [...KATALOG_INCLUDES, ...MOTIF_INCLUDES].flatMap((row) =>
  row.places.map((place) => [place, row] as const),
);

const itemBlocks = blocks.flatMap(([place, row]) => (row.form === 'item' ? [[place, row] as const] : []));

describe('a row of the table of includes', () => {
  it.each(blocks)('at %s reads its file', (place, row) => {
    const key = row.form === 'keys' ? (Object.keys(row.keys)[0] ?? '') : row.key;
    const isMap =
      row.form === 'item'
        ? row.kind === 'map'
        : ['fields', 'reconciler', 'profiles', 'clusters'].includes(key) && !place.endsWith('status');
    const held: JsonValue = isMap ? { a: { x: 1 } } : [{ a: 1 }];
    const block: JsonValue = { include: './part.yaml' };
    const written = row.form === 'item' ? (isMap ? { e: block } : [block]) : block;
    const expected: JsonValue = row.form === 'keys' ? { [key]: held } : held;
    const { value, problems } = expand(
      JSON.stringify(documentWith(place, written)),
      { '/k/part.yaml': JSON.stringify({ [key]: held }) },
      [row],
    );
    expect(problems).toEqual([]);
    expect(value).toEqual(documentWith(place, expected));
  });

  it.each(itemBlocks)('at %s refuses an include in an included file', (place, row) => {
    const block: JsonValue = { include: 'part.yaml' };
    const nested: JsonValue = { include: 'b.yaml' };
    const { problems } = expand(
      JSON.stringify(documentWith(place, row.kind === 'map' ? { e: block } : [block])),
      { '/k/part.yaml': JSON.stringify({ [row.key]: row.kind === 'map' ? { f: nested } : [nested] }) },
      [row, row],
    );
    expect(problems).toEqual([expect.stringContaining("a file that is included can't include another one")]);
  });
});

const crd = (body: string): string => `spec: { crds: { web: ${body} } }`;
const inCrd = (value: JsonValue): JsonValue => ({ spec: { crds: { web: value } } });

describe('what a file holds and what stands in the block', () => {
  it.each([
    [
      'rules of the file first',
      crd('{ validation: { include: a.yaml, rules: [{ field: b }] } }'),
      'rules: [{ field: a }]',
      inCrd({ validation: { rules: [{ field: 'a' }, { field: 'b' }] } }),
    ],
    [
      'a key of the block wins',
      crd('{ serve: { include: a.yaml, fields: { size: { max: 1 } } } }'),
      'fields: { size: { max: 9 }, zone: {} }',
      inCrd({ serve: { fields: { zone: {}, size: { max: 1 } } } }),
    ],
    [
      'a call is replaced by those of the file, in its place',
      crd('{ validation: { external: [{ name: x }, { include: a.yaml }, { name: y }] } }'),
      'calls: [{ name: a }, { name: b }]',
      inCrd({ validation: { external: [{ name: 'x' }, { name: 'a' }, { name: 'b' }, { name: 'y' }] } }),
    ],
    [
      'watches of the file first, Events of the block win',
      crd('{ operatorBox: { observe: { include: a.yaml, watch: [{ kind: B }], events: { e: { reason: R } } } } }'),
      'watch: [{ kind: A }]\nevents: { e: { reason: F }, f: {} }',
      inCrd({
        operatorBox: { observe: { watch: [{ kind: 'A' }, { kind: 'B' }], events: { f: {}, e: { reason: 'R' } } } },
      }),
    ],
    [
      'an Event of the block wins over one of the file of another',
      crd('{ operatorBox: { observe: { events: { e: { reason: R }, more: { include: a.yaml } } } } }'),
      'events: { e: { reason: F }, f: {} }',
      inCrd({ operatorBox: { observe: { events: { e: { reason: 'R' }, f: {} } } } }),
    ],
    [
      'settings of a reconciler one by one, arguments of hooks too',
      crd('{ operatorBox: { reconciler: { include: a.yaml, workers: 2, hooks: { args: { a: x } } } } }'),
      'reconciler: { workers: 9, resync: 1m, hooks: { function: f, args: { a: f, b: f } } }',
      inCrd({
        operatorBox: { reconciler: { workers: 2, resync: '1m', hooks: { function: 'f', args: { a: 'x', b: 'f' } } } },
      }),
    ],
    [
      'a token of the block wins by its name',
      'gateway: { api: { auth: { include: a.yaml, tokens: [{ name: ci, token: b }] } } }',
      'tokens: [{ name: ci, token: a }, { name: ops }]',
      { gateway: { api: { auth: { tokens: [{ name: 'ops' }, { name: 'ci', token: 'b' }] } } } },
    ],
    [
      'a cluster of the block wins by its name',
      'gateway: { clusters: { include: a.yaml, east: { endpoint: b } } }',
      'clusters: { east: { endpoint: a }, west: {} }',
      { gateway: { clusters: { west: {}, east: { endpoint: 'b' } } } },
    ],
    [
      'both forms of notes',
      'notes: { include: a.yaml, functions: [{ name: b, expression: y }] }',
      'functions: { a: x }',
      {
        notes: {
          functions: [
            { name: 'a', expression: 'x' },
            { name: 'b', expression: 'y' },
          ],
        },
      },
    ],
    [
      'profiles class by class',
      'profiles: { include: a.yaml, pdb: [{ name: b }] }',
      'profiles: { pdb: [{ name: a }], hpa: [{ name: h }] }',
      { profiles: { pdb: [{ name: 'a' }, { name: 'b' }], hpa: [{ name: 'h' }] } },
    ],
  ])('%s', (_what, yaml, file, expected) => {
    expect(expand(yaml, { '/k/a.yaml': file })).toEqual({ value: expected, problems: [] });
  });
});

describe('an include that is wrong', () => {
  it.each<[string, string, Readonly<Record<string, string>>, string]>([
    [
      'no such file',
      'notes: { include: a.yaml }',
      {},
      '/k/katalog.yaml:1:19: include: /k/a.yaml: no such file (notes.include) [ORK1601]',
    ],
    [
      'another key in the file',
      'notes: { include: a.yaml }',
      { '/k/a.yaml': 'functions: []\nfunktions: []' },
      '/k/a.yaml:2:1: unknown field "funktions" in an included file (did you mean "functions"?) (funktions) ' +
        '(used at /k/katalog.yaml:1:19) [ORK1611]',
    ],
    [
      'a bare list',
      crd('{ validation: { include: a.yaml } }'),
      { '/k/a.yaml': '[{ field: a }]' },
      '/k/katalog.yaml:1:47: include: /k/a.yaml: expected one document that is a map (spec.crds.web.validation.include) [ORK1601]',
    ],
    [
      'no such key in the file',
      crd('{ validation: { include: a.yaml } }'),
      { '/k/a.yaml': '{}' },
      '/k/katalog.yaml:1:47: include: a.yaml holds no "rules:" (spec.crds.web.validation.include) [ORK1611]',
    ],
    [
      'a map where a list belongs',
      crd('{ validation: { include: a.yaml } }'),
      { '/k/a.yaml': 'rules: { a: b }' },
      '/k/a.yaml:1:8: expected a list under "rules" of an included file, found a map (rules) (used at /k/katalog.yaml:1:47) [ORK1611]',
    ],
    [
      'a URL',
      'notes: { include: "https://example.org/a.yaml" }',
      {},
      '/k/katalog.yaml:1:19: include: https://example.org/a.yaml: a file beside this one is included, never one by its address (notes.include) [ORK1611]',
    ],
    ['a template', 'notes: { include: "{{ .x }}.yaml" }', {}, '/k/katalog.yaml:1:19: '],
    [
      'a neighbour that would be lost',
      crd('{ validation: { external: [{ include: a.yaml, name: x }] } }'),
      { '/k/a.yaml': 'calls: []' },
      '/k/katalog.yaml:1:68: "include" puts the entries of a file in the place of this one: "name" would be lost',
    ],
    [
      'an include of an included block',
      crd('{ operatorBox: { reconciler: { include: a.yaml } } }'),
      { '/k/a.yaml': 'reconciler: { hooks: { external: [{ include: b.yaml }] } }' },
      "/k/a.yaml:1:46: include: b.yaml: a file that is included can't include another one",
    ],
  ])('%s', (_what, yaml, files, expected) => {
    const { problems } = expand(yaml, files);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(expected);
  });
});

describe('a Katalog with includes', () => {
  const status = 'status:\n  include: ./status.yaml\n  fields:\n    - { path: url, value: b }';

  it('runs with what the files hold', () => {
    const outcome = compile({
      'katalog.yaml': katalogWith(`reconciler: { include: parts/reconciler.yaml, workers: 2 }\n${status}`),
      'status.yaml': 'fields:\n  - { path: phase, value: a }\n',
      'parts/reconciler.yaml': 'reconciler: { workers: 9, resync: 5m }\n',
    });
    const crd = onlyCrd(outcome);
    expect(crd.status.fields.map(({ path }) => path.join('.'))).toEqual(['phase', 'url']);
    expect([crd.workers.value, crd.resyncMs.value]).toEqual([2, 300_000]);
    expect(outcome.warnings.filter((warning) => warning.includes('include'))).toEqual([]);
  });

  it('tells a mistake at its place in the file, and where that is used', () => {
    const { errors, marked, problems } = compile({
      'status.yaml': 'fields:\n  - { path: phase, value: a, type: §boolish }\n',
      'katalog.yaml': katalogWith(status),
    });
    expect(errors).toEqual([expect.stringContaining(`${marked} expected one of string`)]);
    expect(problems[0]?.position.usedAt).toMatchObject({ line: 11, column: 20 });
  });
});
