// Pipelines, commands and operands: what stands between the braces.
import { didYouMean, goQuote } from '../../common';
import { type Command, type Operand, type Pipe, UNDECLARED } from './ast';
import { type Token } from './lexer';
import { numberLiteral, runeLiteral, stringLiteral } from './literal';
import { Scope } from './scope';
import { GoInt } from './value';
import { type TemplateSyntaxError } from './template.errors';
import { type TokenStream } from './token-stream';

/** How deep parentheses and control structures may nest. */
const MAX_DEPTH = 200;

/** Names that may be called. */
export interface KnownFunctions {
  has(name: string): boolean;
  names(): Iterable<string>;
}

type Announced = ReturnType<Scope['announce']>;

interface Declarations {
  readonly announced: readonly Announced[];
  readonly isAssignment: boolean;
}

const NOTHING_DECLARED: Declarations = { announced: [], isAssignment: false };

/** Parses pipelines; unknown functions and variables are collected, so that all of them can be reported. */
export class PipelineParser {
  scope = new Scope();
  private depth = 0;
  readonly unknownNames: TemplateSyntaxError[] = [];
  readonly calls = new Set<string>();

  constructor(
    private readonly tokens: TokenStream,
    private readonly functions: KnownFunctions,
  ) {}

  /** One level deeper, for as long as the callback runs. */
  nested<T>(offset: number, parse: () => T): T {
    if (++this.depth > MAX_DEPTH) throw this.tokens.fail(`nested deeper than ${MAX_DEPTH}`, offset);
    const result = parse();
    this.depth--;
    return result;
  }

  pipeline(where: string, end: 'close' | 'rparen'): Pipe {
    const { offset } = this.tokens.peekNonSpace();
    const { announced, isAssignment } = this.declarations(where);
    const commands: Command[] = [];
    for (;;) {
      const mark = this.tokens.mark();
      const token = this.tokens.nextNonSpace();
      if (token.type === end) break;
      if (!STARTS_OPERAND.has(token.type)) throw this.tokens.unexpected(token, where);
      this.tokens.reset(mark);
      commands.push(this.command());
    }
    if (!isFilled(commands)) throw this.tokens.fail(`missing value for ${where}`, offset);
    this.checkStages(commands);
    const declares = announced.length === 0 ? NO_DECLARATIONS : this.scope.settle(announced, isAssignment);
    return { commands, declares, isAssignment, offset };
  }

  /** Only something that can be called may take a piped value. */
  private checkStages(commands: readonly Command[]): void {
    for (let stage = 1; stage < commands.length; stage++) {
      const { args, offset } = commands[stage] as Command;
      const [first] = args;
      if (first.type === 'literal' || first.type === 'nil' || (first.type === 'field' && first.fields.length === 0)) {
        throw this.tokens.fail(`non executable command in pipeline stage ${stage + 1}`, offset);
      }
    }
  }

  /** `$x :=`, `$x =`, in range also `$i, $x :=`. `$x` alone is an operand. */
  private declarations(where: string): Declarations {
    if (this.tokens.peekNonSpace().type !== 'variable') return NOTHING_DECLARED;
    const announced: Announced[] = [];
    for (;;) {
      const mark = this.tokens.mark();
      const variable = this.tokens.peekNonSpace();
      if (variable.type !== 'variable') break;
      this.tokens.next();
      const after = this.tokens.peekNonSpace();
      if (after.type === 'assign' || after.type === 'declare') {
        this.tokens.next();
        announced.push(this.scope.announce(variable.text));
        return { announced, isAssignment: after.type === 'assign' };
      }
      if (after.type !== 'char' || after.text !== ',') {
        this.tokens.reset(mark);
        break;
      }
      this.tokens.next();
      announced.push(this.scope.announce(variable.text));
      if (where !== 'range' || announced.length >= 2) {
        throw this.tokens.fail(`too many declarations in ${where}`, after.offset);
      }
      const { type, offset } = this.tokens.peekNonSpace();
      if (type !== 'variable' && type !== 'close' && type !== 'rparen') {
        throw this.tokens.fail('range can only initialize variables', offset);
      }
    }
    return { announced, isAssignment: false };
  }

