// What Go says of a text that is no time in the layout of a field.
import { goQuote } from '../../common';

const SECONDS = '2006-01-02T15:04:05Z07:00';
const MICROSECONDS = '2006-01-02T15:04:05.000000Z07:00';

interface Step {
  readonly layout: string;
  readonly pattern: RegExp;
  /** What is out of range, with the bounds. */
  readonly range?: readonly [name: string, min: number, max: number];
}

const HEAD: readonly Step[] = [
  { layout: '2006', pattern: /^\d{4}/ },
  { layout: '-', pattern: /^-/ },
  { layout: '01', pattern: /^\d{2}/, range: ['month', 1, 12] },
  { layout: '-', pattern: /^-/ },
  { layout: '02', pattern: /^\d{2}/, range: ['day', 1, 31] },
  { layout: 'T', pattern: /^T/ },
  { layout: '15', pattern: /^\d{2}/, range: ['hour', 0, 23] },
  { layout: ':', pattern: /^:/ },
  { layout: '04', pattern: /^\d{2}/, range: ['minute', 0, 59] },
  { layout: ':', pattern: /^:/ },
];
const FRACTION: Step = { layout: '.000000', pattern: /^\.\d{6}/ };
const ZONE: Step = { layout: 'Z07:00', pattern: /^(Z|[+-]\d{2}:\d{2})/ };
const STEPS = {
  // Without a place for it in the layout, a fraction may follow the seconds.
  seconds: [...HEAD, { layout: '05', pattern: /^\d{2}([.,]\d+)?/, range: ['second', 0, 59] as const }, ZONE],
  microseconds: [...HEAD, { layout: '05', pattern: /^\d{2}/, range: ['second', 0, 59] as const }, FRACTION, ZONE],
};

/** Undefined for a time of the layout. */
export function timeProblem(text: string, layout: 'seconds' | 'microseconds'): string | undefined {
  const name = layout === 'seconds' ? SECONDS : MICROSECONDS;
  const head = `parsing time ${goQuote(text)}`;
  let rest = text;
  for (const step of STEPS[layout]) {
    const [found] = step.pattern.exec(rest) ?? [];
    if (found === undefined) {
      return `${head} as ${goQuote(name)}: cannot parse ${goQuote(rest)} as ${goQuote(step.layout)}`;
    }
    const [what, min, max] = step.range ?? ['', 0, Infinity];
    const value = Number.parseInt(found, 10);
    if (step.range !== undefined && (value < min || value > max)) return `${head}: ${what} out of range`;
    rest = rest.slice(found.length);
  }
  if (rest !== '') return `${head}: extra text: ${goQuote(rest)}`;
  return isDay(text) ? undefined : `${head}: day out of range`;
}

function isDay(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.slice(0, 10).split('-').map(Number);
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}
