// when / or to closures. What the original decides silently at run time (an unknown operator, `exists: false`, a bad
// pattern) is a problem of the load or works as it reads.
import { didYouMean, type ProblemList, type SourceText } from '../../common';
import { compileText, type CompileOptions } from '../template/compile';
import { normalise } from '../template/reads';
import { type CompiledTemplate, type EvaluationContext, type TemplateData } from '../template/template.types';
import { checkDataPath } from '../type/data-path';
import { UNKNOWN } from '../type/type';
import { typeNotes } from '../note/values/type.notes';
import {
  COMPARISONS,
  type CompiledConditions,
  type ConditionFields,
  type ConditionsSource,
  type ConditionTrace,
} from './condition.types';
import { fieldText, shown, valueAtPath } from './field-text';
import { checkFacts } from './facts/check-conditions';
import { type ConditionFacts, type Fact } from './facts/fact';
import { factOf, type FieldFacts, negated, typeFactOf } from './facts/make-fact';
import { textsOfOutput, textsOfType, UNKNOWN_TEXTS } from './facts/possible-texts';
import { OPERATORS, TYPE_OPERATORS, UNIQUE } from './operators';
import { isUnique, uniqueFieldProblem, uniqueWords } from './unique-test';
import { cronTest, dayTest, type Report, timeTest } from './clock-tests';
import { type Test } from './test.types';

/** Code of every problem in a condition. */
export const CODE_CONDITION = 'ORK1302';

const KNOWN = [...Object.keys(OPERATORS), ...Object.keys(TYPE_OPERATORS), UNIQUE];
const VALUELESS = ['exists', 'notExists', UNIQUE];

/** No condition: always passes. */
export const ALWAYS: CompiledConditions = {
  isAlways: true,
  purity: 'pure',
  reads: [],
  uniqueFields: [],
  facts: { when: [], or: [], alternatives: 0, count: 0, isNever: false },
  evaluate: () => true,
  explain: () => [],
  whyNot: () => undefined,
};

/** Compiles once; what could never hold goes to the problems. */
export function compileConditions(
  source: ConditionsSource,
  problems: ProblemList,
  options: CompileOptions = {},
): CompiledConditions {
  const compile = (fields: ConditionFields): Test => new ConditionCompiler(fields, problems, options).compile();
  const when = (source.when ?? []).map(compile);
  const or = (source.or ?? []).map(compile);
  const tests = [...when, ...or];
  if (tests.length === 0) return ALWAYS;
  return {
    isAlways: false,
    purity: tests.some((test) => test.purity === 'random')
      ? 'random'
      : tests.some((test) => test.purity === 'clock')
        ? 'clock'
        : 'pure',
    reads: normalise(tests.flatMap((test) => test.reads)),
    uniqueFields: tests.flatMap((test) => test.uniqueFields ?? []),
    facts: factsOf(when, or, options.data === undefined ? undefined : problems),
    evaluate(data, context) {
      for (const test of when) if (!test.passes(data, context)) return false;
      return or.length === 0 || or.some((test) => test.passes(data, context));
    },
    explain: (data, context) => [
      ...when.map((test) => trace('when', test, data, context)),
      ...or.map((test) => trace('or', test, data, context)),
    ],
    whyNot(data, context) {
      const failed = (list: readonly Test[]): readonly string[] =>
        list.filter((test) => !test.passes(data, context)).map((test) => test.words(data, context));
      const reasons = [...failed(when)];
      const alternatives = failed(or);
      if (or.length > 0 && alternatives.length === or.length) {
        reasons.push(or.length === 1 ? alternatives.join('') : `none of: ${alternatives.join(' | ')}`);
      }
      return reasons.length === 0 ? undefined : reasons.join('; ');
    },
  };
}

/** `problems`: where what can never hold is told; absent when nobody asked for types. */
function factsOf(when: readonly Test[], or: readonly Test[], problems: ProblemList | undefined): ConditionFacts {
  const known = (tests: readonly Test[]): readonly Fact[] => tests.flatMap(({ fact }) => fact ?? []);
  const facts = { when: known(when), or: known(or), alternatives: or.length, count: when.length + or.length };
  return { ...facts, isNever: problems !== undefined && checkFacts(facts, problems) };
}

function trace(block: 'when' | 'or', test: Test, data: TemplateData, context: EvaluationContext): ConditionTrace {
  return { block, text: test.words(data, context), passed: test.passes(data, context), position: test.position };
}

class ConditionCompiler {
  constructor(
    private readonly fields: ConditionFields,
    private readonly problems: ProblemList,
    private readonly options: CompileOptions,
  ) {}

