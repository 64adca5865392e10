// Tokens to a tree, with Go's grammar (docs/adr/0007): text, control structures and definitions.
import { goQuote } from '../../common';
import { type BranchNode, type Definition, type Node, type Pipe, type TemplateCallNode, type Tree } from './ast';
import { tokenize } from './lexer';
import { type KnownFunctions, PipelineParser } from './pipeline-parser';
import { Scope } from './scope';
import { TemplateSyntaxError } from './template.errors';
import { type Fail, TokenStream } from './token-stream';

/** The name that a template has for itself. */
export const MAIN = 'f';

export interface ParserOptions {
  readonly fail: Fail;
  readonly functions: KnownFunctions;
}

/** Throws TemplateSyntaxError: the first mistake, and in `others` every further one that was found. */
export function parseTemplate(source: string, options: ParserOptions): Tree {
  return new Parser(new TokenStream(tokenize(source), source, options.fail), options).parse();
}

/** What ends a list of nodes. */
interface Ending {
  readonly type: 'else' | 'end';
  readonly offset: number;
}

class Parser {
  private readonly pipelines: PipelineParser;
  private rangeDepth = 0;
  private readonly definitions = new Map<string, Definition>();

  constructor(
    private readonly tokens: TokenStream,
    options: ParserOptions,
  ) {
    this.pipelines = new PipelineParser(tokens, options.functions);
  }

  parse(): Tree {
    const { unknownNames } = this.pipelines;
    try {
      const tree = this.main();
      if (unknownNames.length === 0) return tree;
    } catch (error) {
      if (!(error instanceof TemplateSyntaxError)) throw error;
      unknownNames.push(error);
    }
    const [first, ...others] = unknownNames;
    throw (first as TemplateSyntaxError).with(others);
  }

  private main(): Tree {
    const body: Node[] = [];
    for (;;) {
      const token = this.tokens.peek();
      if (token.type === 'end') break;
      if (token.type === 'open' && this.definition()) continue;
      const node = this.textOrAction();
      if (isEnding(node)) {
        throw this.tokens.fail(`unexpected {{${node.type}}}`, token.offset);
      }
      body.push(node);
    }
    const own: Definition = { body, slots: this.pipelines.scope.size };
    this.define(MAIN, own, this.tokens.peek().offset);
    const { body: all, slots } = this.definitions.get(MAIN) as Definition;
    return { body: all, slots, definitions: this.definitions, calls: this.pipelines.calls };
  }

  /** `{{ define "name" }}`: false when something else stands here. */
  private definition(): boolean {
    const mark = this.tokens.mark();
    this.tokens.next();
    const { type, text } = this.tokens.nextNonSpace();
    if (type !== 'keyword' || text !== 'define') {
      this.tokens.reset(mark);
      return false;
    }
    const where = 'define clause';
    const name = this.pipelines.string(this.tokens.expect('string', where));
    this.tokens.expect('close', where);
    this.body(name, where);
    return true;
  }

  /** Up to `{{ end }}`, with a scope of its own. */
  private body(name: string, where: string): void {
    const outer = { scope: this.pipelines.scope, rangeDepth: this.rangeDepth };
    this.pipelines.scope = new Scope();
    this.rangeDepth = 0;
    const { nodes, ending } = this.list();
    if (ending.type !== 'end') throw this.tokens.fail(`unexpected {{else}} in ${where}`, ending.offset);
    this.define(name, { body: nodes, slots: this.pipelines.scope.size }, ending.offset);
    this.pipelines.scope = outer.scope;
    this.rangeDepth = outer.rangeDepth;
  }

  /** A blank body never replaces another; two different bodies are an error, as in Go. */
  private define(name: string, definition: Definition, offset: number): void {
    const existing = this.definitions.get(name);
    if (existing === undefined || isBlank(existing.body)) this.definitions.set(name, definition);
    else if (!isBlank(definition.body)) {
      throw this.tokens.fail(`template: multiple definition of template ${goQuote(name)}`, offset);
    }
  }

