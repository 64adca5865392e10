// From a rendered text to a typed value. The original turned an unreadable number into 0 or 1; here it is an error that
// names field, place and what was found. Literal values are checked at load, rendered ones on every pass.
import {
  type MapNode,
  OrkestraError,
  parseQuantity,
  type ProblemList,
  type SourceText,
  didYouMean,
} from '../../common';
import { type CompiledTemplate, type EvaluationContext, type TemplateData } from '../../expression';

export const CODE_ENTRY_VALUE = 'ORK1401';

/** Reads one text; returns the value, or a sentence "expected ..., found ...". */
export type Read<T> = (text: string) => { readonly value: T } | { readonly problem: string };

export const readPort: Read<number> = (text) => {
  const port = /^[0-9]+$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65_535 ? { value: port } : { problem: `expected a port (1 to 65535), found "${text}"` };
};

export const readReplicas: Read<number> = (text) => {
  const count = /^[0-9]+$/.test(text) ? Number(text) : -1;
  return count >= 0 && count <= 2_147_483_647
    ? { value: count }
    : { problem: `expected a number of replicas (0 or more), found "${text}"` };
};

export const readProtocol: Read<string> = (text) => oneOfIgnoringCase(text, ['TCP', 'UDP', 'SCTP'], 'protocol');
export const readServiceType: Read<string> = (text) =>
  oneOfIgnoringCase(text, ['ClusterIP', 'NodePort', 'LoadBalancer'], 'Service type');

function oneOfIgnoringCase(
  text: string,
  words: readonly string[],
  what: string,
): { readonly value: string } | { readonly problem: string } {
  const word = words.find((candidate) => candidate.toLowerCase() === text.toLowerCase());
  return word !== undefined
    ? { value: word }
    : { problem: `expected a ${what} (${words.join(', ')}), found "${text}"${didYouMean(text, words)}` };
}

export const readQuantity: Read<string> = (text) => {
  const amount = parseQuantity(text);
  return amount === undefined || amount < 0n
    ? { problem: `expected a quantity such as 250m or 64Mi, found "${text}"` }
    : { value: text };
};

/** `25%` or a whole number. */
export const readIntOrPercent: Read<number | string> = (text) => {
  if (/^[0-9]+%$/.test(text)) return { value: text };
  return /^[0-9]+$/.test(text)
    ? { value: Number(text) }
    : { problem: `expected a whole number or a percentage such as 25%, found "${text}"` };
};

/** A text field that becomes a T when the object is built. */
export interface CompiledValue<T> {
  get(data: TemplateData, evaluation: EvaluationContext): T | undefined;
}

/**
 * A literal is read at once and its problem goes to the load; a template is read on every pass. An empty result means
 * "not set" and gives undefined.
 */
export function compileValue<T>(
  source: SourceText,
  template: CompiledTemplate,
  read: Read<T>,
  problems: ProblemList,
): CompiledValue<T> {
  if (template.isStatic) {
    const result = source.text === '' ? { value: undefined } : read(source.text);
    if ('problem' in result) {
      problems.add({
        severity: 'error',
        code: CODE_ENTRY_VALUE,
        message: result.problem,
        position: source.node.position,
        path: source.node.path,
      });
      return { get: () => undefined };
    }
    const { value } = result;
    return { get: () => value };
  }
  return {
    get(data, evaluation) {
      const text = template.resolve(data, evaluation);
      if (text === '') return undefined;
      const result = read(text);
      if ('value' in result) return result.value;
      throw valueError(result.problem, source);
    },
  };
}

/** The place is told by whoever reports it: the pass names file, line, column and entry in front. */
export function valueError(problem: string, source: { readonly node: SourceText['node'] | MapNode }): OrkestraError {
  return new OrkestraError({
    code: 'ENTRY_VALUE',
    kind: 'UserError',
    message: problem,
    position: source.node.position,
  });
}
