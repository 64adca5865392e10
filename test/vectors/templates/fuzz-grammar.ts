// Random templates from the grammar, and random data for them. What Go and we do differently on purpose is left out:
// imaginary numbers, and loops that only a budget would end.

export interface Program {
  readonly t: string;
  readonly d: unknown;
}

const KEYS = ['a', 'b', 'c', 'n', 'é'];
const NAMES = ['x', 'y', 'z'];
const TEXTS = ['', 'a', 'text', 'héllo', '☃', '😀!', '<a b="c">', "it's", '12', 'a\nb', 'a\tb ', '%d', '\u0000', '\u2028'];
const NUMBERS = ['0', '1', '2', '3', '-1', '7', '1.5', '2.0', '1e3', '0x1F', '0b11', '0o7', '1_000', "'a'", "'☃'", '.5', '1e-7', '1e21'];
const VERBS = 'vvvdsqxXtTeEfFgGbocUO';
const WRONG = ['{{', '}}', '(', ')', '|', '.', '$', ':=', '=', ',', '"', "'", '`', '\\', '-', '{{ end }}', '{{ else }}', '/*', 'nope', '!', '\n', ' '];

/** The same programs for the same seed (mulberry32). */
export class Generator {
  private variables: string[] = [];
  private ranges = 0;
  private templates: string[] = [];
  /** Most programs avoid what mostly fails, so that they print something. */
  private isGentle = false;

  constructor(private state: number) {}

  program(): Program {
    this.variables = [];
    this.templates = this.chance(0.2) ? ['T', 'U'] : [];
    this.ranges = 0;
    this.isGentle = this.chance(0.7);
    const definitions = this.templates.map((name) => `{{ define "${name}" }}${this.definition()}{{ end }}`).join('');
    let t = definitions + this.list(3);
    if (!this.isGentle && this.chance(0.3)) t = this.broken(t);
    return { t, d: this.map(3) };
  }