  private list(): { readonly nodes: readonly Node[]; readonly ending: Ending } {
    const nodes: Node[] = [];
    for (;;) {
      const token = this.tokens.peekNonSpace();
      if (token.type === 'end') throw this.tokens.fail('unexpected EOF: {{end}} is missing', token.offset);
      const node = this.textOrAction();
      if (isEnding(node)) return { nodes, ending: node };
      nodes.push(node);
    }
  }

  private textOrAction(): Node | Ending {
    const token = this.tokens.nextNonSpace();
    if (token.type === 'text') return { type: 'text', text: token.text, offset: token.offset };
    if (token.type !== 'open') throw this.tokens.unexpected(token, 'input');
    return this.action();
  }

  private action(): Node | Ending {
    const mark = this.tokens.mark();
    const token = this.tokens.nextNonSpace();
    const { text: word, offset } = token;
    if (token.type === 'keyword') {
      switch (word) {
        case 'if':
        case 'with':
        case 'range':
          return this.branch(word, offset);
        case 'else': {
          const next = this.tokens.peekNonSpace();
          const isChain = next.type === 'keyword' && (next.text === 'if' || next.text === 'with');
          return { type: 'else', offset: isChain ? next.offset : this.tokens.expect('close', 'else').offset };
        }
        case 'end':
          return { type: 'end', offset: this.tokens.expect('close', 'end').offset };
        case 'template':
          return this.templateCall();
        case 'block':
          return this.block();
        case 'break':
        case 'continue':
          this.tokens.expect('close', `{{${word}}}`);
          if (this.rangeDepth === 0) throw this.tokens.fail(`{{${word}}} outside {{range}}`, offset);
          return { type: word, offset };
      }
    }
    this.tokens.reset(mark);
    return { type: 'action', pipe: this.pipelines.pipeline('command', 'close'), offset };
  }

  private branch(type: BranchNode['type'], offset: number): BranchNode {
    return this.pipelines.nested(offset, () => {
      const { scope } = this.pipelines;
      const mark = scope.mark();
      const pipe = this.pipelines.pipeline(type, 'close');
      const inner = scope.mark();
      if (type === 'range') this.rangeDepth++;
      const { nodes: body, ending } = this.list();
      if (type === 'range') this.rangeDepth--;
      scope.leave(inner);
      const otherwise = ending.type === 'else' ? this.otherwise(type) : [];
      scope.forget(mark);
      return { type, pipe, body, otherwise, offset: pipe.offset };
    });
  }

  /** After `else`: a plain list, or `else if` / `else with`, which shares the `end`. */
  private otherwise(type: BranchNode['type']): readonly Node[] {
    const next = this.tokens.peek();
    if (type !== 'range' && next.type === 'keyword' && next.text === type) {
      this.tokens.next();
      return [this.branch(type, next.offset)];
    }
    const { nodes, ending } = this.list();
    if (ending.type !== 'end') throw this.tokens.fail('expected end; found {{else}}', ending.offset);
    return nodes;
  }

  private templateCall(): TemplateCallNode {
    const where = 'template clause';
    const { name, offset } = this.templateName(where);
    const mark = this.tokens.mark();
    if (this.tokens.nextNonSpace().type === 'close') return { type: 'template', name, pipe: undefined, offset };
    this.tokens.reset(mark);
    return { type: 'template', name, pipe: this.pipelines.pipeline(where, 'close'), offset };
  }

  private block(): TemplateCallNode {
    const where = 'block clause';
    const { name, offset } = this.templateName(where);
    const pipe: Pipe = this.pipelines.pipeline(where, 'close');
    this.pipelines.nested(offset, () => this.body(name, where));
    return { type: 'template', name, pipe, offset };
  }

  private templateName(where: string): { readonly name: string; readonly offset: number } {
    const token = this.tokens.expect('string', where);
    return { name: this.pipelines.string(token), offset: token.offset };
  }
}

function isEnding(node: Node | Ending): node is Ending {
  return node.type === 'else' || node.type === 'end';
}

function isBlank(nodes: readonly Node[]): boolean {
  return nodes.every((node) => node.type === 'text' && node.text.trim() === '');
}
