// Tokens to a tree, with Go's grammar and scopes (docs/adr/0007). Variables become slots here, so that
// evaluation never looks a name up.
import { didYouMean } from '../../common';
import { type Command, type Definition, type Node, type Operand, type Pipe, type Tree } from './ast';
import { type Fail, type Token, tokenize, type TokenType } from './lexer';
import { OVERFLOW, parseNumber, unescape } from './literal';

const KEYWORDS = new Set(['if', 'else', 'end', 'range', 'with', 'define', 'template', 'block', 'break', 'continue']);
const MAX_DEPTH = 200;

export interface ParserOptions {
  readonly fail: Fail;
  /** Names that may be called. */
  readonly functions: { has(name: string): boolean; names(): Iterable<string> };
}

export function parseTemplate(source: string, options: ParserOptions): Tree {
  return new Parser(tokenize(source, options.fail), options).parse();
}

interface Scope {
  readonly names: { name: string; slot: number }[];
  next: number;
  size: number;
}

interface Ending {
  readonly word: 'else' | 'end';
  readonly token: Token;
}

class Parser {
  private at = 0;
  private depth = 0;
  private rangeDepth = 0;
  private scope: Scope = newScope();
  private readonly definitions = new Map<string, Definition>();

  constructor(
    private readonly tokens: readonly Token[],
    private readonly options: ParserOptions,
  ) {}

  parse(): Tree {
    const body = this.nodes(true);
    return { body, slots: this.scope.size, definitions: this.definitions };
  }

  // ---- token access

  private peek(): Token {
    return this.tokens[Math.min(this.at, this.tokens.length - 1)] as Token;
  }

  private next(): Token {
    const token = this.peek();
    this.at++;
    return token;
  }

  private skipSpace(): Token {
    while (this.peek().type === 'space') this.at++;
    return this.peek();
  }

  private expect(type: TokenType, what: string): Token {
    const token = this.skipSpace();
    if (token.type !== type) throw this.unexpected(token, what);
    return this.next();
  }

  private unexpected(token: Token, where: string): Error {
    const shown = token.type === 'end' ? 'end of template' : `"${token.text}"`;
    return this.options.fail(`unexpected ${shown} in ${where}`, token.offset);
  }

  // ---- statements

  private nodes(isTop: true): readonly Node[];
  private nodes(isTop: false): { readonly body: readonly Node[]; readonly ending: Ending };
  private nodes(isTop: boolean): readonly Node[] | { readonly body: readonly Node[]; readonly ending: Ending } {
    const body: Node[] = [];
    for (;;) {
      const token = this.next();
      if (token.type === 'end') {
        if (isTop) return body;
        throw this.options.fail('unexpected end of template: {{end}} is missing', token.offset);
      }
      if (token.type === 'text') {
        body.push({ type: 'text', text: token.text, offset: token.offset });
        continue;
      }
      const result = this.statement(token, isTop);
      if (result === undefined) continue;
      if ('word' in result) {
        if (isTop) throw this.options.fail(`unexpected {{${result.word}}}`, token.offset);
        return { body, ending: result };
      }
      body.push(result);
    }
  }

  private statement(open: Token, isTop: boolean): Node | Ending | undefined {
    const word = this.skipSpace();
    if (word.type !== 'identifier' || !KEYWORDS.has(word.text)) return this.action(open);
    this.next();
    switch (word.text) {
      case 'if':
      case 'with':
      case 'range':
        return this.control(word.text, open);
      case 'else':
        return { word: 'else', token: word };
      case 'end':
        this.expect('close', 'end');
        return { word: 'end', token: word };
      case 'template':
        return this.templateCall(open);
      case 'define':
        if (!isTop) throw this.unexpected(word, 'command');
        return this.define(open);
      case 'block':
        return this.block(open);
      default:
        this.expect('close', `{{${word.text}}}`);
        if (this.rangeDepth === 0) throw this.options.fail(`{{${word.text}}} outside {{range}}`, word.offset);
        return { type: word.text as 'break' | 'continue', offset: open.offset };
    }
  }

  private action(open: Token): Node {
    const pipe = this.pipeline('command', 'close');
    return { type: 'action', pipe, offset: open.offset };
  }

  private control(type: 'if' | 'with' | 'range', open: Token): Node {
    if (++this.depth > MAX_DEPTH) throw this.options.fail(`nested deeper than ${MAX_DEPTH}`, open.offset);
    const mark = this.scope.names.length;
    if (type === 'range') this.rangeDepth++;
    const pipe = this.pipeline(type, 'close', type === 'range');
    const { body, ending } = this.nodes(false);
    if (type === 'range') this.rangeDepth--;
    const otherwise = ending.word === 'else' ? this.otherwise(type, ending.token) : [];
    this.scope.names.length = mark;
    this.depth--;
    return { type, pipe, body, otherwise, offset: open.offset };
  }