  private command(): Command {
    const { offset } = this.tokens.peekNonSpace();
    const args: Operand[] = [];
    for (;;) {
      this.tokens.peekNonSpace();
      const operand = this.operand();
      if (operand !== undefined) args.push(operand);
      const mark = this.tokens.mark();
      const token = this.tokens.next();
      if (token.type === 'space') continue;
      if (token.type === 'close' || token.type === 'rparen') this.tokens.reset(mark);
      else if (token.type !== 'pipe') throw this.tokens.unexpected(token, 'operand');
      break;
    }
    if (!isFilled(args)) throw this.tokens.fail('empty command', offset);
    return { args, offset };
  }

  private operand(): Operand | undefined {
    const base = this.term();
    if (base === undefined) return undefined;
    const { type, offset } = this.tokens.peek();
    if (type !== 'field') return base;
    const fields: string[] = [];
    while (this.tokens.peek().type === 'field') fields.push(this.tokens.next().text);
    if (base.type === 'field' && base.fields.length > 0) {
      return { type: 'field', fields: [...base.fields, ...fields], offset };
    }
    if (base.type === 'variable') return { ...base, fields, offset };
    if (base.type === 'literal' || base.type === 'nil' || base.type === 'field') {
      const text = base.type === 'literal' ? base.text : base.type === 'nil' ? 'nil' : '.';
      throw this.tokens.fail(`unexpected . after term ${goQuote(text)}`, offset);
    }
    return { type: 'chain', base, fields, offset };
  }

  /** Undefined when the next token starts no operand; it stays the next. */
  private term(): Operand | undefined {
    const mark = this.tokens.mark();
    const token = this.tokens.nextNonSpace();
    const { offset, text } = token;
    switch (token.type) {
      case 'identifier':
        return this.functionName(token);
      case 'dot':
        return { type: 'field', fields: [], offset };
      case 'nil':
        return { type: 'nil', offset };
      case 'variable':
        return { type: 'variable', name: text, slot: this.slotOf(token), fields: [], offset };
      case 'field':
        return { type: 'field', fields: [text], offset };
      case 'bool':
        return { type: 'literal', value: text === 'true', text, offset };
      case 'rune':
        return this.rune(token);
      case 'number':
        return this.number(token);
      case 'lparen': {
        const pipe = this.nested(offset, () => this.pipeline('parenthesized pipeline', 'rparen'));
        return { type: 'pipe', pipe, offset: pipe.offset };
      }
      case 'string':
        return { type: 'literal', value: this.string(token), text, offset };
      default:
        this.tokens.reset(mark);
        return undefined;
    }
  }

  private functionName(token: Token): Operand {
    const { text: name, offset } = token;
    this.calls.add(name);
    if (!this.functions.has(name)) {
      const hint = didYouMean(name, this.functions.names());
      this.unknownNames.push(this.tokens.fail(`function ${goQuote(name)} is not defined${hint}`, offset));
    }
    return { type: 'function', name, offset };
  }

  private slotOf(token: Token): number {
    const slot = this.scope.slotOf(token.text);
    if (slot !== undefined) return slot;
    const hint = didYouMean(token.text, this.scope.names());
    this.unknownNames.push(this.tokens.fail(`undefined variable "${token.text}"${hint}`, token.offset));
    return UNDECLARED;
  }

  private rune({ text, offset }: Token): Operand {
    const code = runeLiteral(text);
    if (typeof code === 'string') {
      throw this.tokens.fail(code === 'invalid syntax' ? `${code} in ${text}` : `${code}: ${text}`, offset);
    }
    return { type: 'literal', value: new GoInt('int', code), text, offset };
  }

  private number({ text, offset }: Token): Operand {
    const literal = numberLiteral(text);
    if ('problem' in literal) throw this.tokens.fail(`${literal.problem}: ${goQuote(text)}`, offset);
    return { type: 'literal', value: literal.value, text, offset };
  }

  /** The text of a string token. */
  string({ text, offset }: Token): string {
    const value = stringLiteral(text);
    if (value === undefined) throw this.tokens.fail(`invalid syntax in ${text}`, offset);
    return value;
  }
}

const NO_DECLARATIONS: Pipe['declares'] = [];

function isFilled<T>(list: readonly T[]): list is readonly [T, ...T[]] {
  return list.length > 0;
}

const STARTS_OPERAND: ReadonlySet<Token['type']> = new Set([
  'bool',
  'rune',
  'dot',
  'field',
  'identifier',
  'number',
  'nil',
  'string',
  'variable',
  'lparen',
]);
