// Files of tests: `§` marks the place where the one problem has to be.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { formatPosition, ProblemList } from '../../common';
import { checkSuite, type SuiteKind } from './check-suite';
import { type SimulateOptions } from './simulate.rules';
import { type SuiteSummary } from './suite-summary';

const MARK = '§';
let folder: string;

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'orkestra-suite-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Outcome {
  readonly summary: SuiteSummary | undefined;
  readonly errors: readonly string[];
  readonly unrunnable: readonly string[];
  readonly marked: string | undefined;
}

const BESIDE = { 'katalog.yaml': '', 'cr.yaml': '', 'crd.yaml': '' };

function check(
  kind: SuiteKind,
  text: string,
  more: Readonly<Record<string, string>> = {},
  options: SimulateOptions = {},
): Outcome {
  let marked: string | undefined;
  for (const [name, content] of Object.entries({ ...BESIDE, 'suite.yaml': text, ...more })) {
    const before = content.split(MARK)[0]?.split('\n') ?? [];
    if (content.includes(MARK)) marked = `${name}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content.replace(MARK, ''));
  }
  const problems = new ProblemList();
  const summary = checkSuite(join(folder, 'suite.yaml'), kind, problems, options);
  const errors = problems.errors.map(
    ({ position, message }) =>
      `${formatPosition({ ...position, file: relative(folder, position.file) })} ${message.replaceAll(`${folder}/`, '')}`,
  );
  return { summary, errors, unrunnable: problems.unrunnable.map(({ message }) => message), marked };
}

const HEAD = (kind: string): string => `apiVersion: orkestra.orkspace.io/v1\nkind: ${kind}\nmetadata: { name: demo }\n`;
const SPEC = 'spec:\n  katalog: katalog.yaml\n  cr: cr.yaml\n';
const SIMULATE = HEAD('Simulate');
const E2E = HEAD('E2E');
const CHECK = '    - { name: there, resources: [{ kind: Pod }] }\n';

describe('a Simulate file', () => {
  it('is told of, with what it includes', () => {
    const { summary, errors, unrunnable } = check(
      'Simulate',
      `${SIMULATE}${SPEC}  cycles: 4\n  expect:\n    ops: [{ include: ops.yaml }, { verb: patch, resource: status }]\n    absent: [{ resource: secrets }]\n`,
      { 'ops.yaml': 'ops: [{ verb: create, resource: pods }, { verb: create, resource: jobs }]' },
    );
    expect(errors).toEqual([]);
    expect(summary).toMatchObject({ name: 'demo', cycles: 4, ops: 3, absent: 1, crs: ['cr.yaml'] });
    expect(unrunnable).toEqual(['this version checks the file; ork simulate, which runs it, is not there yet']);
  });

  it('may name no resource when it is given one', () => {
    const text = `${SIMULATE}spec: { katalog: katalog.yaml }\n`;
    expect(check('Simulate', text).errors).toHaveLength(1);
    expect(check('Simulate', text, {}, { withoutCr: true }).errors).toEqual([]);
  });

  it('may only import others; theirs are problems of its own', () => {
    const text = `${SIMULATE}imports: [./other/simulate.yaml]\n`;
    const other = `${SIMULATE}spec:\n  katalog: ../katalog.yaml\n  cr: §./cr.yaml\n`;
    const { errors, marked } = check('Simulate', text, { 'other/simulate.yaml': other });
    expect(errors).toEqual([`${marked ?? ''} ./cr.yaml: no such file`]);
  });

  it.each([
    ['§- a\n', 'expected one document that is a map'],
    [`§${SIMULATE}`, 'expected "spec", or "imports" of other Simulate files'],
    [`${SIMULATE}spec:\n  §cr: cr.yaml\n`, 'missing required field "katalog" (string without template)'],
    [`${SIMULATE}spec:\n  katalog: §kataloge.yaml\n  cr: cr.yaml\n`, 'kataloge.yaml: no such file'],
    [
      `${SIMULATE}spec:\n  katalog: §https://a.example/katalog.yaml\n  cr: cr.yaml\n`,
      'https://a.example/katalog.yaml: tests name files of this machine',
    ],
    [`${SIMULATE}spec:\n  §katalog: katalog.yaml\n`, 'expected "cr" or "crFiles": the resource to reconcile'],
    [`${SIMULATE}${SPEC}  §cicles: 3\n`, 'unknown field "cicles" in Simulate spec (did you mean "cycles"?)'],
    [`${SIMULATE}${SPEC}  cycles: §0\n`, 'expected integer 1 or more, found "0"'],
    [
      `${SIMULATE}${SPEC}imports: §[suite.yaml]\n`,
      '"imports" belongs to a file without "spec": none of them would run',
    ],
    [`${SIMULATE}imports: [§katalog.yaml]\n`, 'imports: katalog.yaml: expected one document that is a map'],
    [
      `${SIMULATE}${SPEC}  expect:\n    ops: [{ verb: §created, resource: pods }]\n`,
      'expected one of create, apply, update, delete, patch, found "created" (did you mean "create"?)',
    ],
    [`${SIMULATE}${SPEC}  expect:\n    ops: [§{ resource: pods }]\n`, /missing required field "verb"/],
    [`${SIMULATE}${SPEC}  expect:\n    ops: [{ include: §gone.yaml }]\n`, 'include: gone.yaml: no such file'],
    [`${SIMULATE.replace('orkestra.orkspace.io/v1', '§orkestra.orkspace.io/v9')}${SPEC}`, /unknown apiVersion/],
  ] as readonly (readonly [string, string | RegExp])[])('%#: one problem at its place', (text, message) => {
    const { errors, marked } = check('Simulate', text);
    expectOne(errors, marked, message);
  });

  it('is no E2E file, and goes in no circle', () => {
    const { errors, marked } = check('Simulate', `${SIMULATE}imports: [e2e.yaml]\n`, {
      'e2e.yaml': E2E.replace('E2E', '§E2E'),
    });
    expect(errors).toEqual([`${marked ?? ''} expected kind: Simulate, found E2E`]);
    const circle = check('Simulate', `${SIMULATE}imports: [b.yaml]\n`, {
      'b.yaml': `${SIMULATE}imports: [suite.yaml]\n`,
    });
    expect(circle.errors).toEqual([expect.stringMatching(/^b\.yaml:4:11 .*suite\.yaml -> b\.yaml -> suite\.yaml$/)]);
  });
});

