// The rows of the template engine: its own bars, and its speed beside Go's on the same templates.
import { type Row } from './row';
import { spread } from './statistics';
import { type TemplateProgramName, TEMPLATE_PROGRAMS } from './template-programs';
import { type TemplateRound, type TemplateRun } from './templates';

const NAMES = Object.keys(TEMPLATE_PROGRAMS) as TemplateProgramName[];
/** Half of Go's speed. */
const LEAST_OF_GO = 0.5;

export function templateRows(run: TemplateRun | undefined): readonly Row[] {
  if (run === undefined) return [];
  const { programs, memoryMiB } = run;
  const compileMicroseconds = programs.twoHundred.map(({ ours }) => ours.compileNs / 1_000);
  const perSecond = (name: TemplateProgramName): readonly number[] =>
    programs[name].map(({ ours }) => 1e9 / ours.evaluateNs);
  return [
    row('compile of 200 characters', '< 60 µs', compileMicroseconds, 'µs', (median) => median < 60),
    row(
      'evaluations of a name and a default',
      '>= 1,500,000',
      perSecond('nameAndVersion'),
      '/s',
      (rate) => rate >= 1.5e6,
    ),
    row(
      'evaluations of a range over 100 with printf',
      '>= 10,000',
      perSecond('rangeOf100'),
      '/s',
      (rate) => rate >= 1e4,
    ),
    row('memory of 10,000 compiled, 200 characters each', '< 40 MiB', memoryMiB, 'MiB', (median) => median < 40),
    ...NAMES.flatMap((name) => [
      besideGo(name, 'compile', programs[name], 'compileNs'),
      besideGo(name, 'evaluation', programs[name], 'evaluateNs'),
    ]),
  ];
}

function besideGo(
  name: TemplateProgramName,
  what: string,
  rounds: readonly TemplateRound[],
  time: 'compileNs' | 'evaluateNs',
): Row {
  const ratios = rounds.map(({ ours, go }) => go[time] / ours[time]);
  const median = (side: 'ours' | 'go'): string =>
    `${Math.round(spread(rounds.map((round) => round[side][time])).median)} ns`;
  const title = `speed over Go's, ${what}: ${TEMPLATE_PROGRAMS[name].name}`;
  return {
    ...row(title, `>= ${LEAST_OF_GO}x`, ratios, 'x', (ratio) => ratio >= LEAST_OF_GO),
    beside: `ours ${median('ours')}; go ${median('go')}`,
  };
}

function row(
  what: string,
  bar: string,
  values: readonly number[],
  unit: string,
  isMet: (median: number) => boolean,
): Row {
  const value = spread(values);
  return { id: 'templates', what: `templates: ${what}`, bar, value, unit, isMet: isMet(value.median), beside: '' };
}
