// Go's fmt verbs for the values of the language (spec: templates §6.9).
import { type Float, formatFloat, isList, isMap, kindOf, numberOf, printValue, sortedKeys, type Value } from './value';

interface Spec {
  minus: boolean;
  plus: boolean;
  sharp: boolean;
  space: boolean;
  zero: boolean;
  width: number | undefined;
  precision: number | undefined;
}

const MAX_WIDTH = 10_000;

/** `printf`. */
export function goFormat(format: string, args: readonly Value[]): string {
  return new Formatter(format, args).run();
}

class Formatter {
  private at = 0;
  private index = 0;
  private reordered = false;
  private output = '';

  constructor(
    private readonly format: string,
    private readonly args: readonly Value[],
  ) {}

  run(): string {
    while (this.at < this.format.length) {
      const percent = this.format.indexOf('%', this.at);
      if (percent < 0) {
        this.output += this.format.slice(this.at);
        break;
      }
      this.output += this.format.slice(this.at, percent);
      this.at = percent + 1;
      this.verb();
    }
    if (!this.reordered && this.index < this.args.length) {
      const extra = this.args
        .slice(this.index)
        .map((arg) => (arg === undefined || arg === null ? '<nil>' : `${goTypeName(arg)}=${printValue(arg)}`));
      this.output += `%!(EXTRA ${extra.join(', ')})`;
    }
    return this.output;
  }

  private verb(): void {
    const spec: Spec = {
      minus: false,
      plus: false,
      sharp: false,
      space: false,
      zero: false,
      width: undefined,
      precision: undefined,
    };
    this.flags(spec);
    this.argumentNumber();
    spec.width = this.number(spec, true);
    if (this.format[this.at] === '.') {
      this.at++;
      this.argumentNumber();
      spec.precision = this.number(spec, false) ?? 0;
    }
    this.argumentNumber();
    const verb = this.format.slice(this.at).match(/^./su)?.[0];
    if (verb === undefined) {
      this.output += '%!(NOVERB)';
      return;
    }
    this.at += verb.length;
    if (verb === '%') {
      this.output += '%';
    } else if (this.index >= this.args.length) {
      this.output += `%!${verb}(${this.reordered && this.index > this.args.length ? 'BADINDEX' : 'MISSING'})`;
    } else {
      this.output += formatValue(verb, spec, this.args[this.index++]);
    }
  }

  private flags(spec: Spec): void {
    for (; ; this.at++) {
      const flag = this.format[this.at];
      if (flag === '-') {
        spec.minus = true;
        spec.zero = false;
      } else if (flag === '+') spec.plus = true;
      else if (flag === '#') spec.sharp = true;
      else if (flag === ' ') spec.space = true;
      else if (flag === '0') spec.zero = !spec.minus;
      else return;
    }
  }

  private number(spec: Spec, isWidth: boolean): number | undefined {
    if (this.format[this.at] === '*') {
      this.at++;
      const value = this.args[this.index++];
      if (typeof value !== 'number' || Math.abs(value) > MAX_WIDTH) {
        this.output += isWidth ? '%!(BADWIDTH)' : '%!(BADPREC)';
        return undefined;
      }
      if (isWidth && value < 0) spec.minus = true;
      return Math.abs(value);
    }
    const digits = /^[0-9]+/.exec(this.format.slice(this.at, this.at + 6))?.[0];
    if (digits === undefined) return undefined;
    this.at += digits.length;
    return Math.min(Number(digits), MAX_WIDTH);
  }

  private argumentNumber(): void {
    const match = /^\[([0-9]+)\]/.exec(this.format.slice(this.at, this.at + 8));
    if (match === null) return;
    this.at += match[0].length;
    this.index = Number(match[1]) - 1;
    this.reordered = true;
  }
}

function formatValue(verb: string, spec: Spec, value: Value): string {
  if (verb === 'T') return pad(value === undefined || value === null ? '<nil>' : goTypeName(value), spec);
  if (verb === 'v') return pad(spec.sharp ? goSyntax(value) : plain(value, spec), spec);
  if (value === undefined || value === null) return `%!${verb}(<nil>)`;
  if (isList(value)) return `[${value.map((item) => formatValue(verb, spec, item)).join(' ')}]`;
  if (isMap(value)) {
    const entries = sortedKeys(value).map(
      (key) => `${formatValue(verb, spec, key)}:${formatValue(verb, spec, value[key])}`,
    );
    return `map[${entries.join(' ')}]`;
  }
  const text = scalar(verb, spec, value);
  return text ?? `%!${verb}(${goTypeName(value)}=${printValue(value)})`;
}

function plain(value: Value, spec: Spec): string {
  const text = printValue(value);
  const kind = kindOf(value);
  return spec.plus && (kind === 'int' || kind === 'float') && !text.startsWith('-') ? `+${text}` : text;
}

function scalar(verb: string, spec: Spec, value: string | number | bigint | boolean | Float): string | undefined {
  if (typeof value === 'string') return stringVerb(verb, spec, value);
  if (typeof value === 'boolean') return verb === 't' ? pad(String(value), spec) : undefined;
  if (kindOf(value) === 'int') return integerVerb(verb, spec, BigInt(value as number | bigint));
  return floatVerb(verb, spec, numberOf(value));
}

function stringVerb(verb: string, spec: Spec, value: string): string | undefined {
  const cut = spec.precision === undefined ? value : [...value].slice(0, spec.precision).join('');
  if (verb === 's') return pad(cut, spec);
  if (verb === 'q') return pad(spec.sharp && !value.includes('`') ? `\`${cut}\`` : quote(cut), spec);
  if (verb !== 'x' && verb !== 'X') return undefined;
  const hex = Buffer.from(value, 'utf8').toString('hex');
  return pad(verb === 'X' ? hex.toUpperCase() : hex, spec);
}

