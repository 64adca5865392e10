import { formatPosition, type JsonValue, type MapNode, ProblemList } from '../../common';
import { parseYamlDocuments } from '../source/parse-yaml';
import { toJson } from '../source/to-json';
import { golden } from '../testing/golden';
import { compile, katalogWith } from '../testing/katalog-source';
import { nestedAt } from './testing/nested-at';
import { normalise } from './normalise';
import { PlaceInFile } from './places';
import { SPELLINGS } from './spellings';

interface Result {
  readonly value: JsonValue;
  readonly root: MapNode;
  readonly problems: readonly string[];
}

function read(yaml: string): MapNode {
  const [root] = parseYamlDocuments(yaml, 'katalog.yaml', new ProblemList());
  if (root?.kind !== 'map') throw new Error('not a map');
  return root;
}

function normalised(yaml: string, place?: string): Result {
  const problems = new ProblemList();
  const root = normalise(read(yaml), problems, place === undefined ? undefined : PlaceInFile.at(place));
  const told = [...problems.errors, ...problems.warnings].map(
    ({ severity, code, message, position, path }) =>
      `${severity} ${code} ${formatPosition(position)} ${path}: ${message}`,
  );
  return { value: toJson(root), root, problems: told };
}

const crd = (body: string): string => `spec:\n  crds:\n    web:\n${body.replace(/^/gm, '      ')}\n`;
const inCrd = (value: JsonValue): JsonValue => ({ spec: { crds: { web: value } } });

describe('a row of the table', () => {
  const cases = SPELLINGS.flatMap((spelling) =>
    spelling.place.patterns.map((pattern) => [pattern, spelling.old.join('.'), spelling] as const),
  );

  it.each(cases)('at "%s" reads "%s"', (pattern, _old, { old, canonical }) => {
    const value = { x: 1 };
    const { value: found, problems } = normalised(JSON.stringify(nestedAt(pattern, old, value)));
    expect(found).toEqual(nestedAt(pattern, canonical, value));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^warning ORK1501 katalog.yaml:1:\d+ \S+: deprecated spelling "/);
  });

  it.each(cases)('at "%s" leaves what is canonical as it is beside "%s"', (pattern, _old, { canonical }) => {
    const yaml = JSON.stringify(nestedAt(pattern, canonical, { x: 1 }));
    const root = read(yaml);
    expect(normalise(root, new ProblemList())).toBe(root);
  });

  it('has a target that no other row moves away', () => {
    const olds = new Set(SPELLINGS.map(({ place, old }) => `${place.name} ${old.join('.')}`));
    const circles = SPELLINGS.filter(({ place, canonical }) => olds.has(`${place.name} ${canonical.join('.')}`));
    expect(circles).toEqual([]);
  });
});

describe('a deprecated spelling', () => {
  it('is a warning at its key, with the path as written', () => {
    expect(normalised(crd('workers: 4')).problems).toEqual([
      'warning ORK1501 katalog.yaml:4:7 spec.crds.web.workers: ' +
        'deprecated spelling "workers": write operatorBox.reconciler.workers; ork migrate --write rewrites the file',
    ]);
  });

  it('keeps position and written path of its value', () => {
    const { katalog, errors } = compile(katalogWith('', 'workers: §99'));
    expect(katalog).toBeUndefined();
    expect(errors).toEqual(['katalog.yaml:9:16 expected integer 1 to 50, found "99"']);
  });

  it.each([
    ['a block that is not there', 'workers: 4', { operatorBox: { reconciler: { workers: 4 } } }],
    ['a block without value', 'operatorBox:\nworkers: 4', { operatorBox: { reconciler: { workers: 4 } } }],
    [
      'a block with other fields',
      'operatorBox: { reconciler: { resync: 5s } }\nworkers: 4',
      { operatorBox: { reconciler: { resync: '5s', workers: 4 } } },
    ],
    [
      'a renamed block, whose own spellings are read, too',
      'idp: { target: { shop: { operatorBox: { reconcile: { queue: { maxQueueDepth: 3 } } } } } }',
      { serve: { target: { shop: { operatorBox: { reconciler: { queue: { maxDepth: 3 } } } } } } },
    ],
    [
      'both blocks of one kind',
      'operatorBox: { reconcile: { workers: 1 }, reconciler: { resync: 5s } }',
      { operatorBox: { reconciler: { resync: '5s', workers: 1 } } },
    ],
    ['nothing, when the block is empty', 'operatorBox: { runtime: {}, emit: }', { operatorBox: {} }],
    [
      'the place of a block that becomes empty',
      'operatorBox: { runtime: { ignoreStatusPatch: true } }',
      { ignoreStatusPatch: true },
    ],
  ])('moves to %s', (_where, before, after) => {
    const { value, problems } = normalised(crd(before));
    expect(value).toEqual(inCrd(after));
    expect(problems.filter((problem) => problem.startsWith('error'))).toEqual([]);
  });

  it('is left to the decoder when its target is no map', () => {
    const { value, problems } = normalised(crd('operatorBox: 5\nworkers: 4'));
    expect([value, problems]).toEqual([inCrd({ operatorBox: 5, workers: 4 }), []]);
  });

  it('is none in the data of a user', () => {
    const data = {
      operatorBox: {
        onReconcile: {
          configMaps: [{ data: { anyOf: 'x' } }],
          custom: [{ spec: { anyOf: [], workers: 1 } }],
        },
      },
      labels: { workers: 'a', idp: 'b' },
    };
    const { value, problems } = normalised(JSON.stringify({ spec: { crds: { web: data } } }));
    expect([value, problems]).toEqual([inCrd(data), []]);
  });

  it('is read in an included file at its place', () => {
    const { value } = normalised('rules: [{ field: a, anyOf: [] }]', 'spec.crds.*.validation');
    expect(value).toEqual({ rules: [{ field: 'a', or: [] }] });
  });
});

