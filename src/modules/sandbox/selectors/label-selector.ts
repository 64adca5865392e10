// Label selectors: every form that the API server takes, with its errors. The grammar is that of apimachinery's labels
// package; where a keyword stands for a value ("in=in") it is an identifier.
import { type JsonObject } from '../../common';
import { badRequest } from '../status';
import { tokensOf, type Token } from './label-tokens';
import { labelValueProblems, qualifiedNameProblems } from './name-rules';

type Operator = 'exists' | '!' | 'in' | 'notin' | '=' | '==' | '!=' | '>' | '<';

export interface Requirement {
  readonly key: string;
  readonly operator: Operator;
  readonly values: readonly string[];
}

export type LabelMatcher = (labels: JsonObject | undefined) => boolean;

/** Undefined for a selector that matches everything. Throws a 400. */
export function parseLabelSelector(text: string): LabelMatcher | undefined {
  if (text === '') return undefined;
  const requirements = new Parser(tokensOf(text)).parse();
  if (requirements.length === 0) return undefined;
  return (labels) => requirements.every((requirement) => isMet(requirement, labels));
}

function isMet({ key, operator, values }: Requirement, labels: JsonObject | undefined): boolean {
  const value = labels !== undefined && Object.hasOwn(labels, key) ? labels[key] : undefined;
  const text = typeof value === 'string' ? value : undefined;
  switch (operator) {
    case 'exists':
      return text !== undefined;
    case '!':
      return text === undefined;
    case 'in':
    case '=':
    case '==':
      return text !== undefined && values.includes(text);
    case 'notin':
    case '!=':
      return text === undefined || !values.includes(text);
    case '>':
    case '<':
      return isOrdered(text, operator, values[0] ?? '');
  }
}

const INTEGER = /^[+-]?[0-9]+$/;

function isOrdered(text: string | undefined, operator: '>' | '<', bound: string): boolean {
  if (text === undefined || !INTEGER.test(text)) return false;
  return operator === '>' ? BigInt(text) > BigInt(bound) : BigInt(text) < BigInt(bound);
}

class Parser {
  private position = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  parse(): readonly Requirement[] {
    const requirements: Requirement[] = [];
    for (;;) {
      const next = this.peek();
      if (next.kind === 'end') return requirements;
      if (next.kind !== 'identifier' && next.kind !== '!') {
        throw badRequest(`found '${next.text}', expected: !, identifier, or 'end of string'`);
      }
      requirements.push(this.requirement());
      const separator = this.take();
      if (separator.kind === 'end') return requirements;
      if (separator.kind !== ',') throw badRequest(`found '${separator.text}', expected: ',' or 'end of string'`);
      const after = this.peek();
      if (after.kind !== 'identifier' && after.kind !== '!') {
        throw badRequest(`found '${after.text}', expected: identifier after ','`);
      }
    }
  }

  private requirement(): Requirement {
    const isNegated = this.peek().kind === '!';
    if (isNegated) this.take();
    const { kind, text: key } = this.take();
    if (kind !== 'identifier') throw refused(`found '${key}', expected: identifier`);
    const [problem] = qualifiedNameProblems(key);
    if (problem !== undefined) throw refused(`<nil>: Invalid value: ${JSON.stringify(key)}: ${problem}`);
    if (isNegated) return { key, operator: '!', values: [] };
    const next = this.peek().kind;
    if (next === 'end' || next === ',') return { key, operator: 'exists', values: [] };
    const operator = this.operator();
    const values = operator === 'in' || operator === 'notin' ? this.values() : [this.exactValue()];
    checkValues(key, operator, values);
    return { key, operator, values };
  }

  private operator(): Exclude<Operator, 'exists' | '!'> {
    const { kind, text } = this.takeRaw();
    switch (kind) {
      case 'in':
      case 'notin':
      case '=':
      case '==':
      case '!=':
      case '>':
      case '<':
        return kind;
      default:
        throw refused(`found '${text}', expected: in, notin, =, ==, !=, gt, lt`);
    }
  }

  private values(): readonly string[] {
    const open = this.take();
    if (open.kind !== '(') throw refused(`found '${open.text}' expected: '('`);
    const first = this.peek();
    if (first.kind === ')') {
      this.take();
      return [''];
    }
    if (first.kind !== 'identifier' && first.kind !== ',') {
      throw refused(`found '${first.text}', expected: ',', ')' or identifier`);
    }
    const values = this.valueList();
    if (this.take().kind !== ')') throw refused(`found '${first.text}', expected: ')'`);
    return [...values].sort();
  }

  private valueList(): ReadonlySet<string> {
    const values = new Set<string>();
    for (;;) {
      const { kind, text } = this.take();
      const next = this.peek();
      if (kind === 'identifier') {
        values.add(text);
        if (next.kind === ')') return values;
        if (next.kind !== ',') throw refused(`found '${next.text}', expected: ',' or ')'`);
      } else if (kind === ',') {
        if (values.size === 0 || next.kind === ')' || next.kind === ',') values.add('');
        if (next.kind === ')') return values;
      } else throw refused(`found '${text}', expected: ',', or identifier`);
    }
  }

  private exactValue(): string {
    const next = this.peek().kind;
    if (next === 'end' || next === ',') return '';
    const { kind, text } = this.take();
    if (kind !== 'identifier') throw refused(`found '${text}', expected: identifier`);
    return text;
  }

  /** A keyword where a value is expected is one. */
  private peek(): Token {
    const token = this.tokens[this.position] ?? { kind: 'end', text: '' };
    return token.kind === 'in' || token.kind === 'notin' ? { kind: 'identifier', text: token.text } : token;
  }

  private take(): Token {
    const token = this.peek();
    this.position++;
    return token;
  }

  private takeRaw(): Token {
    return this.tokens[this.position++] ?? { kind: 'end', text: '' };
  }
}

function checkValues(key: string, operator: Operator, values: readonly string[]): void {
  const problems: string[] = [];
  values.forEach((value, index) => {
    if ((operator === '>' || operator === '<') && !INTEGER.test(value)) {
      problems.push(
        `values[${index}]: Invalid value: ${JSON.stringify(value)}: for 'Gt', 'Lt' operators, the value must be an integer`,
      );
    }
  });
  values.forEach((value, index) => {
    const [problem] = labelValueProblems(value);
    if (problem !== undefined) {
      problems.push(`values[${index}][${key}]: Invalid value: ${JSON.stringify(value)}: ${problem}`);
    }
  });
  if (problems.length === 0) return;
  throw refused(problems.length === 1 ? (problems[0] ?? '') : `[${problems.join(', ')}]`);
}

function refused(why: string): Error {
  return badRequest(`unable to parse requirement: ${why}`);
}
