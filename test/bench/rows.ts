// The rows of the table: what is measured, its bar, and whether the bar is met. Pure: from raw runs to text.
import { type BringUp } from './bring-up';
import { type NoopPasses } from './noop-passes';
import { type Rest } from './rest';
import { type Row, type RowId } from './row';
import { type SandboxRun } from './sandbox';
import { spread, type Spread } from './statistics';
import { templateRows } from './template-rows';
import { type TemplateRun } from './templates';
import { type LargeLoad } from './validate-wall';

/** Rows that need a control plane with both operators in turn. */
export const BRING_UP_ROWS: readonly RowId[] = ['requests', 'cpu', 'seconds', 'rss'];

export interface RawRuns {
  readonly bringUps: readonly BringUp[];
  readonly rests: readonly Rest[];
  readonly passes: NoopPasses | undefined;
  readonly validateMs: readonly number[];
  readonly largeLoads?: readonly LargeLoad[];
  readonly sandbox?: SandboxRun | undefined;
  /** What an idle sandbox adds, MiB. */
  readonly idleSandboxMiB?: readonly number[];
  readonly startToReadyMs?: readonly number[];
  readonly templates?: TemplateRun | undefined;
}

const RSS_BARS: Readonly<Record<number, number>> = { 300: 150, 2000: 200 };
const DEFAULT_RSS_BAR = 200;

export function rowsOf(raw: RawRuns, wanted: ReadonlySet<RowId>): readonly Row[] {
  const sizes = [...new Set(raw.bringUps.map(({ count }) => count))];
  const rows = [
    ...sizes.flatMap((count) =>
      bringUpRows(
        raw.bringUps.filter((run) => run.count === count),
        count,
      ),
    ),
    ...restRows(raw.rests),
    ...passRows(raw.passes),
    ...validateRows(raw.validateMs),
    ...(raw.largeLoads ?? []).flatMap(largeRows),
    ...startRows(raw.startToReadyMs ?? []),
    ...sandboxRows(raw.sandbox, raw.idleSandboxMiB ?? []),
    ...templateRows(raw.templates),
  ];
  return rows.filter(({ id }) => wanted.has(id));
}

function bringUpRows(runs: readonly BringUp[], count: number): readonly Row[] {
  const ours = runs.filter(({ operator }) => operator === 'orkestra');
  const peers = runs.filter(({ operator }) => operator === 'go');
  const requests = spread(ours.map(({ requests: { perCr } }) => perCr));
  const [first] = ours;
  const rss = spread(ours.map(({ rssMiB }) => rssMiB));
  const rssBar = RSS_BARS[count] ?? DEFAULT_RSS_BAR;
  return [
    {
      id: 'requests',
      what: `requests per CR, ${count} CRs`,
      bar: '<= 5',
      value: requests,
      unit: '',
      isMet: requests.max <= 5,
      beside: `fixed: ${sumOf(first?.requests.fixed)}; go ${text(spread(peers.map(({ requests: { perCr } }) => perCr)))}`,
    },
    ratioRow('cpu', `CPU s per 1,000 CRs, ${count} CRs, ours / go`, 1.0, runs, (run) => run.cpuSecondsPer1000),
    ratioRow('seconds', `seconds until all children exist, ${count} CRs, ours / go`, 1.1, runs, (run) => run.seconds),
    {
      id: 'rss',
      what: `RSS after it, ${count} CRs`,
      bar: `< ${rssBar} MiB`,
      value: rss,
      unit: 'MiB',
      isMet: rss.median < rssBar,
      beside: `go ${text(spread(peers.map(({ rssMiB }) => rssMiB)))} MiB`,
    },
  ];
}

/** Median against median, and the ratios of the rounds as the spread: both sides of a round ran one after the other. */
function ratioRow(id: RowId, what: string, bar: number, runs: readonly BringUp[], of: (run: BringUp) => number): Row {
  const by = (name: BringUp['operator']): readonly BringUp[] => runs.filter(({ operator }) => operator === name);
  const [ours, peers, bare] = [by('orkestra'), by('go'), by('bare')];
  const mine = spread(ours.map(of));
  const theirs = spread(peers.map(of));
  const rounds = spread(ours.map((run) => of(run) / of(peers.find(({ round }) => round === run.round) ?? run)));
  const median = mine.median / theirs.median;
  return {
    id,
    what,
    bar: `<= ${bar.toFixed(1)}x`,
    value: { ...rounds, median },
    unit: 'x',
    isMet: median <= bar,
    beside: `ours ${text(mine)}; go ${text(theirs)}${bare.length === 0 ? '' : `; bare loop ${text(spread(bare.map(of)))}`}`,
  };
}

function restRows(rests: readonly Rest[]): readonly Row[] {
  if (rests.length === 0) return [];
  const value = spread(rests.map(({ requests, passes }) => requests / passes));
  const passes = rests.reduce((sum, rest) => sum + rest.passes, 0);
  const isMet = value.max === 0 && rests.every((rest) => rest.templates >= rest.passes * rest.templatesPerPass);
  return [
    {
      id: 'rest',
      what: 'requests per no-op pass',
      bar: '0',
      value,
      unit: '',
      isMet,
      beside: `${passes} passes, ${rests.reduce((sum, rest) => sum + rest.templates, 0)} templates evaluated`,
    },
  ];
}