describe('the same setting in two spellings', () => {
  it.each([
    [
      'an older one',
      'workers: 4\noperatorBox: { reconciler: { workers: 5 } }',
      'error ORK1502 katalog.yaml:4:7 spec.crds.web.workers: this is operatorBox.reconciler.workers, ' +
        'which stands as spec.crds.web.operatorBox.reconciler.workers at katalog.yaml:5:36 already',
    ],
    [
      'two that are deprecated',
      'workers: 5\noperatorBox: { reconcile: { workers: 4 } }',
      'error ORK1502 katalog.yaml:5:35 spec.crds.web.operatorBox.reconcile.workers: this is reconciler.workers, ' +
        'which stands as spec.crds.web.workers at katalog.yaml:4:7 already',
    ],
    [
      'a block',
      'operatorBox: { status: { fields: [] }, emit: { status: {} } }',
      'error ORK1502 katalog.yaml:4:54 spec.crds.web.operatorBox.emit.status: this is status, ' +
        'which stands as spec.crds.web.operatorBox.status at katalog.yaml:4:22 already',
    ],
  ])('is an error that names both places: %s', (_what, yaml, message) => {
    expect(normalised(crd(yaml)).problems.filter((problem) => problem.startsWith('error'))).toEqual([message]);
  });
});

describe('a block that the language gave up', () => {
  it('says what it may hold', () => {
    expect(normalised(crd('operatorBox: { runtime: { finalisers: [], x: 1 } }')).problems).toEqual([
      'error ORK1503 katalog.yaml:4:33 spec.crds.web.operatorBox.runtime.finalisers: ' +
        'unknown field "finalisers" in the deprecated spelling "runtime" (did you mean "finalizers"?)',
      'error ORK1503 katalog.yaml:4:49 spec.crds.web.operatorBox.runtime.x: ' +
        'unknown field "x" in the deprecated spelling "runtime"; allowed: autoscale, cleanup, finalizers, ' +
        'ignoreObservedGeneration, ignoreStatusPatch, removeFinalizers, rollBackOnError, rollback',
    ]);
  });

  it('has to be a map', () => {
    expect(normalised(crd('operatorBox: { emit: 5 }')).problems).toEqual([
      'error ORK1503 katalog.yaml:4:22 spec.crds.web.operatorBox.emit: ' +
        'expected a map in the deprecated spelling "emit"; allowed: events, status',
    ]);
  });
});

describe('one Katalog in three generations', () => {
  const canonical = golden('generations/canonical.katalog.yaml');

  it.each(['first', 'third'])('is the same as in the %s one', (generation) => {
    const expected = compile(canonical);
    const old = compile(golden(`generations/${generation}.katalog.yaml`));
    expect([expected.errors, expected.warnings]).toEqual([[], []]);
    expect(old.errors).toEqual([]);
    expect(old.warnings.length).toBeGreaterThan(5);
    expect(old.problems.map(({ code }) => code).filter((code) => code !== 'ORK1501')).toEqual([]);
    expect(old.katalog?.hash).toBe(expected.katalog?.hash);
  });
});
