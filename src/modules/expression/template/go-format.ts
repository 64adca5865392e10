// printf: Go's fmt verbs, flags, width, precision and argument indexes for the values of the language
// (Go's package fmt). Checked against vectors that real Go produced (testing/vectors/printf.json).
import { bytesOf, canBackquote, goQuote, goQuoteRune, isGoPrintable } from '../../common';
import { binary, exponential, fixed, general, hexadecimal } from './go-float';
import { type Float, GoInt, integerOf, isList, isMap, numberOf, sortedKeys, typeName, type Value } from './value';

interface Flags {
  minus: boolean;
  plus: boolean;
  sharp: boolean;
  space: boolean;
  zero: boolean;
  /** `%#v`: Go syntax. */
  sharpV: boolean;
  width: number | undefined;
  precision: number | undefined;
}

/** A width or precision beyond this is no number to Go. */
const TOO_LARGE = 1_000_000;

/** `printf`. */
export function goFormat(format: string, args: readonly Value[]): string {
  return new Formatter(format, args).run();
}

class Formatter {
  private at = 0;
  private index = 0;
  private reordered = false;
  private isGoodIndex = true;
  private afterIndex = false;
  private output = '';

  constructor(
    private readonly format: string,
    private readonly args: readonly Value[],
  ) {}

  run(): string {
    for (;;) {
      const percent = this.format.indexOf('%', this.at);
      this.output += this.format.slice(this.at, percent < 0 ? undefined : percent);
      if (percent < 0) break;
      this.at = percent + 1;
      if (!this.bareVerb() && !this.verb()) break;
    }
    if (!this.reordered && this.index < this.args.length) {
      const extra = this.args
        .slice(this.index)
        .map((arg) => (isNil(arg) ? '<nil>' : `${goTypeName(arg)}=${formatArg('v', plainFlags(), arg)}`));
      this.output += `%!(EXTRA ${extra.join(', ')})`;
    }
    return this.output;
  }

  /** `%s` of a text and `%d` of an integer, which are most, without flags; false when it is something else. */
  private bareVerb(): boolean {
    if (this.index >= this.args.length) return false;
    const arg = this.args[this.index];
    const verb = this.format.charCodeAt(this.at);
    if (verb === 100 /* d */ && typeof arg === 'number' && Number.isSafeInteger(arg)) this.output += String(arg);
    else if (verb === 115 /* s */ && typeof arg === 'string') this.output += arg;
    else return false;
    this.at++;
    this.index++;
    return true;
  }

  /** False when the format ends before a verb. */
  private verb(): boolean {
    const flags = plainFlags();
    this.isGoodIndex = true;
    this.afterIndex = false;
    this.flags(flags);
    this.argumentIndex();
    this.width(flags);
    this.precision(flags);
    if (!this.afterIndex) this.argumentIndex();
    const code = this.format.codePointAt(this.at);
    if (code === undefined) {
      this.output += '%!(NOVERB)';
      return false;
    }
    const verb = String.fromCodePoint(code);
    this.at += verb.length;
    if (verb === '%') this.output += '%';
    else if (!this.isGoodIndex) this.output += `%!${verb}(BADINDEX)`;
    else if (this.index >= this.args.length) this.output += `%!${verb}(MISSING)`;
    else {
      this.output += formatArg(
        verb,
        verb === 'v' || verb === 'w' ? syntaxFlags(flags) : flags,
        this.args[this.index++],
      );
    }
    return true;
  }

  private flags(flags: Flags): void {
    for (; ; this.at++) {
      const flag = this.format[this.at];
      if (flag === '-') flags.minus = true;
      else if (flag === '+') flags.plus = true;
      else if (flag === '#') flags.sharp = true;
      else if (flag === ' ') flags.space = true;
      else if (flag === '0') flags.zero = true;
      else return;
    }
  }

  private width(flags: Flags): void {
    if (this.format[this.at] === '*') {
      const width = this.starred();
      if (width === undefined) this.output += '%!(BADWIDTH)';
      else if (width < 0) flags.minus = true;
      flags.width = width === undefined ? undefined : Math.abs(width);
      return;
    }
    flags.width = this.number();
    if (this.afterIndex && flags.width !== undefined) this.isGoodIndex = false;
  }

  private precision(flags: Flags): void {
    // At the very end a dot is the verb.
    if (this.format[this.at] !== '.' || this.at + 1 >= this.format.length) return;
    this.at++;
    if (this.afterIndex) this.isGoodIndex = false;
    this.argumentIndex();
    if (this.format[this.at] !== '*') {
      flags.precision = this.number() ?? 0;
      return;
    }
    const precision = this.starred();
    if (precision !== undefined && precision >= 0) flags.precision = precision;
    else this.output += '%!(BADPREC)';
  }

  private starred(): number | undefined {
    this.at++;
    this.afterIndex = false;
    const value = integerOf(this.args[this.index]);
    if (this.index < this.args.length) this.index++;
    return value !== undefined && value <= TOO_LARGE && value >= -TOO_LARGE ? Number(value) : undefined;
  }