function passRows(passes: NoopPasses | undefined): readonly Row[] {
  if (passes === undefined) return [];
  const value = spread(passes.perSecond);
  return [
    {
      id: 'passes',
      what: 'no-op passes per second, in process',
      bar: '>= 20,000',
      value,
      unit: '/s',
      isMet: value.median >= 20_000,
      beside: `${short(spread(passes.perCpuSecond).median)} per CPU second; ${passes.crs} CRs, ${passes.templatesPerPass} templates and ${passes.childrenPerPass} children in each pass`,
    },
  ];
}

function validateRows(times: readonly number[]): readonly Row[] {
  if (times.length === 0) return [];
  const value = spread(times.map((ms) => ms / 1_000));
  return [
    {
      id: 'validate',
      what: 'ork validate of the sample, cold',
      bar: '< 0.6 s',
      value,
      unit: 's',
      isMet: value.median < 0.6,
      beside: `${times.length} runs`,
    },
  ];
}

function largeRows(run: LargeLoad): readonly Row[] {
  const seconds = spread(run.ms.map((ms) => ms / 1_000));
  const memory = spread(run.peakMiB);
  const size = `${short(run.crds)} CRDs, ${short(run.templates)} templates${run.hasManifests ? ', each CRD with a manifest' : ''}`;
  const beside = `${run.ms.length} runs; with the start of the process ${text(spread(run.wallMs.map((ms) => ms / 1_000)))} s`;
  return [
    {
      id: 'large',
      what: `load and compile of ${size}`,
      bar: '< 3 s',
      value: seconds,
      unit: 's',
      isMet: seconds.median < 3,
      beside,
    },
    {
      id: 'large',
      what: 'most memory of it',
      bar: '< 400 MiB',
      value: memory,
      unit: 'MiB',
      isMet: memory.median < 400,
      beside,
    },
  ];
}

function startRows(times: readonly number[]): readonly Row[] {
  if (times.length === 0) return [];
  const value = spread(times.map((ms) => ms / 1_000));
  return [
    {
      id: 'start',
      what: 'npm start to the first CR Ready, after the build',
      bar: '< 5 s',
      value,
      unit: 's',
      isMet: value.median < 5,
      beside: `${times.length} starts`,
    },
  ];
}

function sandboxRows(run: SandboxRun | undefined, idleMiB: readonly number[]): readonly Row[] {
  if (run === undefined) return [];
  const row = (
    what: string,
    bar: string,
    values: readonly number[],
    unit: string,
    isMet: (median: number) => boolean,
  ): Row => {
    const value = spread(values);
    return { id: 'sandbox', what: `sandbox: ${what}`, bar, value, unit, isMet: isMet(value.median), beside: '' };
  };
  return [
    row('start to first answer', '< 300 ms', run.startMs, 'ms', (ms) => ms < 300),
    row('creates per second, direct', '>= 5,000', run.createsPerSecond, '/s', (rate) => rate >= 5_000),
    row('watch deliveries per second, direct', '>= 10,000', run.deliveriesPerSecond, '/s', (rate) => rate >= 10_000),
    row('list of 10,000 objects of 4 KB', '< 1 s', run.listMs, 'ms', (ms) => ms < 1_000),
    row('their memory over their JSON', '< 3x', run.memoryRatio, 'x', (ratio) => ratio < 3),
    ...(idleMiB.length === 0
      ? []
      : [row('idle with 200 objects, added to its process', '< 60 MiB', idleMiB, 'MiB', (added) => added < 60)]),
  ];
}

function sumOf(counts: Readonly<Record<string, number>> | undefined): string {
  return Object.entries(counts ?? {})
    .map(([what, count]) => `${count} ${what}`)
    .join(', ');
}

function text({ median, min, max }: Spread): string {
  return `${short(median)} (${short(min)}-${short(max)})`;
}

export function short(value: number): string {
  if (Number.isInteger(value)) return value.toLocaleString('en');
  return value >= 1_000 ? Math.round(value).toLocaleString('en') : value.toFixed(value >= 100 ? 0 : 2);
}

/** The table as plain text. */
export function printTable(rows: readonly Row[]): string {
  const cells = rows.map(({ what, bar, value, unit, isMet, beside }) => [
    what,
    bar,
    `${short(value.median)}${unit === '' ? '' : ` ${unit}`}`,
    `${short(value.min)} - ${short(value.max)}`,
    isMet ? 'pass' : 'MISS',
    beside,
  ]);
  const table = [['row', 'bar', 'median', 'min - max', 'result', 'beside it'], ...cells];
  const widths = (table[0] as string[]).map((_, column) =>
    Math.max(...table.map((line) => (line[column] ?? '').length)),
  );
  return table
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