  /** After `else`: a plain else list, or `else if` / `else with`, which shares the `end`. */
  private otherwise(type: 'if' | 'with' | 'range', token: Token): readonly Node[] {
    const word = this.skipSpace();
    if (type !== 'range' && word.type === 'identifier' && word.text === type) {
      this.next();
      return [this.control(type, token)];
    }
    this.expect('close', 'else');
    const mark = this.scope.names.length;
    const { body, ending } = this.nodes(false);
    this.scope.names.length = mark;
    if (ending.word === 'else') throw this.options.fail('expected end; found {{else}}', ending.token.offset);
    return body;
  }

  private templateCall(open: Token): Node {
    const name = this.templateName('template clause');
    const isBare = this.skipSpace().type === 'close';
    if (isBare) this.next();
    const pipe = isBare ? undefined : this.pipeline('template clause', 'close');
    return { type: 'template', name, pipe, offset: open.offset };
  }

  private templateName(where: string): string {
    const token = this.skipSpace();
    if (token.type !== 'string') throw this.unexpected(token, where);
    this.next();
    return this.stringValue(token);
  }

  private define(_open: Token): undefined {
    const name = this.templateName('define clause');
    this.expect('close', 'define clause');
    this.definition(name);
    return undefined;
  }

  private block(open: Token): Node {
    const name = this.templateName('block clause');
    const pipe = this.pipeline('block clause', 'close');
    this.definition(name);
    return { type: 'template', name, pipe, offset: open.offset };
  }

  private definition(name: string): void {
    const outer = { scope: this.scope, rangeDepth: this.rangeDepth };
    this.scope = newScope();
    this.rangeDepth = 0;
    const { body, ending } = this.nodes(false);
    if (ending.word === 'else') throw this.options.fail('unexpected {{else}} in define clause', ending.token.offset);
    this.addDefinition(name, { body, slots: this.scope.size }, ending.token.offset);
    this.scope = outer.scope;
    this.rangeDepth = outer.rangeDepth;
  }

  /** An empty body never replaces another; two different bodies are an error, as in Go. */
  private addDefinition(name: string, definition: Definition, offset: number): void {
    const isBlank = (nodes: readonly Node[]): boolean =>
      nodes.every((node) => node.type === 'text' && node.text.trim() === '');
    const existing = this.definitions.get(name);
    if (existing !== undefined && isBlank(definition.body)) return;
    if (existing !== undefined && !isBlank(existing.body)) {
      throw this.options.fail(`multiple definition of template "${name}"`, offset);
    }
    this.definitions.set(name, definition);
  }

  // ---- pipelines

  private pipeline(where: string, end: 'close' | 'rparen', allowsTwo = false): Pipe {
    const first = this.skipSpace();
    const declared = this.declarations(allowsTwo);
    const commands: Command[] = [];
    for (;;) {
      const token = this.skipSpace();
      if (token.type === end) {
        this.next();
        break;
      }
      if (token.type === 'pipe' || commands.length > 0) {
        if (commands.length === 0) throw this.options.fail(`missing value for ${where}`, token.offset);
        if (token.type !== 'pipe') throw this.unexpected(token, where);
        this.next();
        // Go lets a pipe stand in front of the end.
        if (this.skipSpace().type === end) continue;
      }
      commands.push(this.command(where, end));
    }
    if (commands.length === 0) throw this.options.fail(`missing value for ${where}`, first.offset);
    this.checkStages(commands);
    for (const variable of declared.names) if (!declared.isAssignment) this.scope.names.push(variable);
    return { commands, declares: declared.names, isAssignment: declared.isAssignment, offset: first.offset };
  }

  private checkStages(commands: readonly Command[]): void {
    commands.slice(1).forEach((command, index) => {
      const { type } = command.args[0];
      if (type === 'literal' || type === 'nil' || (type === 'field' && command.args[0].fields.length === 0)) {
        throw this.options.fail(`non executable command in pipeline stage ${index + 2}`, command.offset);
      }
    });
  }

  /** `$x :=`, `$x =`, in range also `$i, $x :=`. Looks ahead, because `$x` alone is an operand. */
  private declarations(allowsTwo: boolean): { names: { name: string; slot: number }[]; isAssignment: boolean } {
    const start = this.at;
    const found: Token[] = [];
    for (;;) {
      const token = this.skipSpace();
      if (token.type !== 'variable' || token.text.includes('.')) break;
      this.next();
      found.push(token);
      const after = this.skipSpace();
      if (after.type === 'declare' || after.type === 'assign') {
        this.next();
        return {
          names: found.map((name) => this.declared(name, after.type === 'assign')),
          isAssignment: after.type === 'assign',
        };
      }
      if (after.type !== 'comma') break;
      if (!allowsTwo || found.length === 2) throw this.options.fail('too many declarations', after.offset);
      this.next();
    }
    if (found.length > 1) throw this.unexpected(this.peek(), 'range declaration');
    this.at = start;
    return { names: [], isAssignment: false };
  }