  private number(): number | undefined {
    const digits = /^[0-9]+/.exec(this.format.slice(this.at))?.[0];
    if (digits === undefined) return undefined;
    // Go gives up when a number is too large and has yet another digit.
    const isTooLarge = Math.floor(Number(digits) / 10) > TOO_LARGE;
    this.at = isTooLarge ? this.format.length : this.at + digits.length;
    return isTooLarge ? undefined : Number(digits);
  }

  /** `[2]`: the next argument is the second. */
  private argumentIndex(): void {
    this.afterIndex = false;
    if (this.format[this.at] !== '[') return;
    this.reordered = true;
    const close = this.format.indexOf(']', this.at);
    const inside = close < 0 ? '' : this.format.slice(this.at + 1, close);
    const index = /^[0-9]+$/.test(inside) ? Number(inside) - 1 : -1;
    this.at = close < 0 ? this.at + 1 : close + 1;
    this.afterIndex = /^[0-9]+$/.test(inside);
    if (index >= 0 && index < this.args.length) this.index = index;
    else this.isGoodIndex = false;
  }
}

function plainFlags(): Flags {
  return {
    minus: false,
    plus: false,
    sharp: false,
    space: false,
    zero: false,
    sharpV: false,
    width: undefined,
    precision: undefined,
  };
}

/** For `%v` (and `%w`, which is no verb here), `#` means Go syntax, and `+` names of struct fields, which no value here has. */
function syntaxFlags(flags: Flags): Flags {
  return { ...flags, sharpV: flags.sharp, sharp: false, plus: false };
}

function isNil(value: Value): value is null | undefined {
  return value === undefined || value === null;
}

function formatArg(verb: string, flags: Flags, value: Value): string {
  if (isNil(value)) return verb === 'v' || verb === 'T' ? pad('<nil>', flags) : `%!${verb}(<nil>)`;
  if (verb === 'T') return fmtString(goTypeName(value), flags);
  // Errors are wrapped elsewhere; Go says so once, not for each item of a list.
  if (verb === 'w') return badVerb(verb, flags, value);
  return formatValue(verb, flags, value);
}

function formatValue(verb: string, flags: Flags, value: Value): string {
  if (isNil(value)) return flags.sharpV ? 'interface {}(nil)' : '<nil>';
  const separator = flags.sharpV ? ', ' : ' ';
  if (isList(value)) {
    const items = value.map((item) => formatValue(verb, flags, item)).join(separator);
    return flags.sharpV ? `[]interface {}{${items}}` : `[${items}]`;
  }
  if (isMap(value)) {
    const items = sortedKeys(value)
      .map((key) => `${formatValue(verb, flags, key)}:${formatValue(verb, flags, value[key])}`)
      .join(separator);
    return flags.sharpV ? `map[string]interface {}{${items}}` : `map[${items}]`;
  }
  return scalar(verb, flags, value) ?? badVerb(verb, flags, value);
}

function badVerb(verb: string, flags: Flags, value: Value): string {
  return `%!${verb}(${goTypeName(value)}=${formatValue('v', flags, value)})`;
}

/** Undefined: the verb does not fit the type. */
function scalar(
  verb: string,
  flags: Flags,
  value: string | number | bigint | boolean | Float | GoInt,
): string | undefined {
  if (typeof value === 'string') return stringVerb(verb, flags, value);
  if (typeof value === 'boolean') return verb === 't' || verb === 'v' ? pad(String(value), flags) : undefined;
  const integer = integerOf(value);
  if (integer === undefined) return floatVerb(verb, flags, numberOf(value));
  // In Go syntax unsigned numbers are hexadecimal.
  const isByte = verb === 'v' && flags.sharpV && value instanceof GoInt && value.type === 'uint8';
  return isByte
    ? integerVerb('x', { ...flags, sharp: true }, BigInt(integer))
    : integerVerb(verb, flags, BigInt(integer));
}

function stringVerb(verb: string, flags: Flags, value: string): string | undefined {
  switch (verb) {
    case 'v':
      return flags.sharpV ? fmtQuoted(value, flags) : fmtString(value, flags);
    case 's':
      return fmtString(value, flags);
    case 'q':
      return fmtQuoted(value, flags);
    case 'x':
    case 'X':
      return fmtHexText(verb, value, flags);
    default:
      return undefined;
  }
}

function truncated(text: string, { precision }: Flags): string {
  return precision === undefined ? text : [...text].slice(0, precision).join('');
}

function fmtString(text: string, flags: Flags): string {
  return pad(truncated(text, flags), flags);
}

function fmtQuoted(text: string, flags: Flags): string {
  const cut = truncated(text, flags);
  return pad(flags.sharp && canBackquote(cut) ? `\`${cut}\`` : goQuote(cut, flags.plus), flags);
}

function fmtHexText(verb: 'x' | 'X', text: string, flags: Flags): string {
  const bytes = bytesOf(text).subarray(0, flags.precision);
  const prefix = flags.sharp ? '0x' : '';
  const pairs = [...bytes].map((byte) => byte.toString(16).padStart(2, '0'));
  const encoded = flags.space ? pairs.map((pair) => prefix + pair).join(' ') : prefix + pairs.join('');
  const shown = pairs.length === 0 ? '' : encoded;
  return pad(verb === 'X' ? shown.toUpperCase() : shown, flags);
}

