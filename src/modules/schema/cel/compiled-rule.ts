// One rule of a node, compiled: does it hold, and what is said when it does not.
import { goQuote, isJsonObject, type JsonObject, type JsonValue } from '../../common';
import { duplicateCause, forbiddenCause, invalidCause, requiredCause } from '../causes';
import { own } from '../structural/own-keys';
import { resolveFieldPath } from '../structural/crd-schema/field-path';
import { isTrue, textAt } from '../structural/crd-schema/nodes';
import { type FieldCause } from '../types/type-schema';
import { presenceTests, rewriteExpression, rootVariable, usesVariable } from './expression-text';
import { type CelEnvironment, type CelNode } from './library';

/** Environments of one node: with self and oldSelf of its type. */
export interface RuleEnvironments {
  readonly plain: CelEnvironment;
  /** oldSelf is optional here. */
  readonly optional: CelEnvironment;
  /** The same two, where lists may mix types. */
  readonly mixed: { readonly plain: CelEnvironment; readonly optional: CelEnvironment };
}

export interface RuleVariables {
  readonly self: unknown;
  readonly oldSelf: unknown;
}

type Program = (variables: RuleVariables) => unknown;

export interface CompiledRule {
  readonly usesOldSelf: boolean;
  readonly isOldSelfOptional: boolean;
  /** Why it could not be compiled; a rule like that holds never. */
  readonly problem?: { readonly key: 'rule' | 'messageExpression'; readonly text: string };
  /** Undefined when it holds. `isMistake`: the rule could not be evaluated. */
  verdict(variables: RuleVariables): { readonly detail: string; readonly isMistake: boolean } | undefined;
  /** The cause at the path of the node. `value` as it was sent. */
  cause(path: string, value: JsonValue, detail: string): FieldCause;
}

const MAX_MESSAGE_BYTES = 5_000;

export function compileRule(rule: JsonObject, node: JsonObject, environments: RuleEnvironments): CompiledRule {
  const isOldSelfOptional = isTrue(rule, 'optionalOldSelf');
  const compiled = compileExpression(textAt(rule, 'rule'), 'bool', environments, isOldSelfOptional);
  const messageText = textAt(rule, 'messageExpression');
  const message =
    messageText === '' ? undefined : compileExpression(messageText, 'string', environments, isOldSelfOptional);
  const ruleProblem = 'problem' in compiled ? ({ key: 'rule', text: compiled.problem } as const) : undefined;
  const messageProblem =
    message !== undefined && 'problem' in message
      ? ({ key: 'messageExpression', text: message.problem } as const)
      : undefined;
  const problem = ruleProblem ?? messageProblem;
  return {
    usesOldSelf: 'program' in compiled && compiled.usesOldSelf,
    isOldSelfOptional,
    ...(problem === undefined ? {} : { problem }),
    verdict(variables) {
      if ('problem' in compiled) return { detail: `rule compile error: ${compiled.problem}`, isMistake: true };
      const outcome = run(compiled.program, variables);
      if ('error' in outcome) {
        return { detail: `${outcome.error} evaluating rule: ${shortText(rule)}`, isMistake: true };
      }
      if (outcome.value === true) return undefined;
      const own = message !== undefined && 'program' in message ? messageOf(message.program, variables) : undefined;
      return { detail: own ?? ownMessage(rule), isMistake: false };
    },
    cause: (path, value, detail) => causeOf(rule, node, path, value, detail),
  };
}

interface Compiled {
  readonly program: Program;
  readonly usesOldSelf: boolean;
}

function compileExpression(
  source: string,
  type: 'bool' | 'string',
  { plain, optional, mixed }: RuleEnvironments,
  isOptional: boolean,
): Compiled | { readonly problem: string } {
  const environment = isOptional ? optional : plain;
  try {
    const { ast } = environment.parse(source);
    if (usesVariable(ast, 'cel')) return { problem: "compilation failed: undeclared reference to 'cel'" };
    const text = rewriteExpression(source, ast);
    // Arguments of format() are the one list that may mix types.
    const mixes = /\.\s*format\s*\(/.test(text) && !environment.check(text).valid;
    const used = mixes ? (isOptional ? mixed.optional : mixed.plain) : environment;
    const checked = used.check(text);
    if (!checked.valid) return { problem: `compilation failed: ${checked.error?.message ?? ''}` };
    if (checked.type !== type && checked.type !== 'dyn') {
      return {
        problem:
          type === 'bool' ? 'cel expression must evaluate to a bool' : 'messageExpression must evaluate to a string',
      };
    }
    const absent = undefinedField(ast, source, used);
    if (absent !== undefined) return { problem: `compilation failed: ${absent}` };
    const program = used.parse(text);
    return { program: (variables) => program({ ...variables }) as unknown, usesOldSelf: usesVariable(ast, 'oldSelf') };
  } catch (error) {
    return { problem: `compilation failed: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** The library takes any name inside has(). */
function undefinedField(ast: CelNode, source: string, environment: CelEnvironment): string | undefined {
  for (const test of presenceTests(ast)) {
    if (!['self', 'oldSelf'].includes(rootVariable(test) ?? '')) continue;
    const checked = environment.check(source.slice(test.start, test.end));
    if (!checked.valid) return checked.error?.message;
  }
  return undefined;
}

function run(program: Program, variables: RuleVariables): { readonly value: unknown } | { readonly error: string } {
  try {
    return { value: program(variables) };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return { error: text.split('\n')[0] ?? '' };
  }
}

/** Undefined when the message could not be made: then the rule's own words are used. */
function messageOf(program: Program, variables: RuleVariables): string | undefined {
  const outcome = run(program, variables);
  if ('error' in outcome || typeof outcome.value !== 'string') return undefined;
  const text = outcome.value.trim();
  return text === '' || text.includes('\n') || Buffer.byteLength(text) > MAX_MESSAGE_BYTES ? undefined : text;
}

function shortText(rule: JsonObject): string {
  const message = textAt(rule, 'message').trim();
  return message === '' ? textAt(rule, 'rule').trim() : message;
}

function ownMessage(rule: JsonObject): string {
  const message = textAt(rule, 'message').trim();
  return message === '' ? `failed rule: ${textAt(rule, 'rule').trim()}` : message;
}

function causeOf(rule: JsonObject, node: JsonObject, path: string, value: JsonValue, detail: string): FieldCause {
  const below = resolveFieldPath(textAt(rule, 'fieldPath'), node);
  const field = below === undefined ? path : path === '' ? below : `${path}.${below}`;
  const at = field === '' ? '<nil>' : field;
  const isWhole = isJsonObject(value) || Array.isArray(value);
  switch (own(rule, 'reason')) {
    case 'FieldValueForbidden':
      return forbiddenCause(at, detail);
    case 'FieldValueRequired':
      return requiredCause(at, detail);
    case 'FieldValueDuplicate':
      return isWhole
        ? { reason: 'FieldValueDuplicate', field: at, message: 'Duplicate value' }
        : duplicateCause(at, value);
    default:
      // Maps and lists are not shown.
      return isWhole
        ? { reason: 'FieldValueInvalid', field: at, message: `Invalid value: ${detail}` }
        : invalidCause(at, value, detail);
  }
}

/** The cause of a rule that could not be evaluated: the type of the node stands for its value. */
export function mistakeCause(path: string, type: string, detail: string): FieldCause {
  const field = path === '' ? '<nil>' : path;
  return { reason: 'FieldValueInvalid', field, message: `Invalid value: ${goQuote(type)}: ${detail}` };
}