  private declared(token: Token, isAssignment: boolean): { name: string; slot: number } {
    if (isAssignment) return { name: token.text, slot: this.slotOf(token) };
    const slot = this.scope.next++;
    this.scope.size = Math.max(this.scope.size, this.scope.next);
    return { name: token.text, slot };
  }

  private slotOf(token: Token): number {
    if (token.text === '$') return 0;
    for (let i = this.scope.names.length - 1; i >= 0; i--) {
      const variable = this.scope.names[i];
      if (variable?.name === token.text) return variable.slot;
    }
    const known = this.scope.names.map(({ name }) => name);
    throw this.options.fail(`undefined variable "${token.text}"${didYouMean(token.text, known)}`, token.offset);
  }

  private command(where: string, end: 'close' | 'rparen'): Command {
    const args: Operand[] = [];
    const offset = this.skipSpace().offset;
    for (;;) {
      const token = this.skipSpace();
      if (token.type === end || token.type === 'pipe') break;
      args.push(this.operand(where));
      const after = this.peek();
      if (after.type !== 'space' && after.type !== end && after.type !== 'pipe') {
        throw this.unexpected(after, 'operand');
      }
    }
    const [first, ...rest] = args;
    if (first === undefined) throw this.options.fail('empty command', offset);
    return { args: [first, ...rest], offset };
  }

  private operand(where: string): Operand {
    const base = this.term(where);
    const fields: string[] = [];
    while (this.peek().type === 'field') fields.push(this.next().text);
    if (fields.length === 0) return base;
    if (base.type === 'field' && base.fields.length > 0) return { ...base, fields: [...base.fields, ...fields] };
    if (base.type === 'variable') return { ...base, fields };
    if (base.type === 'literal' || base.type === 'nil' || base.type === 'field') {
      throw this.options.fail(
        `unexpected . after term ${base.type === 'literal' ? `"${base.text}"` : base.type}`,
        base.offset,
      );
    }
    return { type: 'chain', base, fields, offset: base.offset };
  }

  private term(where: string): Operand {
    const token = this.next();
    const { offset } = token;
    switch (token.type) {
      case 'dot':
        return { type: 'field', fields: [], offset };
      case 'field':
        return { type: 'field', fields: [token.text], offset };
      case 'variable':
        return { type: 'variable', name: token.text, slot: this.slotOf(token), fields: [], offset };
      case 'identifier':
        return this.identifier(token);
      case 'string':
        return { type: 'literal', value: this.stringValue(token), text: token.text, offset };
      case 'rune':
        return { type: 'literal', value: this.runeValue(token), text: token.text, offset };
      case 'number':
        return this.number(token);
      case 'lparen':
        if (++this.depth > MAX_DEPTH) throw this.options.fail(`nested deeper than ${MAX_DEPTH}`, offset);
        return this.parenthesised(offset);
      default:
        throw this.unexpected(token, where);
    }
  }

  private parenthesised(offset: number): Operand {
    const pipe = this.pipeline('parenthesized pipeline', 'rparen');
    this.depth--;
    return { type: 'pipe', pipe, offset };
  }

  private identifier(token: Token): Operand {
    const { text, offset } = token;
    if (text === 'true' || text === 'false') return { type: 'literal', value: text === 'true', text, offset };
    if (text === 'nil') return { type: 'nil', offset };
    if (KEYWORDS.has(text)) throw this.unexpected(token, 'command');
    const { functions } = this.options;
    if (!functions.has(text)) {
      throw this.options.fail(`function "${text}" is not defined${didYouMean(text, functions.names())}`, offset);
    }
    return { type: 'function', name: text, offset };
  }

  private number(token: Token): Operand {
    const value = parseNumber(token.text);
    if (value === undefined) throw this.options.fail(`illegal number syntax: "${token.text}"`, token.offset);
    if (value === OVERFLOW) throw this.options.fail(`integer overflow: ${token.text}`, token.offset);
    return { type: 'literal', value, text: token.text, offset: token.offset };
  }

  private stringValue(token: Token): string {
    if (token.text.startsWith('`')) return token.text.slice(1, -1).replace(/\r/g, '');
    const value = unescape(token.text.slice(1, -1), '"');
    if (value === undefined) throw this.options.fail(`invalid escape in string ${token.text}`, token.offset);
    return value;
  }

  private runeValue(token: Token): number {
    const value = unescape(token.text.slice(1, -1), "'");
    const [character, ...more] = value ?? '';
    if (character === undefined || more.length > 0) {
      throw this.options.fail(`malformed character constant: ${token.text}`, token.offset);
    }
    return character.codePointAt(0) ?? 0;
  }
}

function newScope(): Scope {
  return { names: [], next: 1, size: 1 };
}