const BASES: Readonly<Record<string, readonly [number, string]>> = {
  d: [10, ''],
  b: [2, '0b'],
  o: [8, '0'],
  O: [8, '0o'],
  x: [16, '0x'],
  X: [16, '0X'],
};

function integerVerb(verb: string, spec: Spec, value: bigint): string | undefined {
  if (verb === 'c') return pad(codePoint(value), spec);
  if (verb === 'q') return pad(quote(codePoint(value)).replace(/^"|"$/g, "'").replace(/\\"/g, '"'), spec);
  if (verb === 'U') return pad(`U+${value.toString(16).toUpperCase().padStart(4, '0')}`, spec);
  const base = BASES[verb];
  if (base === undefined) return undefined;
  const [radix, prefix] = base;
  let digits = (value < 0n ? -value : value).toString(radix);
  if (verb === 'X') digits = digits.toUpperCase();
  if (spec.precision !== undefined) digits = digits.padStart(spec.precision, '0');
  const sign = value < 0n ? '-' : spec.plus ? '+' : spec.space ? ' ' : '';
  const lead = verb === 'O' || (spec.sharp && verb !== 'd') ? prefix : '';
  return padNumber(sign + lead, digits, spec.precision === undefined ? spec : { ...spec, zero: false });
}

function codePoint(value: bigint): string {
  return value >= 0n && value <= 0x10ffffn ? String.fromCodePoint(Number(value)) : '\ufffd';
}

function floatVerb(verb: string, spec: Spec, value: number): string | undefined {
  const text = floatText(verb, spec.precision, Math.abs(value));
  if (text === undefined) return undefined;
  const sign = value < 0 || Object.is(value, -0) ? '-' : spec.plus ? '+' : spec.space ? ' ' : '';
  return padNumber(sign, text, spec);
}

function floatText(verb: string, precision: number | undefined, value: number): string | undefined {
  if (!Number.isFinite(value)) return 'efgEFG'.includes(verb) ? formatFloat(value).replace(/^\+/, '') : undefined;
  switch (verb) {
    case 'f':
    case 'F':
      return value.toFixed(Math.min(precision ?? 6, 100));
    case 'e':
    case 'E':
      return exponent(value.toExponential(Math.min(precision ?? 6, 100)), verb);
    case 'g':
    case 'G': {
      const text = precision === undefined ? shortest(value) : general(value, precision);
      return verb === 'G' ? text.toUpperCase() : text;
    }
    default:
      return undefined;
  }
}

/** `%g` without precision: exponent form from 1e21 on. */
function shortest(value: number): string {
  const [mantissa = '', exp = '0'] = value.toExponential().split('e');
  if (value !== 0 && (Number(exp) < -4 || Number(exp) >= 21)) return exponent(`${mantissa}e${exp}`, 'e');
  return formatFloat(value);
}

function general(value: number, precision: number): string {
  const digits = Math.max(1, Math.min(precision, 100));
  const [, exp = '0'] = value.toExponential(digits - 1).split('e');
  const text =
    Number(exp) < -4 || Number(exp) >= digits
      ? exponent(value.toExponential(digits - 1), 'e')
      : value.toPrecision(digits);
  return text.replace(/(\.[0-9]*?)0+(e|$)/, '$1$2').replace(/\.(e|$)/, '$1');
}

function exponent(text: string, verb: string): string {
  const [mantissa = '', exp = '+0'] = text.split('e');
  const sign = exp.startsWith('-') ? '-' : '+';
  return `${mantissa}${verb === 'E' || verb === 'G' ? 'E' : 'e'}${sign}${exp.replace(/^[+-]/, '').padStart(2, '0')}`;
}

function pad(text: string, spec: Spec): string {
  const missing = (spec.width ?? 0) - [...text].length;
  if (missing <= 0) return text;
  return spec.minus ? text + ' '.repeat(missing) : (spec.zero ? '0' : ' ').repeat(missing) + text;
}

function padNumber(sign: string, digits: string, spec: Spec): string {
  const missing = (spec.width ?? 0) - sign.length - digits.length;
  if (missing > 0 && spec.zero && !spec.minus) return sign + '0'.repeat(missing) + digits;
  return pad(sign + digits, { ...spec, zero: false });
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '"': '\\"',
  '\\': '\\\\',
};

/** A Go string literal. */
export function quote(text: string): string {
  let quoted = '"';
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const escape = ESCAPES[character];
    if (escape !== undefined) quoted += escape;
    else if (code < 0x20 || code === 0x7f) quoted += `\\x${code.toString(16).padStart(2, '0')}`;
    else if (/[\p{L}\p{M}\p{N}\p{P}\p{S} ]/u.test(character)) quoted += character;
    else {
      quoted += code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
    }
  }
  return `${quoted}"`;
}

function goSyntax(value: Value): string {
  if (value === undefined || value === null) return '<nil>';
  if (typeof value === 'string') return quote(value);
  if (isList(value)) return `[]interface {}{${value.map(goSyntaxItem).join(', ')}}`;
  if (isMap(value)) {
    const entries = sortedKeys(value).map((key) => `${quote(key)}:${goSyntaxItem(value[key])}`);
    return `map[string]interface {}{${entries.join(', ')}}`;
  }
  return printValue(value);
}

function goSyntaxItem(value: Value): string {
  return value === undefined || value === null ? 'interface {}(nil)' : goSyntax(value);
}

function goTypeName(value: Value): string {
  const kind = kindOf(value);
  if (kind === 'int') return 'int64';
  if (kind === 'float') return 'float64';
  if (kind === 'list') return '[]interface {}';
  return kind === 'map' ? 'map[string]interface {}' : kind;
}