  private random(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  private int(below: number): number {
    return Math.floor(this.random() * below);
  }

  private chance(probability: number): boolean {
    return this.random() < probability;
  }

  private pick<T>(from: ArrayLike<T>): T {
    return from[this.int(from.length)] as T;
  }

  // ---- data

  private map(depth: number): Record<string, unknown> {
    const keys = KEYS.filter(() => this.chance(depth === 3 ? 0.85 : 0.5));
    return Object.fromEntries(keys.map((key) => [key, this.value(depth - 1)]));
  }

  private value(depth: number): unknown {
    const kind = this.int(depth > 0 ? 10 : 6);
    if (kind === 0) return null;
    if (kind === 1) return this.chance(0.5);
    if (kind === 2) return this.pick(TEXTS);
    if (kind === 3) return this.int(6);
    if (kind === 4) return this.number();
    if (kind === 5) return this.pick(TEXTS);
    if (kind < 8) return Array.from({ length: this.int(4) }, () => this.value(depth - 1));
    return this.map(depth);
  }

  /** Large integers are negative: a loop over one ends at once. */
  private number(): unknown {
    return this.pick([-3, 100, 2.5, -0.125, 1.5e-9, 1e-7, 123456.789, 0.1, { $int: '-9007199254740993' }, { $float: '1e300' }]);
  }

  // ---- texts and actions

  private list(depth: number): string {
    const mark = this.variables.length;
    const text = Array.from({ length: 1 + this.int(3) }, () => this.node(depth)).join('');
    this.variables.length = mark;
    return text;
  }

  private definition(): string {
    const { variables, ranges, templates } = this;
    Object.assign(this, { variables: [], ranges: 0, templates: [] });
    const body = this.list(1);
    Object.assign(this, { variables, ranges, templates });
    return body;
  }

  private node(depth: number): string {
    const kind = this.int(depth > 0 ? 15 : 7);
    if (kind < 2) return this.pick(['text ', ' \n ', '}}', 'é', '\n\t', ' { ', 'x']);
    if (kind < 6) return this.action(this.pipeline(2));
    if (kind === 6) return this.small();
    const [open, close] = [this.open(), this.close()];
    const mark = this.variables.length;
    let text: string;
    if (kind < 9) text = `${open}if ${this.header()}${close}${this.list(depth - 1)}${this.otherwise('if', depth)}`;
    else if (kind < 11) text = `${open}with ${this.header()}${close}${this.list(depth - 1)}${this.otherwise('with', depth)}`;
    else text = this.range(open, close, depth);
    this.variables.length = mark;
    return `${text}${this.action('end')}`;
  }

  private range(open: string, close: string, depth: number): string {
    const kind = this.int(4);
    let header = this.isGentle ? `$.${this.pick(KEYS)}` : this.operand(1);
    if (this.isGentle && this.chance(0.8)) header = this.pick(['($.a | or 3)', '3', '(and $.b 2)', '$', '(slice "" | len)']);
    if (kind === 1) header = `${this.declared()} := ${header}`;
    else if (kind === 2) header = `${this.declared()}, ${this.declared()} := ${header}`;
    else if (kind === 3 && this.variables.length > 0) header = `${this.pick(this.variables)} = ${header}`;
    this.ranges++;
    const body = this.list(depth - 1);
    this.ranges--;
    return `${open}range ${header}${close}${body}${this.chance(0.3) ? this.action('else') + this.list(depth - 1) : ''}`;
  }

  private otherwise(word: string, depth: number): string {
    const kind = this.int(4);
    if (kind === 0) return `${this.action('else')}${this.list(depth - 1)}`;
    if (kind === 1) return `${this.action(`else ${word} ${this.header()}`)}${this.list(depth - 1)}`;
    return '';
  }

  private header(): string {
    return this.chance(0.25) ? `${this.declared()} := ${this.pipeline(1)}` : this.pipeline(1);
  }

  private small(): string {
    const kind = this.int(6);
    if (kind === 0) return `{{${this.chance(0.3) ? '- ' : ''}/* note */${this.chance(0.3) ? ' -' : ''}}}`;
    if (kind === 1 && this.ranges > 0) return this.action(this.pick(['break', 'continue']));
    if (kind === 2 && this.templates.length > 0) {
      return this.action(`template "${this.pick([...this.templates, 'V'])}" ${this.chance(0.7) ? this.pipeline(1) : ''}`);
    }
    if (kind === 3 && this.variables.length > 0) return this.action(`${this.pick(this.variables)} = ${this.pipeline(1)}`);
    const pipeline = this.pipeline(1);
    return this.action(`${this.declared()} := ${pipeline}`);
  }

  private declared(): string {
    const name = `$${this.pick(NAMES)}`;
    this.variables.push(name);
    return name;
  }

  private action(inside: string): string {
    return `${this.open()}${inside}${this.close()}`;
  }

  private open(): string {
    return this.pick(['{{ ', '{{ ', '{{', '{{- ', '{{\n']);
  }

  private close(): string {
    return this.pick([' }}', ' }}', '}}', ' -}}', '\t}}']);
  }

  // ---- pipelines

  private pipeline(depth: number): string {
    let text = this.command(depth);
    while (this.chance(0.25)) text += `${this.pick([' | ', '|'])}${this.piped(depth)}`;
    return text;
  }

  private piped(depth: number): string {
    return !this.isGentle && this.chance(0.05) ? this.operand(depth) : this.call(depth, 1);
  }

  private command(depth: number): string {
    const kind = this.int(10);
    if (kind < 4) return this.operand(depth);
    if (kind === 4 && !this.isGentle && this.chance(0.3)) return `${this.operand(depth)} ${this.operand(0)}`;
    return this.call(depth, 0);
  }

  private call(depth: number, piped: number): string {
    const args = (count: number): string =>
      Array.from({ length: Math.max(0, count - piped) }, () => ` ${this.operand(depth - 1)}`).join('');
    switch (this.isGentle ? this.pick([0, 0, 1, 1, 3, 4]) : this.int(9)) {
      case 0:
        return `printf ${JSON.stringify(this.format())}${args(1 + this.int(3))}`;
      case 1:
        return this.pick(['print', 'println', 'html', 'js', 'urlquery']) + args(1 + this.int(3));
      case 2:
        return this.pick(['eq', 'ne', 'lt', 'le', 'gt', 'ge']) + args(2);
      case 3:
        return this.pick(['and', 'or']) + args(1 + this.int(3));
      case 4:
        return `not${args(1)}`;
      case 5:
        return `index${args(2 + this.int(2))}`;
      case 6:
        return `slice${args(1 + this.int(3))}`;
      case 7:
        return `len${args(1)}`;
      default:
        return this.pick(['eq', 'not', 'len', 'index', 'slice', 'print', 'call', 'and', 'lt']) + args(this.int(5));
    }
  }

  private format(): string {
    return Array.from({ length: 1 + this.int(3) }, () => {
      const flags = this.chance(0.3) ? this.pick(['+', '-', '#', '0', ' ', '+0', '-#', '# ']) : '';
      const width = this.chance(0.25) ? this.pick(['1', '6', '12', '*', '[1]']) : '';
      const precision = this.chance(0.2) ? this.pick(['.', '.0', '.2', '.12', '.*']) : '';
      return `${this.pick(['', 'a', '%%', 'é'])}%${flags}${width}${precision}${this.pick(VERBS)}`;
    }).join('');
  }

  private operand(depth: number): string {
    const kind = this.int(depth > 0 ? 14 : 10);
    if (kind < 4) return this.isGentle ? `$.${this.pick(KEYS)}` : this.path(1 + this.int(2));
    if (kind === 4) return this.pick(['.', '$', 'true', 'false', 'nil', '$.a', '$.b.c']);
    if (kind === 5) return this.pick(NUMBERS);
    if (kind === 6) return this.chance(0.2) ? '`ra"w`' : JSON.stringify(this.pick(TEXTS.slice(0, 12)));
    if (kind < 10) {
      if (this.variables.length === 0) return this.isGentle ? '.' : this.path(1);
      return this.pick(this.variables) + (!this.isGentle && this.chance(0.3) ? this.path(1) : '');
    }
    if (kind === 13 && !this.isGentle) return `(${this.pipeline(depth - 1)})${this.path(1 + this.int(2))}`;
    return `(${this.pipeline(depth - 1)})`;
  }

  private path(length: number): string {
    return Array.from({ length }, () => `.${this.pick(KEYS)}`).join('');
  }

  /** Something in it is lost, doubled or replaced. */
  private broken(text: string): string {
    const characters = [...text];
    const at = this.int(characters.length);
    const count = this.int(3);
    const insert = this.pick([[], characters.slice(at, at + 3), [this.pick(WRONG)]]);
    characters.splice(at, count, ...insert);
    const result = characters.join('');
    return /[0-9._]i/.test(result) ? text : result;
  }
}