  compile(): Test {
    const test = this.test();
    const { message } = this.fields.notify ?? {};
    if (message !== undefined) compileText(message, this.problems, this.options);
    if (this.fields.negate !== true) return test;
    return {
      ...test,
      fact: test.fact === undefined ? undefined : negated(test.fact),
      passes: (data, context) => !test.passes(data, context),
      words: (data, context) => `not: ${test.words(data, context)}`,
    };
  }

  /** One form in a condition: the clock forms look at no field. */
  private test(): Test {
    const forms = (['time', 'dayOfWeek', 'cron', 'field'] as const).filter((form) => this.isWritten(form));
    if (forms.length > 1) {
      this.problem(`a condition takes one of time, dayOfWeek, cron, field; found ${forms.join(', ')}`);
    }
    if (this.isWritten('duration') && !this.isWritten('cron')) this.problem('"duration" belongs to "cron"');
    switch (forms[0]) {
      case 'time':
        return timeTest(this.fields, this.report);
      case 'dayOfWeek':
        return dayTest(this.fields, this.report);
      case 'cron':
        return cronTest(this.fields, this.report);
      default:
        return this.fieldTest();
    }
  }

  /** Whether or not it could be read: one mistake is one problem. */
  private isWritten(key: string): boolean {
    return this.fields.node.entries.has(key);
  }

  private problem(message: string, at?: SourceText): void {
    const { position, path } = at?.node ?? this.fields;
    this.problems.add({ severity: 'error', code: CODE_CONDITION, message, position, path });
  }

  private readonly report: Report = (message, at) => this.problem(message, at);

  private fieldTest(): Test {
    const { name, expected } = this.operator();
    const field = this.fieldReader();
    if (name === UNIQUE) return this.uniqueTest();
    const typeOperator = Object.hasOwn(TYPE_OPERATORS, name);
    if (typeOperator) return this.typeTest(name, field, expected);
    const operator = OPERATORS[name];
    const wanted = expected === undefined ? undefined : compileText(expected, this.problems, this.options);
    const problem = wanted?.isStatic === true ? operator?.check?.(wanted.source) : undefined;
    if (problem !== undefined) this.problem(problem, expected);
    const fact =
      problem === undefined && operator !== undefined && !(wanted?.purity === 'random')
        ? factOf(name, field, expected, this.placeOf(expected), wanted?.isStatic === false ? undefined : operator)
        : undefined;
    const read = (data: TemplateData, context: EvaluationContext): string =>
      wanted === undefined ? '' : expectedText(wanted, data, context);
    return {
      purity: field.purity,
      reads: [...field.reads, ...(wanted?.reads ?? [])],
      position: this.fields.position,
      fact,
      passes(data, context) {
        const value = field.read(data, context);
        return value !== undefined && operator !== undefined && operator.compare(value, read(data, context));
      },
      words(data, context) {
        const value = field.read(data, context);
        const wish = wanted === undefined ? '' : shown(read(data, context));
        const needs = `${operator?.words ?? ''} ${wish}`.trim();
        if (value === undefined) {
          return `${field.name} can't be evaluated (${field.problem(data, context)}), needs ${needs}`;
        }
        return `${field.name} is ${value === '' ? 'not set' : shown(value)}, needs ${needs}`;
      },
    };
  }

  private typeTest(name: string, field: FieldReader, expected: SourceText | undefined): Test {
    const wanted = TYPE_OPERATORS[name] ?? expected?.text ?? '';
    const path = (this.fields.field?.text ?? '').split('.');
    const types = Object.values(TYPE_OPERATORS).filter((type) => type !== undefined);
    if (TYPE_OPERATORS[name] === undefined && expected !== undefined && !types.includes(wanted)) {
      this.problem(`expected a type (${types.join(', ')}), found "${wanted}"${didYouMean(wanted, types)}`, expected);
    }
    if (this.fields.field?.text.includes('{{') === true) {
      this.problem(`"${name}" needs a plain path, not a template`, this.fields.field);
    }
    const typeOf = (data: TemplateData): string => TYPE_OF.call([valueAtPath(data, path)], NO_CONTEXT) as string;
    return {
      purity: 'pure',
      reads: [path],
      position: this.fields.position,
      fact: typeFactOf(name, field, expected, this.placeOf(expected), wanted),
      passes: (data) => typeOf(data) === wanted,
      words: (data) => `${path.join('.')} is of type ${typeOf(data)}, needs ${wanted}`,
    };
  }

  private uniqueTest(): Test {
    const { field, position } = this.fields;
    const problem = field === undefined ? undefined : uniqueFieldProblem(field.text);
    if (problem !== undefined) this.problem(problem, field);
    const path = (field?.text ?? '').split('.');
    return {
      purity: 'pure',
      reads: [path],
      uniqueFields: [path],
      position,
      passes: (data, context) => isUnique(path, data, context),
      words: (data, context) => uniqueWords(path, data, context),
    };
  }

