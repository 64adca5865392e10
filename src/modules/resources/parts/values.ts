// From a rendered text to a typed value. The original turned an unreadable number into 0 or 1; here it is an error that
// names field, place and what was found. Literal values are checked at load, rendered ones on every pass.
import { isIPv4, isIPv6 } from 'node:net';
import {
  isDnsSubdomain,
  isQualifiedName,
  type MapNode,
  OrkestraError,
  parseQuantity,
  type ProblemList,
  type SourceText,
  didYouMean,
} from '../../common';
import { type CompiledTemplate, type EvaluationContext, type ResultForm, type TemplateData } from '../../expression';

export const CODE_ENTRY_VALUE = 'ORK1401';

/** Reads one text; returns the value, or a sentence "expected ..., found ...". */
type Read<T> = (text: string) => { readonly value: T } | { readonly problem: string };

/** How a field reads its text, and what a template can give it. */
export interface Reader<T> extends ResultForm {
  readonly read: Read<T>;
}

export function reader<T>(
  words: string,
  kinds: ResultForm['kinds'],
  value: (text: string) => T | undefined,
  { hint, characters }: { readonly hint?: (text: string) => string; readonly characters?: RegExp } = {},
): Reader<T> {
  const problem = (text: string): string => `expected ${words}, found "${text}"${hint?.(text) ?? ''}`;
  const read: Read<T> = (text) => {
    const found = value(text);
    return found === undefined ? { problem: problem(text) } : { value: found };
  };
  return {
    words,
    kinds,
    read,
    problem: (text) => (value(text) === undefined ? problem(text) : undefined),
    ...(characters === undefined ? {} : { characters }),
  };
}

const NUMBERS = ['int', 'float', 'string'] as const;
const DIGITS = { characters: /[0-9]/ };

function wholeNumber(text: string, low: number, high: number): number | undefined {
  const number = /^[0-9]+$/.test(text) ? Number(text) : -1;
  return number >= low && number <= high ? number : undefined;
}

export const PORT = reader('a port (1 to 65535)', NUMBERS, (text) => wholeNumber(text, 1, 65_535), DIGITS);
export const REPLICAS = reader(
  'a number of replicas (0 or more)',
  NUMBERS,
  (text) => wholeNumber(text, 0, 2_147_483_647),
  DIGITS,
);
export const COUNT = reader(
  'a whole number (0 or more)',
  NUMBERS,
  (text) => wholeNumber(text, 0, 2_147_483_647),
  DIGITS,
);
export const POSITIVE = reader(
  'a whole number (1 or more)',
  NUMBERS,
  (text) => wholeNumber(text, 1, 2_147_483_647),
  DIGITS,
);
const TRUTHS: Readonly<Record<string, boolean>> = { true: true, yes: true, 1: true, false: false, no: false, 0: false };
export const TRUTH = reader('true or false', ['bool', 'string', 'int'], (text) =>
  Object.hasOwn(TRUTHS, text.toLowerCase()) ? TRUTHS[text.toLowerCase()] : undefined,
);
/** IANA service names, as Kubernetes takes them: at most 15 characters, one of them a letter. */
const PORT_NAME = /^(?=.{1,15}$)(?=.*[a-z])(?!.*--)[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
export const PORT_OR_NAME = reader<number | string>('a port (1 to 65535) or the name of one', NUMBERS, (text) =>
  PORT_NAME.test(text) ? text : wholeNumber(text, 1, 65_535),
);
export const CIDR = reader('addresses such as 10.0.0.0/8', ['string'], (text) => {
  const [address = '', bits = '', ...rest] = text.split('/');
  const size = isIPv4(address) ? 32 : isIPv6(address) ? 128 : -1;
  return rest.length === 0 && wholeNumber(bits, 0, size) !== undefined ? text : undefined;
});
export const HOST = reader('a host name such as www.example.org or *.example.org', ['string'], (text) =>
  isDnsSubdomain(text.replace(/^\*\./, '')) ? text : undefined,
);
export const OBJECT_NAME: Reader<string> = {
  ...reader('a name (lower-case letters, digits, "-", ".")', NUMBERS, (text) =>
    isDnsSubdomain(text) ? text : undefined,
  ),
  takesNames: true,
};
export const PROTOCOL = oneOfIgnoringCase(['TCP', 'UDP', 'SCTP'], 'protocol');
export const PATH_TYPE = oneOfIgnoringCase(['Prefix', 'Exact', 'ImplementationSpecific'], 'path type');
export const RECLAIM_POLICY = oneOfIgnoringCase(['Retain', 'Delete', 'Recycle'], 'reclaim policy');
const SECRET_TYPES = ['Opaque', 'kubernetes.io/tls', 'kubernetes.io/dockerconfigjson'];
/** Types that the language knows are read in any case; every other is somebody's own. */
export const SECRET_TYPE = reader('a type of Secrets', ['string'], (text) => {
  const known = SECRET_TYPES.find((type) => type.toLowerCase() === text.toLowerCase());
  return known ?? (isQualifiedName(text) ? text : undefined);
});
export const SERVICE_TYPE = oneOfIgnoringCase(['ClusterIP', 'NodePort', 'LoadBalancer'], 'Service type');

export function oneOfIgnoringCase(words: readonly string[], what: string): Reader<string> {
  return reader(
    `a ${what} (${words.join(', ')})`,
    ['string'],
    (text) => words.find((candidate) => candidate.toLowerCase() === text.toLowerCase()),
    { hint: (text) => didYouMean(text, words) },
  );
}

export const QUANTITY = reader('a quantity such as 250m or 64Mi', NUMBERS, (text) => {
  const amount = parseQuantity(text);
  return amount === undefined || amount < 0n ? undefined : text;
});

/** `25%` or a whole number. */
export const INT_OR_PERCENT = reader<number | string>(
  'a whole number or a percentage such as 25%',
  NUMBERS,
  (text) => (/^[0-9]+%$/.test(text) ? text : /^[0-9]+$/.test(text) ? Number(text) : undefined),
  { characters: /[0-9%]/ },
);

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
  { read }: Reader<T>,
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
