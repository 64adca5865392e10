// `printf` with a format that stands in the template: verbs against arguments. Go fails on none of it, it prints what is
// wrong into the output (`%!d(string=web)`), so every finding is a warning.
import { type Argument, found } from './argument';
import { type Findings, TYPE_CODE } from './finding';
import { mayBe } from './steps';
import { type Simple } from './type';

type Kinds = readonly Simple['kind'][];

/** What verbs print goes for the items of lists and maps as well. */
const COMPOSITE: Kinds = ['list', 'map', 'object'];
const INTEGER: Kinds = ['int', ...COMPOSITE];
const FRACTION: Kinds = ['float', ...COMPOSITE];
const DIGITS: Kinds = ['int', 'float', 'string', ...COMPOSITE];
const ANYTHING: Kinds = ['bool', ...DIGITS];

/** The verbs of Go's package fmt, and what each prints. */
const VERBS: ReadonlyMap<string, Kinds> = new Map<string, Kinds>([
  ['v', ANYTHING],
  ['T', ANYTHING],
  ['t', ['bool', ...COMPOSITE]],
  ['s', ['string', ...COMPOSITE]],
  ['q', ['int', 'string', ...COMPOSITE]],
  ['x', DIGITS],
  ['X', DIGITS],
  ['b', ['int', ...FRACTION]],
  ...['c', 'd', 'o', 'O', 'U'].map((verb): [string, Kinds] => [verb, INTEGER]),
  ...['e', 'E', 'f', 'F', 'g', 'G'].map((verb): [string, Kinds] => [verb, FRACTION]),
]);

/** Flags, width, precision, verb. */
const DIRECTIVE = /%[-+# 0]*(\*|\d+)?(?:\.(\*|\d+)?)?(.?)/gsu;

/** One argument that a format asks for. */
interface Place {
  /** As written: `%5d`. */
  readonly directive: string;
  /** `*` stands for a width or a precision. */
  readonly verb: string;
}

/** Checks the arguments behind a format that is known. */
export function checkPrintf([format, ...args]: readonly Argument[], findings: Findings): void {
  const places = format?.text === undefined ? undefined : placesOf(format.text);
  if (format === undefined || places === undefined) return;
  const warn = (message: string, offset: number): void =>
    findings.add({ code: TYPE_CODE.kind, severity: 'warning', message: `printf: ${message}`, offset });
  places.forEach(({ directive, verb }, at) => {
    const argument = args[at];
    const kinds = verb === '*' ? INTEGER : VERBS.get(verb);
    if (verb === '') warn('a "%" of the format has no verb; "%%" prints a percent sign', format.offset);
    else if (kinds === undefined) warn(`"${directive}" is no verb; "%%" prints a percent sign`, format.offset);
    else if (argument !== undefined && !mayBe(argument.type, ...kinds)) {
      warn(`"${directive}" does not print ${found(argument)}${hint(argument, verb)}`, argument.offset);
    }
  });
  const wanted = places.filter(({ verb }) => verb !== '').length;
  if (wanted !== args.length) warn(`the format takes ${count(wanted)}, and gets ${args.length}`, format.offset);
}

function count(values: number): string {
  return values === 1 ? 'one value' : `${values} values`;
}

function hint({ type }: Argument, verb: string): string {
  if (verb === '*') return ' as a width or precision';
  const fitting = type.kind === 'string' ? '%s' : type.kind === 'int' ? '%d' : type.kind === 'float' ? '%g' : '%v';
  return `; use ${fitting}`;
}

/** In the order of the arguments; undefined when the format chooses them by number (`%[2]d`). */
function placesOf(format: string): readonly Place[] | undefined {
  const places: Place[] = [];
  for (const [directive, width, precision, verb = ''] of format.matchAll(DIRECTIVE)) {
    if (verb === '[' || directive.includes('[')) return undefined;
    for (const size of [width, precision]) if (size === '*') places.push({ directive, verb: '*' });
    if (verb !== '%') places.push({ directive, verb });
  }
  return places;
}