function expectOne(errors: readonly string[], marked: string | undefined, message: string | RegExp): void {
  expect(errors).toHaveLength(1);
  expect(errors[0]?.startsWith(`${marked ?? 'no mark'} `)).toBe(true);
  const found = errors[0]?.slice((marked ?? '').length + 1) ?? '';
  if (typeof message === 'string') expect(found).toBe(message);
  else expect(found).toMatch(message);
}

describe('an E2E file', () => {
  it('is told of, with what it includes', () => {
    const { summary, errors, unrunnable } = check(
      'E2E',
      `${E2E}${SPEC}  setup: [crd.yaml]\n  expect:\n    - include: more.yaml\n    - { name: gone, after: cr-deleted, timeout: 5s, resources: [{ kind: Pod, count: 0 }] }\n`,
      { 'more.yaml': `expect:\n${CHECK}` },
    );
    expect(errors).toEqual([]);
    expect(summary).toMatchObject({
      mode: 'operator',
      setup: { apply: 1, helm: 0, wait: 0 },
      checkpoints: [
        { name: 'there', after: 'setup-complete', timeoutMs: 60_000 },
        { name: 'gone', after: 'cr-deleted', timeoutMs: 5_000 },
      ],
    });
    expect(unrunnable).toEqual(['this version checks the file; ork e2e, which runs it, is not there yet']);
  });

  it.each([
    ['of imports', `${E2E}imports: [other.yaml, { path: other.yaml, wait: 1s }]\n`, 'imports'],
    ['without Orkestra', `${E2E}spec:\n  custom: { target: kubernetes }\n  expect:\n${CHECK}`, 'custom'],
    ['of an example', `${E2E}spec:\n  init: { pack: a, example: b }\n  expect:\n${CHECK}`, 'operator'],
    [
      'with files of a list',
      `${E2E}spec:\n  katalog: katalog.yaml\n  crFiles: [cr.yaml]\n  expect:\n${CHECK}`,
      'operator',
    ],
  ])('may be one %s', (_what, text, mode) => {
    const other = `${E2E}${SPEC}  expect:\n${CHECK}`;
    expect(check('E2E', text, { 'other.yaml': other })).toMatchObject({ errors: [], summary: { mode } });
  });

  const withCheck = (check: string): string =>
    `${E2E}${SPEC}  expect:\n    - name: a\n${check.replaceAll(/^/gm, '      ')}\n`;

  it.each([
    [`§${E2E}`, 'expected "spec", or "imports" of other E2E files'],
    [
      `${E2E}spec:\n  §cr: cr.yaml\n  expect:\n${CHECK}`,
      'expected "katalog", "init", or "custom" for tests without Orkestra',
    ],
    [
      `${E2E}spec:\n  §katalog: katalog.yaml\n  expect:\n${CHECK}`,
      'expected "cr" or "crFiles": what the operator is given',
    ],
    [`${E2E}spec:\n  §katalog: katalog.yaml\n  cr: cr.yaml\n`, 'expected "expect" with at least one checkpoint'],
    [
      `${E2E}${SPEC}  expect:\n    - §name: a\n`,
      'expected "resources", "commands" or "kubectl": the checkpoint checks nothing',
    ],
    [
      `${E2E}${SPEC}  expect:\n    - §after: cr-applied\n      commands: [{ run: a }]\n`,
      /missing required field "name"/,
    ],
    [withCheck('after: §applied\ncommands: [{ run: a }]'), /expected one of setup-complete, cr-applied, cr-deleted/],
    [withCheck('timeout: §soon\ncommands: [{ run: a }]'), /expected duration/],
    [withCheck('commands: [{ run: a, regex: §"(" }]'), 'expected an RE2 pattern, found "("'],
    [
      withCheck('resources: [{ kind: Pod, name: a, count: §2 }]'),
      'of one name there is one: leave "count" or "name" out',
    ],
    [
      withCheck('kubectl: { logs: [{ name: a, labelSelector: §b=c }] }'),
      '"name" and "labelSelector" exclude each other',
    ],
    [
      withCheck('kubectl: { logs: [§{ since: 1m }] }'),
      'kubectl logs needs "name" or "labelSelector" or "leaderElection"',
    ],
    [withCheck('kubectl: { delete: [§{ kind: Pod }] }'), 'kubectl delete needs "name" beside "kind"'],
    [withCheck('kubectl: { get: [{ kind: Pod, name: a, jq: §.a }] }'), '"jq" reads "format: json"'],
    [withCheck('kubectl: { §gets: [{ kind: Pod }] }'), /unknown field "gets" in kubectl/],
    [`${E2E}${SPEC}  cluster: { provider: §existing }\n  expect:\n${CHECK}`, /expected one of kind, found "existing"/],
    [`${E2E}${SPEC}  custom: { target: §container }\n  expect:\n${CHECK}`, /expected one of kubernetes/],
    [`${E2E}${SPEC}  setup: [§gone.yaml]\n  expect:\n${CHECK}`, 'gone.yaml: no such file'],
  ] as readonly (readonly [string, string | RegExp])[])('%#: one problem at its place', (text, message) => {
    const { errors, marked } = check('E2E', text);
    expectOne(errors, marked, message);
  });
});