const BASES: Readonly<Record<string, number>> = { v: 10, d: 10, b: 2, o: 8, O: 8, x: 16, X: 16 };

function integerVerb(verb: string, flags: Flags, value: bigint): string | undefined {
  if (verb === 'c') return pad(codePoint(value), flags);
  if (verb === 'q') return pad(goQuoteRune(codePoint(value), flags.plus), flags);
  if (verb === 'U') return fmtUnicode(value, flags);
  const base = BASES[verb];
  return base === undefined ? undefined : fmtInteger(value, base, verb, flags);
}

function fmtInteger(value: bigint, base: number, verb: string, flags: Flags): string {
  const isNegative = value < 0n;
  const sign = isNegative ? '-' : flags.plus ? '+' : flags.space ? ' ' : '';
  const { width = 0, precision } = flags;
  if (precision === 0 && value === 0n) return ' '.repeat(width);
  const byZero = flags.zero && !flags.minus ? width - sign.length : 0;
  let digits = (isNegative ? -value : value).toString(base).padStart(precision ?? byZero, '0');
  if (flags.sharp && base === 2) digits = `0b${digits}`;
  if (flags.sharp && base === 8 && !digits.startsWith('0')) digits = `0${digits}`;
  if (flags.sharp && base === 16) digits = `0x${digits}`;
  if (verb === 'O') digits = `0o${digits}`;
  return pad(sign + (verb === 'X' ? digits.toUpperCase() : digits), { ...flags, zero: false });
}

function codePoint(value: bigint): string {
  const isCharacter = value >= 0n && value <= 0x10ffffn && (value < 0xd800n || value > 0xdfffn);
  return isCharacter ? String.fromCodePoint(Number(value)) : '\ufffd';
}

function fmtUnicode(value: bigint, flags: Flags): string {
  const bits = BigInt.asUintN(64, value);
  const hex = bits
    .toString(16)
    .toUpperCase()
    .padStart(Math.max(4, flags.precision ?? 0), '0');
  const character = codePoint(bits);
  const shown =
    flags.sharp && BigInt(character.codePointAt(0) ?? 0) === bits && isGoPrintable(character) ? ` '${character}'` : '';
  return pad(`U+${hex}${shown}`, { ...flags, zero: false });
}

function floatVerb(verb: string, flags: Flags, value: number): string | undefined {
  const isNegative = value < 0 || Object.is(value, -0);
  const text = floatText(verb, flags, Math.abs(value));
  if (text === undefined) return undefined;
  const sign = isNegative ? '-' : flags.plus ? '+' : flags.space ? ' ' : '';
  if (!Number.isFinite(value)) {
    const named = Number.isNaN(value) ? (flags.plus || flags.space ? sign : '') : isNegative ? '-' : sign || '+';
    return pad(`${named}${text}`, { ...flags, zero: false });
  }
  const { width = 0 } = flags;
  const isShown = flags.plus || sign !== '';
  if (isShown && flags.zero && !flags.minus && width > text.length + 1) return sign + text.padStart(width - 1, '0');
  return pad(sign + text, flags);
}

/** The digits of a value of 0 or more. */
function floatText(verb: string, flags: Flags, value: number): string | undefined {
  if (!'vbgGxXfFeE'.includes(verb)) return undefined;
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : 'Inf';
  const { precision } = flags;
  const lower = verb.toLowerCase();
  const text =
    lower === 'b'
      ? binary(value)
      : lower === 'x'
        ? hexadecimal(value, precision ?? -1)
        : lower === 'f'
          ? fixed(value, precision ?? 6)
          : lower === 'e'
            ? exponential(value, precision ?? 6)
            : general(value, precision ?? -1);
  const marked = flags.sharp && verb !== 'b' ? withPoint(text, verb, precision ?? -1) : text;
  return 'GXE'.includes(verb) ? marked.toUpperCase() : marked;
}

/** `#`: always a decimal point, and for %g the zeros that it drops otherwise. */
function withPoint(text: string, verb: string, precision: number): string {
  const isHex = verb === 'x' || verb === 'X';
  const tailAt = text.search(isHex ? /p/ : /e/);
  const number = tailAt < 0 ? text : text.slice(0, tailAt);
  const tail = tailAt < 0 ? '' : text.slice(tailAt);
  let missing = 'vgGx'.includes(verb) ? (precision < 0 ? 6 : precision) : 0;
  missing -= number.replace('.', '').replace(/^0+/, '').length;
  if (number === '0') missing--;
  return `${number}${number.includes('.') ? '' : '.'}${'0'.repeat(Math.max(0, missing))}${tail}`;
}

function pad(text: string, { width, minus, zero }: Flags): string {
  if (width === undefined) return text;
  const missing = Math.max(0, width - [...text].length);
  return minus ? text + ' '.repeat(missing) : (zero ? '0' : ' ').repeat(missing) + text;
}

function goTypeName(value: Value): string {
  return isNil(value) ? 'nil' : typeName(value);
}