  /** The text that decides, in the condition. */
  private placeOf(expected: SourceText | undefined): Fact['place'] {
    const { field, path, position } = this.fields;
    return { path, position: (expected ?? field)?.node.position ?? position };
  }

  /** Exactly one operator: more than one in a condition is a problem, because only one would count. */
  private operator(): { readonly name: string; readonly expected: SourceText | undefined } {
    const { fields } = this;
    const found: { name: string; expected: SourceText | undefined }[] = [];
    if (fields.exists !== undefined) found.push({ name: fields.exists ? 'exists' : 'notExists', expected: undefined });
    if (fields.notExists !== undefined) {
      found.push({ name: fields.notExists ? 'notExists' : 'exists', expected: undefined });
    }
    for (const name of COMPARISONS) {
      const expected = fields[name];
      if (expected !== undefined) found.push({ name, expected });
    }
    if (fields.operator !== undefined) {
      const name = this.knownOperator(fields.operator);
      found.push({ name, expected: fields.value });
      const isKnown = KNOWN.includes(name);
      const takesValue = !VALUELESS.includes(name) && TYPE_OPERATORS[name] === undefined;
      if (isKnown && takesValue !== this.isWritten('value')) {
        this.problem(takesValue ? `operator "${name}" needs "value"` : `operator "${name}" takes no "value"`);
      }
    } else if (fields.value !== undefined) found.push({ name: 'equals', expected: fields.value });
    if (found.length > 1) {
      this.problem(`a condition takes one operator, found ${found.map(({ name }) => name).join(', ')}`);
    }
    return found[0] ?? { name: 'exists', expected: undefined };
  }

  private knownOperator(operator: SourceText): string {
    if (!KNOWN.includes(operator.text)) {
      this.problem(`unknown operator "${operator.text}"${didYouMean(operator.text, KNOWN)}`, operator);
    }
    return operator.text;
  }

  private fieldReader(): FieldReader {
    const { field } = this.fields;
    if (field === undefined) {
      if (!this.isWritten('field')) this.problem('a condition needs "field" (or time, dayOfWeek)');
      return { ...NO_FIELD, read: () => undefined, problem: () => '' };
    }
    if (field.text.includes('{{')) {
      let texts = UNKNOWN_TEXTS;
      const template = compileText(field, this.problems, this.options, undefined, (output) => {
        texts = textsOfOutput(output);
      });
      return {
        name: field.text,
        texts,
        type: UNKNOWN,
        purity: template.purity,
        reads: template.reads,
        read: (data, context) => resolved(template, data, context),
        problem: (data, context) => failureOf(template, data, context),
      };
    }
    if (!/^[^.\s]+(\.[^.\s]+)*$/.test(field.text)) {
      this.problem(`expected a path like spec.size, found "${field.text}"`, field);
      return { ...NO_FIELD, read: () => undefined, problem: () => '' };
    }
    const { data } = this.options;
    const type = data === undefined ? UNKNOWN : checkDataPath(field, data, this.problems);
    const path = field.text.split('.');
    return {
      name: field.text,
      texts: textsOfType(type),
      type,
      purity: 'pure',
      reads: [path],
      read: (data) => fieldText(data, path),
      problem: () => '',
    };
  }
}

interface FieldReader extends FieldFacts {
  /** Undefined: the template failed, so the condition is false. */
  read(data: TemplateData, context: EvaluationContext): string | undefined;
  /** Why the template failed. */
  problem(data: TemplateData, context: EvaluationContext): string;
}

const NO_FIELD = { name: '', texts: UNKNOWN_TEXTS, type: UNKNOWN, purity: 'pure', reads: [] } as const;

function failureOf(template: CompiledTemplate, data: TemplateData, context: EvaluationContext): string {
  try {
    template.resolve(data, context);
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const NO_CONTEXT: EvaluationContext = { clock: { now: () => 0, monotonicMs: () => 0 }, random: { next: () => 0 } };
const TYPE_OF = typeNotes.find((note) => note.name === 'typeOf') as (typeof typeNotes)[number];

function resolved(template: CompiledTemplate, data: TemplateData, context: EvaluationContext): string | undefined {
  try {
    return template.resolve(data, context);
  } catch {
    return undefined;
  }
}

/** An expected value whose template fails counts as its raw text. */
function expectedText(template: CompiledTemplate, data: TemplateData, context: EvaluationContext): string {
  return resolved(template, data, context) ?? template.source;
}
