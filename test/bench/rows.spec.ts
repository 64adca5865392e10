import { type BringUp } from './bring-up';
import { ROW_IDS } from './row';
import { printTable, rowsOf } from './rows';
import { spread } from './statistics';

const ALL = new Set(ROW_IDS);
const NOTHING = { bringUps: [], rests: [], passes: undefined, validateMs: [] };

function run(operator: BringUp['operator'], round: number, over: Partial<BringUp>): BringUp {
  return {
    operator,
    count: 300,
    round,
    seconds: 2,
    createSeconds: 1,
    settledSeconds: 3,
    cpuSeconds: 0.6,
    cpuSecondsPer1000: 2,
    rssMiB: 100,
    serverCpuSeconds: 4,
    requests: { perCr: 5, byVerb: {}, fixed: { 'list services': 1 } },
    load: 0,
    ...over,
  };
}

it('finds the median of odd and even numbers of values', () => {
  expect(spread([3, 1, 2])).toEqual({ median: 2, min: 1, max: 3 });
  expect(spread([4, 1, 2, 3]).median).toBe(2.5);
});

it('compares the medians of both sides, and says how far apart the rounds were', () => {
  const bringUps = [1, 2, 3].flatMap((round) => [
    run('orkestra', round, { cpuSecondsPer1000: [1, 2, 9][round - 1] }),
    run('go', round, { cpuSecondsPer1000: 2 }),
  ]);
  const cpu = rowsOf({ ...NOTHING, bringUps }, ALL).find(({ id }) => id === 'cpu');
  expect(cpu).toMatchObject({ value: { median: 1, min: 0.5, max: 4.5 }, isMet: true });
});

it('misses a bar that one request too much breaks', () => {
  const bringUps = [run('orkestra', 1, { requests: { perCr: 5.01, byVerb: {}, fixed: {} } }), run('go', 1, {})];
  expect(rowsOf({ ...NOTHING, bringUps }, ALL).find(({ id }) => id === 'requests')?.isMet).toBe(false);
});

it.each([
  [0, 22, true],
  [1, 22, false],
  [0, 10, false],
])('at rest: %d requests and %d templates in two passes of eleven', (requests, templates, isMet) => {
  const rests = [{ seconds: 1, passes: 2, templates, templatesPerPass: 11, requests, byVerb: [] }];
  expect(rowsOf({ ...NOTHING, rests }, ALL)[0]?.isMet).toBe(isMet);
});

it.each([
  [[4_000, 4_900, 9_000], true],
  [[4_000, 5_000, 9_000], false],
])('wants the first CR Ready within five seconds: %j', (startToReadyMs, isMet) => {
  expect(rowsOf({ ...NOTHING, startToReadyMs }, ALL)[0]).toMatchObject({ id: 'start', isMet });
});

it('shows only the rows that were asked for', () => {
  const raw = { ...NOTHING, bringUps: [run('orkestra', 1, {}), run('go', 1, {})], validateMs: [400] };
  const rows = rowsOf(raw, new Set(['validate'] as const));
  expect(printTable(rows).split('\n')).toHaveLength(2);
});

it('wants at least half of the speed of Go for each template', () => {
  const round = (ours: number, go: number) => ({
    ours: { compileNs: 1_000, evaluateNs: ours },
    go: { compileNs: 1_000, evaluateNs: go },
  });
  const programs = {
    twoHundred: [round(500, 250)],
    nameAndVersion: [round(500, 249)],
    rangeOf100: [round(500, 500)],
    manifest: [round(500, 500)],
  };
  const rows = rowsOf({ ...NOTHING, templates: { programs, memoryMiB: [39] } }, ALL);
  expect(rows.filter(({ isMet }) => !isMet).map(({ what }) => what)).toEqual([
    expect.stringContaining('evaluation: name and version'),
  ]);
  expect(rows.find(({ what }) => what.includes('a name and a default'))?.value.median).toBe(2_000_000);
});

it.each([
  [2_999, 399, [true, true]],
  [3_000, 400, [false, false]],
])('a large Katalog in %d ms and %d MiB', (ms, peakMiB, met) => {
  const large = { crds: 1_000, templates: 20_000, hasManifests: false, ms: [ms], wallMs: [ms], peakMiB: [peakMiB] };
  const rows = rowsOf({ ...NOTHING, largeLoads: [large] }, ALL).filter(({ id }) => id === 'large');
  expect(rows.map(({ isMet }) => isMet)).toEqual(met);
});
